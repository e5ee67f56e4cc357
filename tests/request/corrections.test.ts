import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { claimPorts } from '../../src/platform/index.ts'
import { addMonths } from '../../src/agreement/index.ts'
import { encodeBase64, utf8 } from '../../src/bytes/index.ts'
import { sha256 } from '../../src/crypto/index.ts'
import { correctionBytes, toldDigest } from '../../src/person/index.ts'
import { parseCorrectionReceipt } from '../../src/protocol/index.ts'
import { runHere } from '../scenario/command-server.ts'
import {
  openReportGateways,
  type ReportGateways,
  type ReportPlace,
} from '../reports/report-gateways.ts'
import {
  ask,
  call,
  corrections,
  file,
  grant,
  notices,
  type Org,
  publicEntry,
  type Sending,
  sendWord,
  settled,
  tokenOf,
  type Word,
} from './request-calls.ts'

const dir = mkdtempSync(join(tmpdir(), 'cloison-corrections-'))
const switchFile = join(dir, 'switch')
const leaveOut = (control: string): void => writeFileSync(switchFile, control)
let gateways: ReportGateways

/** A third organisation that housing knows and trusts for its own messages; its gateway does not run. */
async function addThird({ at, config }: ReportPlace): Promise<void> {
  const [open, admin] = await claimPorts(2)
  const listen = ['--public', `127.0.0.1:${open}`, '--admin', `127.0.0.1:${admin}`]
  const origin = ['--origin', 'social.localhost/log/2026h2', '--time-lock', '1']
  const founded = await runHere([
    'init',
    '--org',
    'social',
    '--dir',
    at('social'),
    ...origin,
    ...listen,
  ])
  assert.equal(founded.exit, 0, founded.stderr)
  const listed = await runHere(['key', 'list', '-c', config('social'), '--fingerprint'])
  const known = ['--fingerprint', listed.stdout.trim()]
  const record = at('social', 'directory.json')
  const added = await runHere(['peer', 'add', record, '-c', config('housing'), ...known])
  assert.equal(added.exit, 0, added.stderr)
}

before(async () => {
  leaveOut('')
  const preload = new URL('../redteam/leave-out.ts', import.meta.url)
  preload.searchParams.set('switch', switchFile)
  gateways = await openReportGateways({
    prepare: addThird,
    gateway: { nodeOptions: [`--import=${preload.href}`] },
  })
})

after(async () => {
  await gateways[Symbol.asyncDispose]()
  rmSync(dir, { recursive: true, force: true })
})

test('a granted correction reaches every exchange that had the fact; a gateway that was down hears it once it is back', async () => {
  const had = [await ask(gateways, 0), await ask(gateways, 0)]
  const other = await ask(gateways, 1)
  await gateways.stop('housing')
  const { number, filedAtMs, dueMs } = await file(gateways, 0)
  assert.equal(dueMs, addMonths(filedAtMs, 1))
  assert.equal(await grant(gateways, number), 2)
  const waiting = await notices(gateways, number)
  assert.deepEqual(
    waiting.map(({ state, receipt }) => [state, receipt]),
    [
      ['waiting', null],
      ['waiting', null],
    ],
  )
  await gateways.start('housing')
  const received = await settled(async () => {
    const all = await notices(gateways, number)
    return all.every(({ state }) => state === 'received') ? all : undefined
  })
  assert.deepEqual(new Set(received.map(({ exchangeId }) => exchangeId)), new Set(had))
  for (const notice of received) {
    assert.deepEqual([notice.consumer, notice.elements], ['housing', ['income_below_limit']])
    const [correction, ...more] = await corrections(gateways, notice.exchangeId)
    assert.deepEqual(more, [])
    const receipt = utf8(notice.receipt ?? assert.fail('no receipt'))
    const message = correctionBytes(notice)
    const { entry } = parseCorrectionReceipt(receipt)
    assert.equal(correction?.entry, entry)
    assert.deepEqual(await publicEntry(gateways, 'housing', entry), {
      kind: 'correction.received',
      digest: encodeBase64(sha256(message)),
    })
    const told = notice.told?.entry ?? assert.fail('its receipt is no entry')
    assert.deepEqual(await publicEntry(gateways, 'tax', told), {
      kind: 'correction.told',
      digest: toldDigest('housing', message, receipt),
    })
  }
  assert.deepEqual(await corrections(gateways, other), [])
})

interface Attack {
  readonly what: string
  readonly word: Word
  readonly sending: Sending
  readonly refused: readonly [status: number, code: string]
  /** The control that stops it. */
  readonly control: string
}

async function attacks(): Promise<readonly Attack[]> {
  const exchangeId = await ask(gateways, 1)
  const word = { exchangeId, elements: ['income_below_limit'], correctedAtMs: Date.now() }
  return [
    {
      what: 'forged in the name of tax',
      word,
      sending: { by: 'social', inTheNameOf: 'tax' },
      refused: [401, 'SIGNATURE_INVALID'],
      control: 'message-signature',
    },
    {
      what: 'of another organisation that housing knows',
      word: { ...word, correctedAtMs: word.correctedAtMs + 1 },
      sending: { by: 'social' },
      refused: [404, 'EXCHANGE_UNKNOWN'],
      control: 'correction-of-the-asked',
    },
  ]
}

test('a word that is forged, or from whoever was not asked, is refused, and comes through without its control', async () => {
  for (const { what, word, sending, refused, control } of await attacks()) {
    const before = await corrections(gateways, word.exchangeId)
    const { status, json } = await sendWord(gateways, word, sending)
    assert.deepEqual([status, (json as { code: string }).code], refused, what)
    assert.deepEqual(await corrections(gateways, word.exchangeId), before, what)
    leaveOut(control)
    const without = await sendWord(gateways, word, sending).finally(() => leaveOut(''))
    assert.equal(without.status, 200, `${what}, without ${control}`)
    const after = await corrections(gateways, word.exchangeId)
    assert.equal(after.length, before.length + 1, `${what}, without ${control}`)
  }
})

test('a word that was changed on the way is refused, also with a good signature over what was sent', async () => {
  const exchangeId = await ask(gateways, 1)
  const word = { exchangeId, elements: ['income_below_limit'], correctedAtMs: Date.now() }
  for (const arrives of [
    { ...word, elements: ['income_above_limit'] },
    { ...word, correctedAtMs: word.correctedAtMs + 1 },
  ]) {
    const { status } = await sendWord(gateways, word, { by: 'tax', arrives })
    assert.ok(status === 400 || status === 401, String(status))
    assert.deepEqual(await corrections(gateways, exchangeId), [])
  }
})

test('the same word twice is one entry with one receipt, and without the rule the store’s key stops the second', async () => {
  const exchangeId = await ask(gateways, 1)
  const word = { exchangeId, elements: ['income_below_limit'], correctedAtMs: Date.now() }
  const first = await sendWord(gateways, word, { by: 'tax' })
  const again = await sendWord(gateways, word, { by: 'tax' })
  assert.equal(first.status, 200)
  assert.deepEqual(again, first)
  assert.equal((await corrections(gateways, exchangeId)).length, 1)
  leaveOut('correction-once')
  const without = await sendWord(gateways, word, { by: 'tax' })
    .then(({ status }) => status)
    .catch(() => 'no answer')
    .finally(() => leaveOut(''))
  assert.notEqual(without, 200, 'the rule was not what found the word again')
  await gateways.stop('housing')
  await gateways.start('housing')
  assert.equal((await corrections(gateways, exchangeId)).length, 1)
})

/** What each inner route of the office and of requests opens for. */
const officer = ['/v1/agreements', '/v1/budgets', '/v1/registers', '/v1/requests']
const officerActs = ['/v1/request-openings', '/v1/request-extensions', '/v1/request-decisions']
const administrator = ['/v1/doctor', '/v1/peers', '/v1/keys', '/v1/storage', '/v1/jobs']

async function statusAt(path: string, token: string | undefined): Promise<number> {
  const body = officerActs.includes(path) ? {} : undefined
  return (await call(gateways, 'tax', path, { listener: 'admin', token, body })).status
}

/** Everybody who must find nothing at the routes of tax's officer. */
function strangers(): readonly (readonly [who: string, token: string | undefined])[] {
  const token = (org: Org, name: string): string => tokenOf(gateways, org, name)
  return [
    ['nobody', undefined],
    ['somebody with an invented token', 'A'.repeat(32)],
    ['the officer of housing', token('housing', 'act')],
    ['a caseworker of housing', token('housing', 'ask')],
    ['a caseworker of tax', token('tax', 'ask')],
    ['an analyst of tax', token('tax', 'analyse')],
  ]
}

test('the office opens for its own officer alone: not for another’s officer, a caseworker, an analyst or nobody', async () => {
  const own = tokenOf(gateways, 'tax', 'act')
  for (const path of [...officer, ...officerActs]) {
    for (const [who, token] of strangers())
      assert.equal(await statusAt(path, token), 401, `${path} for ${who}`)
    assert.equal(await statusAt(path, own), officerActs.includes(path) ? 400 : 200, path)
  }
  for (const path of administrator)
    for (const [who, token] of [...strangers(), ['the officer of tax', own] as const])
      assert.equal(await statusAt(path, token), 401, `${path} for ${who}`)
})

test('without the check of roles the same callers get in', async () => {
  leaveOut('role-of-caller')
  try {
    for (const [who, token] of strangers())
      assert.equal(await statusAt('/v1/requests', token), 200, who)
    assert.equal(await statusAt('/v1/jobs', undefined), 200)
  } finally {
    leaveOut('')
  }
  assert.equal(readFileSync(switchFile, 'utf8'), '')
  assert.equal(await statusAt('/v1/requests', undefined), 401)
})
