import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test, type TestContext } from 'node:test'
import Fastify from 'fastify'
import { request } from 'undici'
import { addSeenCheckpoint } from '../../src/node/index.ts'
import { claimPorts, bestEd25519, systemClock } from '../../src/platform/index.ts'
import { decodeBase64 } from '../../src/bytes/index.ts'
import { waitUntil } from '../house/wait-until.ts'
import { askingConsumer } from './asking-consumer.ts'
import { type GatewayEnd, type GatewayProcess, startGateway } from './gateway-process.ts'
import { printFault } from './matrix/fault-table.ts'
import { makeProvider, peerOf, type ProviderFixture } from './provider-fixture.ts'
import {
  makeWitness,
  requireWitness,
  startWitnessProcess,
  type WitnessFixture,
  type WitnessProcess,
} from './witness-process.ts'

type Part = 'state' | 'head' | 'folder'

const filesOf: Readonly<Record<Part, readonly string[]>> = {
  state: ['state.db'],
  head: ['head.db'],
  folder: ['log'],
}

/** All that can be put back, singly and in every combination, with who must notice first. */
const combinations: readonly (readonly [parts: readonly Part[], alone: RegExp | 'nobody'])[] = [
  [['state'], /The head store knows \d+ entries/],
  [['head'], /the head store ends at \d+: an older head store/],
  [['folder'], /This gateway has published \d+ entries/],
  [['state', 'head'], /The published folder has tiles of \d+ entries/],
  [['state', 'folder'], /The head store knows \d+ entries/],
  [['head', 'folder'], /the head store ends at \d+: an older head store/],
  [['state', 'head', 'folder'], 'nobody'],
]

/** A provider with two days behind it, and what its folder held after the first. */
interface TwoDays {
  readonly provider: ProviderFixture
  readonly yesterday: string
  readonly today: string
}

const folders: string[] = []
let plain: TwoDays
let witnessed: TwoDays & { readonly witness: WitnessFixture }
let witness: WitnessProcess

function copyOf(source: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-restored-'))
  folders.push(dir)
  cpSync(source, dir, { recursive: true })
  return dir
}

async function runOnce(provider: ProviderFixture): Promise<void> {
  const gateway = startGateway(provider.configPath)
  await gateway.listening
  assert.equal((await gateway.stop()).exitCode, 0)
}

async function liveTwoDays(provider: ProviderFixture): Promise<TwoDays> {
  folders.push(provider.dir)
  await runOnce(provider)
  const yesterday = copyOf(provider.dir)
  await runOnce(provider)
  return { provider, yesterday, today: copyOf(provider.dir) }
}

before(async () => {
  plain = await liveTwoDays(await makeProvider())
  const provider = await makeProvider()
  const dir = mkdtempSync(join(tmpdir(), 'cloison-witness-'))
  folders.push(dir)
  const fixture = await makeWitness(dir, provider.tax.logVerifierKey)
  await requireWitness(provider.dir, fixture)
  witness = await startWitnessProcess(fixture)
  witnessed = { ...(await liveTwoDays(provider)), witness: fixture }
})

after(async () => {
  await witness.stop()
  for (const dir of folders) rmSync(dir, { recursive: true, force: true })
})

/** Today's folder with some parts as they were yesterday. */
function restore({ yesterday, today }: TwoDays, parts: readonly Part[]): string {
  const dir = copyOf(today)
  for (const name of parts.flatMap((part) => filesOf[part])) {
    rmSync(join(dir, name), { recursive: true })
    cpSync(join(yesterday, name), join(dir, name), { recursive: true })
  }
  return dir
}

/** How the process ended, or the process once it listens. */
async function startIn(dir: string): Promise<GatewayEnd | GatewayProcess> {
  const gateway = startGateway(join(dir, 'cloison.yaml'))
  return gateway.listening.then(
    () => gateway,
    () => gateway.ended,
  )
}

function isEnd(found: GatewayEnd | GatewayProcess): found is GatewayEnd {
  return 'exitCode' in found
}

/** The one sentence of a refused start, without the command's name and the code. */
function sentenceOf(end: GatewayEnd): string {
  assert.equal(end.exitCode, 3, end.stderr)
  assert.equal(end.stdout, '')
  const [line = '', rest] = end.stderr.split('\n')
  assert.equal(rest, '', end.stderr)
  assert.match(line, /^cloison serve: LOG_REGRESSED: .*"cloison log verify .*log"\.$/)
  return line
    .replace('cloison serve: LOG_REGRESSED: ', '')
    .replace(/ Put the newest files back.*$/, '')
}

function tell(t: TestContext, parts: readonly Part[], who: string): void {
  const step = `yesterday's ${parts.join(' + ')} put back`
  printFault({
    fault: t.name.includes('without a witness') ? 'restore, no witness' : 'restore',
    step,
    outcome: who,
  })
}

test('a restored older file, singly and in every combination, is refused: without a witness six of seven, by what this machine remembers', async (t) => {
  for (const [parts, expected] of combinations) {
    const found = await startIn(restore(plain, parts))
    if (expected === 'nobody') {
      assert.ok(!isEnd(found), 'it was refused, though nobody on this machine can know')
      await found.kill()
      tell(t, parts, 'nobody here: only a witness or a peer can tell')
      continue
    }
    assert.ok(isEnd(found), `${parts.join('+')} was accepted`)
    assert.match(found.stderr, expected)
    tell(t, parts, sentenceOf(found))
  }
})

/** A start that its witness was too busy for says so, and listens with its gate shut: it is begun again. */
async function startWitnessed(parts: readonly Part[]): Promise<GatewayEnd | GatewayProcess> {
  for (let starts = 1; ; starts += 1) {
    const found = await startIn(restore(witnessed, parts))
    if (isEnd(found) || starts === 5 || !found.stderr().includes('UNCONFIRMED')) return found
    await found.kill()
  }
}

test('a restored older file, singly and in every combination, is refused: with a witness all seven', async (t) => {
  for (const [parts, alone] of combinations) {
    const found = await startWitnessed(parts)
    assert.ok(isEnd(found), `${parts.join('+')} was accepted`)
    const expected = alone === 'nobody' ? /The witness \S+ knows \d+ entries of this log/ : alone
    assert.match(found.stderr, expected)
    tell(t, parts, sentenceOf(found))
  }
})

async function readiness(provider: ProviderFixture): Promise<{
  readonly ready: boolean
  readonly ailments: readonly string[]
  readonly logSize: number
}> {
  const response = await request(`http://${provider.adminAddress}/readyz`)
  const found: { ready: boolean; ailments: string[]; logSize: number } = JSON.parse(
    await response.body.text(),
  )
  return found
}

async function askOnce(provider: ProviderFixture): Promise<string> {
  const [found] = provider.consumer.cases
  const subject = found?.subjects[0]
  assert.ok(found !== undefined && subject !== undefined)
  const consumer = askingConsumer(provider.consumer)
  const [question] = await consumer.ask([{ case: found, subject }])
  assert.ok(question !== undefined)
  const { body } = question
  const response = await request(`http://${provider.consumer.authority}/v1/person-questions`, {
    method: 'POST',
    headers: consumer.sign(body),
    body,
  })
  const text = await response.body.text()
  return `${response.statusCode} ${response.statusCode === 200 ? '' : String(JSON.parse(text).code)}`
}

test('while no witness can be reached a restored log answers and signs nothing, and ends when one comes back', async () => {
  const { provider, witness: fixture } = witnessed
  await witness.stop()
  const dir = restore(witnessed, ['state', 'head', 'folder'])
  const found = await startIn(dir)
  assert.ok(!isEnd(found))
  try {
    const { ready, ailments, logSize } = await readiness(provider)
    assert.equal(ready, false)
    assert.match(ailments.join(' '), /No quorum of witnesses has confirmed/)
    assert.equal(await askOnce(provider), '503 LOG_UNAVAILABLE')
    assert.equal((await readiness(provider)).logSize, logSize, 'something was signed')
    assert.match(found.stderr(), /UNCONFIRMED: No quorum/)
  } finally {
    witness = await startWitnessProcess(fixture)
  }
  const end = await found.ended
  assert.equal(end.exitCode, 3)
  assert.match(end.stderr, /LOG_REGRESSED: The witness \S+ (?:knows|has cosigned) \d+ entries/)
})

test('a witness that comes late confirms an honest log, which then answers', async () => {
  const { provider, witness: fixture } = witnessed
  await witness.stop()
  const found = await startIn(restore(witnessed, []))
  assert.ok(!isEnd(found))
  assert.equal(await askOnce(provider), '503 LOG_UNAVAILABLE')
  witness = await startWitnessProcess(fixture)
  const isReady = async (): Promise<true | undefined> =>
    (await readiness(provider)).ready || undefined
  await waitUntil('a confirmed log', isReady, [found])
  assert.equal(await askOnce(provider), '200 ')
  assert.equal((await found.stop()).exitCode, 0)
})

/** A peer's answer to what it has seen of the log of `plain`: the newest head it ever signed. */
async function startPeer(provider: ProviderFixture, dir: string): Promise<() => Promise<void>> {
  const db = new DatabaseSync(join(dir, 'state.db'))
  const row = db.prepare('SELECT checkpoint, size FROM head').get()
  db.close()
  const checkpoint = String(row?.['checkpoint'])
  const { gatewayKeyId: keyId, gatewayPublicKey, origin } = provider.tax
  const app = Fastify()
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const url = new URL(peerOf(provider).url)
  addSeenCheckpoint(app, {
    authority: url.host,
    clock: systemClock,
    ed25519: bestEd25519(),
    reader: {
      peerHead: async (asked) =>
        asked === origin ? { origin, checkpoint, size: Number(row?.['size']) } : undefined,
    },
    consumers: new Map([
      ['tax', { gatewayKeys: new Map([[keyId, decodeBase64(gatewayPublicKey)]]) }],
    ]),
    origins: new Map([['tax', [origin]]]),
  })
  await app.listen({ host: '127.0.0.1', port: Number(url.port) })
  return () => app.close()
}

test('without a witness, a peer that has seen today tells a restore of all three', async (t) => {
  const [port] = await claimPorts(1)
  const provider = await makeProvider({
    config: (config) => ({
      ...config,
      peers: config.peers.map((peer) => ({ ...peer, url: `http://127.0.0.1:${port}` })),
    }),
  })
  const days = await liveTwoDays(provider)
  const close = await startPeer(provider, days.today)
  try {
    const found = await startIn(restore(days, ['state', 'head', 'folder']))
    assert.ok(isEnd(found), 'it was accepted')
    assert.match(found.stderr, /The peer housing knows \d+ entries of this log/)
    tell(t, ['state', 'head', 'folder'], sentenceOf(found))
    const honest = await startIn(restore(days, []))
    assert.ok(!isEnd(honest), 'an honest start was refused')
    assert.equal((await honest.stop()).exitCode, 0)
  } finally {
    await close()
  }
})

test('a clock behind the newest entry is refused, and is no evidence of tampering', async () => {
  const dir = restore(plain, [])
  for (const name of ['state.db', 'head.db']) {
    const db = new DatabaseSync(join(dir, name))
    db.exec('UPDATE head SET time_ms = time_ms + 3600000')
    db.close()
  }
  const found = await startIn(dir)
  assert.ok(isEnd(found))
  assert.equal(found.exitCode, 1)
  assert.match(found.stderr, /^cloison serve: CLOCK_BACKWARDS: The clock is behind/)
})
