import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import * as z from 'zod'
import { waitUntil } from '../house/wait-until.ts'
import { type JoinGateways, joinOrgs, openJoinGateways, untilVerified } from './join-gateways.ts'
import { sampleQuestion, sampleRegisters } from './sample-registers.ts'

/*
 * The inspector's audit of joins between four real gateways, by its commands; and the gateway of a holder whose program was
 * changed to cheat, which nobody but the audit sees.
 */

const people = { tax: 600, homes: 500, overlap: 300, size: 1_500 }
const folder = mkdtempSync(join(tmpdir(), 'cloison-cheat-'))
const switchFile = join(folder, 'switch')
let house: JoinGateways

const asked = z.looseObject({ qid: z.string(), state: z.literal('released') })
const audited = z.looseObject({
  state: z.literal('ended'),
  holds: z.boolean(),
  isDrawRight: z.boolean(),
  finding: z.looseObject({
    dummiesOf: z.enum(['left', 'right']).nullable(),
    parties: z.looseObject({
      left: z.looseObject({ places: z.int(), dummies: z.int().nullable() }),
      right: z.looseObject({ places: z.int(), dummies: z.int().nullable() }),
    }),
    findings: z.array(z.looseObject({ party: z.string(), code: z.string() })),
  }),
})
const listed = z.looseObject({
  audits: z.array(z.looseObject({ qid: z.string() })),
  auditable: z.array(z.looseObject({ qid: z.string(), seenAt: z.array(z.string()) })),
  unreachable: z.array(z.string()),
})

before(async () => {
  writeFileSync(switchFile, '')
  const cheat = pathToFileURL(join(import.meta.dirname, 'cheat-as-holder.ts'))
  cheat.searchParams.set('switch', switchFile)
  house = await openJoinGateways({
    ...sampleRegisters(people),
    nodeOptions: { tax: ['--import', cheat.href] },
  })
})

after(async () => {
  await house[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

let questions = 0

/** A run of a question that was not asked before: another epsilon. */
async function joined(): Promise<string> {
  questions += 1
  const { left, right } = sampleQuestion
  const question = {
    ...sampleQuestion,
    left: { ...left, by: [] },
    right: { ...right, by: [] },
    delta: '1e-8',
    epsilon: 0.5 - questions / 1_000,
  }
  const ran = await house.join('run', question, '--json')
  const said = Object.values(house.gateways).map((gateway) => gateway.stderr())
  assert.equal(ran.exit, 0, `${ran.stderr}\n${said.join('\n')}`)
  return asked.parse(JSON.parse(ran.stdout)).qid
}

const audit = (...args: readonly string[]): ReturnType<JoinGateways['command']> =>
  house.command('watch', 'audit', 'join', ...args)

async function auditOf(
  qid: string,
  ...flags: readonly string[]
): Promise<{ readonly exit: number; readonly view: z.infer<typeof audited> }> {
  const { exit, stdout, stderr } = await audit('run', qid, '--json', ...flags)
  const said = Object.values(house.gateways).map((gateway) => gateway.stderr())
  assert.ok(stdout !== '', `${stderr}\n${said.join('\n')}`)
  return { exit, view: audited.parse(JSON.parse(stdout)) }
}

test('an honest run is listed by all three, stands its audit, and is gone from both holders', async () => {
  const qid = await joined()
  const before = listed.parse(JSON.parse((await audit('list', '--json')).stdout))
  assert.deepEqual(
    before.auditable.map((one) => [one.qid, one.seenAt.toSorted()]),
    [[qid, ['homes', 'office', 'tax']]],
  )
  assert.deepEqual([before.audits, before.unreachable], [[], []])
  const { exit, view } = await auditOf(qid, '--dummies', 'right')
  assert.deepEqual([exit, view.holds, view.isDrawRight, view.finding.findings], [0, true, true, []])
  const { left, right } = view.finding.parties
  assert.deepEqual([left.places, right.places, left.dummies], [64, 64, null])
  assert.ok((right.dummies ?? 0) > 50)
  const text = (await audit('show', qid)).stdout
  assert.match(text, /The audit holds: nothing was found\.\n {2}tax opened 64 places\n/)
  for (const org of ['tax', 'homes', 'watch'] as const) {
    const look = (): true | undefined =>
      readdirSync(house.at(org, 'keys', 'joins')).length === 0 || undefined
    await waitUntil(`the end of the keys of ${org}`, look, [house.gateways[org]])
  }
})

test('an audit is made once, and the likely mistakes say what to do', async () => {
  const [done] = listed.parse(JSON.parse((await audit('list', '--json')).stdout)).audits
  const again = await audit('run', done?.qid ?? '')
  assert.equal(again.exit, 0)
  assert.match(again.stderr, /of one join there is one audit/)
  const unknown = await audit('run', '0'.repeat(32))
  assert.deepEqual([unknown.exit, unknown.stdout], [4, ''])
  assert.match(unknown.stderr, /JOIN_AUDIT_UNKNOWN.*audit join list/)
  const number = await audit('show', 'the-last-one')
  assert.equal(number.exit, 2)
  assert.match(number.stderr, /32 digits/)
  const patience = await audit('run', done?.qid ?? '', '--patience', 'soon')
  assert.equal(patience.exit, 2)
  assert.match(patience.stderr, /1m to 48h/)
  const other = await house.command('office', 'audit', 'join', 'list')
  assert.equal(other.exit, 0)
  assert.match(other.stdout, /No join names this organisation as its inspector/)
})

test('a holder whose program marks its people is found, with the places that show it', async () => {
  writeFileSync(switchFile, 'marks')
  const { exit, view } = await auditOf(await joined())
  const { findings } = view.finding
  assert.ok(findings.length > 0 && exit === 3)
  assert.ok(findings.every(({ party, code }) => party === 'left' && code === 'INPUT_NOT_MASKED'))
})

test('a holder whose program invents a dummy is found with certainty', async () => {
  writeFileSync(switchFile, 'invents')
  const { exit, view } = await auditOf(await joined(), '--dummies', 'left')
  assert.equal(exit, 3)
  assert.deepEqual(
    view.finding.findings.map(({ party, code }) => [party, code]),
    [['left', 'SLOT_NOT_DUMMY']],
  )
  writeFileSync(switchFile, '')
})

test('an audit goes on though a holder was away and the inspector was killed', async () => {
  const qid = await joined()
  await house.gateways.tax.kill()
  const begun = await audit('run', qid, '--no-wait', '--json')
  assert.equal(begun.exit, 0, begun.stderr)
  await house.gateways.watch.kill()
  await house.start('watch')
  const listedNow = listed.parse(JSON.parse((await audit('list', '--json')).stdout))
  assert.deepEqual(listedNow.unreachable, ['tax'])
  await house.start('tax')
  const { exit, view } = await auditOf(qid)
  assert.deepEqual([exit, view.holds], [0, true])
})

test('the four published logs are good', async () => {
  await sleep(1_500)
  for (const org of joinOrgs) await untilVerified(house, org)
})
