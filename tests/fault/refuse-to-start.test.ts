import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, afterEach, before, test } from 'node:test'
import { request } from 'undici'
import { parse, stringify } from 'yaml'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../src/log/index.ts'
import type { NodeConfig } from '../../src/node/index.ts'
import { claimPorts, bestEd25519 } from '../../src/platform/index.ts'
import { type AskingConsumer, askingConsumer } from './asking-consumer.ts'
import { type GatewayEnd, type GatewayProcess, startGateway } from './gateway-process.ts'
import { printFault } from './matrix/fault-table.ts'
import { makeProvider, type ProviderFixture } from './provider-fixture.ts'

let provider: ProviderFixture
let consumer: AskingConsumer
const folders: string[] = []

const started: GatewayProcess[] = []

/** Starts a gateway on a copy; whatever the test comes to, it is gone after it. */
function start(dir: string): GatewayProcess {
  const gateway = startGateway(join(dir, 'cloison.yaml'))
  started.push(gateway)
  return gateway
}

afterEach(async () => {
  for (const gateway of started.splice(0)) await gateway.kill()
})

/** A copy of the stopped provider, to be spoilt. */
function copyOf(source: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-refused-'))
  folders.push(dir)
  cpSync(source, dir, { recursive: true })
  return dir
}

/** Asks one question; the status and the body of what came back. */
async function ask(place: number): Promise<{ readonly status: number; readonly body: Uint8Array }> {
  const { cases } = provider.consumer
  const found = cases[place % cases.length]
  const subject = found?.subjects[0]
  assert.ok(found !== undefined && subject !== undefined)
  const [question] = await consumer.ask([{ case: found, subject }])
  assert.ok(question !== undefined)
  const { body } = question
  const url = `http://${provider.consumer.authority}/v1/person-questions`
  const response = await request(url, { method: 'POST', headers: consumer.sign(body), body })
  return { status: response.statusCode, body: new Uint8Array(await response.body.arrayBuffer()) }
}

before(async () => {
  provider = await makeProvider({ publishSeconds: 0.1 })
  consumer = askingConsumer(provider.consumer)
  const gateway = startGateway(provider.configPath)
  await gateway.listening
  for (const place of [0, 1, 2]) assert.equal((await ask(place)).status, 200)
  assert.equal((await gateway.stop()).exitCode, 0)
})

after(() => {
  for (const dir of [provider.dir, ...folders]) rmSync(dir, { recursive: true, force: true })
})

/** Every file of a folder by its digest. */
function fingerprint(dir: string): Readonly<Record<string, string>> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  return Object.fromEntries(
    files.map((file) => [
      relative(dir, file),
      createHash('sha256').update(readFileSync(file)).digest('hex'),
    ]),
  )
}

/** A start that must fail: how it ended. Fails the test when the gateway comes to listen. */
async function refusal(dir: string): Promise<GatewayEnd> {
  const gateway = start(dir)
  const first = await Promise.race([
    gateway.ended,
    gateway.listening.then(() => 'listening' as const),
  ])
  if (first !== 'listening') return first
  assert.fail('the gateway started')
}

/** Exactly one line: `cloison serve: CODE: a sentence.` */
async function assertRefused(dir: string, code: string, sentence: RegExp): Promise<void> {
  const before = fingerprint(dir)
  const { exitCode, stderr, stdout } = await refusal(dir)
  assert.match(stderr, new RegExp(`^cloison serve: ${code}: [^\\n]+[.!]\\n$`))
  assert.match(stderr, sentence)
  assert.equal(stdout, '')
  assert.ok(exitCode === 1 || exitCode === 2 || exitCode === 3, `exit code ${exitCode}`)
  assert.deepEqual(fingerprint(dir), before, 'a refused start changes nothing on disk')
}

function editConfig(dir: string, edit: (config: NodeConfig) => object): void {
  const path = join(dir, 'cloison.yaml')
  const config: NodeConfig = parse(readFileSync(path, 'utf8'))
  writeFileSync(path, stringify(edit(config)))
}

type Edit = string | ((db: DatabaseSync) => void)

function editStore(dir: string, name: 'state.db' | 'head.db', edit: Edit): void {
  const db = new DatabaseSync(join(dir, name))
  if (typeof edit === 'string') db.exec(edit)
  else edit(db)
  db.close()
}

/** Flips one bit of one leaf. */
function flipLeaf(db: DatabaseSync): void {
  const leaf = db.prepare('SELECT leaf FROM entry WHERE idx = 3').get()?.['leaf']
  assert.ok(leaf instanceof Uint8Array)
  leaf[20] = (leaf[20] ?? 0) ^ 0x10
  db.prepare('UPDATE entry SET leaf = ? WHERE idx = 3').run(leaf)
}

test('a store that was changed is refused: a leaf, a tile’s entries, the signed head, its form', async () => {
  const changes: readonly (readonly [string, 'state.db' | 'head.db', Edit, RegExp])[] = [
    ['ROOT_MISMATCH', 'state.db', flipLeaf, /do not give the signed root/],
    ['ROOT_MISMATCH', 'state.db', 'DELETE FROM entry WHERE idx = 4', /do not give the signed root/],
    ['STORE_SCHEMA_UNKNOWN', 'state.db', 'PRAGMA user_version = 77', /version 77 of the tables/],
    ['STORE_SCHEMA_UNKNOWN', 'head.db', 'PRAGMA user_version = 77', /version 77 of the tables/],
    ['LOG_MISSING', 'state.db', 'DELETE FROM head', /cloison init/],
    ['LOG_MISSING', 'head.db', 'DELETE FROM head', /cloison init/],
    [
      'LOG_FORKED',
      'head.db',
      `UPDATE head SET checkpoint = replace(checkpoint, '— tax', '— tex')`,
      /two/,
    ],
  ]
  for (const [code, name, edit, sentence] of changes) {
    const dir = copyOf(provider.dir)
    editStore(dir, name, edit)
    await assertRefused(dir, code, sentence)
  }
})

test('a clock that is behind the newest entry is refused', async () => {
  const dir = copyOf(provider.dir)
  for (const name of ['state.db', 'head.db'] as const) {
    editStore(dir, name, 'UPDATE head SET time_ms = time_ms + 3600000')
  }
  await assertRefused(dir, 'CLOCK_BACKWARDS', /clock/)
})

test('a missing store, key, register, agreement or policy is refused, and never made', async () => {
  const missing: readonly (readonly [string, string, RegExp])[] = [
    ['state.db', 'STORE_MISSING', /cloison init/],
    ['head.db', 'STORE_MISSING', /cloison init/],
    ['keys/log.key', 'KEY_FILE_INVALID', /log\.key/],
    ['keys/gateway.key', 'KEY_FILE_INVALID', /gateway\.key/],
    ['keys/pages.token', 'KEY_FILE_INVALID', /pages\.token/],
    ['agreements', 'AGREEMENT_FILE_INVALID', /agreements/],
    ['policy.txt', 'CONFIG_INVALID', /policy\.txt/],
    ['income.json', 'CONFIG_INVALID', /income\.json/],
    ['income.db', 'UNAVAILABLE', /register "income"/],
  ]
  for (const [path, code, sentence] of missing) {
    const dir = copyOf(provider.dir)
    rmSync(join(dir, path), { recursive: true })
    await assertRefused(dir, code, sentence)
  }
})

test('keys and agreements that are not what they must be are refused', async () => {
  const spoilt: readonly (readonly [string, string, RegExp, (text: string) => string])[] = [
    ['keys/log.key', 'KEY_FILE_INVALID', /log\.key/, () => 'AAAA\n'],
    ['keys/log.key', 'LOG_DAMAGED', /key/, () => `${Buffer.alloc(32, 5).toString('base64')}\n`],
    ['keys/gateway.key', 'KEY_FILE_INVALID', /gateway\.key/, (text) => `${text}x`],
    ['policy.txt', 'CONFIG_INVALID', /policy/, () => 'quorum of friends\n'],
    [
      'agreements/housing-tax-fixture.json',
      'AGREEMENT_FILE_INVALID',
      /signature/,
      (text) => text.replace('"threshold":24000', '"threshold":25000'),
    ],
    [
      'agreements/housing-tax-fixture.json',
      'AGREEMENT_FILE_INVALID',
      /housing-tax-fixture/,
      (text) => ` ${text}`,
    ],
    ['income.json', 'CONFIG_INVALID|DESCRIPTION_INVALID', /income/, () => '{"v":1,'],
  ]
  for (const [path, code, sentence, change] of spoilt) {
    const dir = copyOf(provider.dir)
    writeFileSync(join(dir, path), change(readFileSync(join(dir, path), 'utf8')))
    await assertRefused(dir, `(?:${code})`, sentence)
  }
})

/** A key of a log that is no demo's. */
function vkeyOutside(): string {
  const publicKey = bestEd25519().publicKey(new Uint8Array(32))
  return formatVerifierKey('housing.example/log/2026h2', SIGNATURE_TYPES.ed25519, publicKey)
}

test('a configuration that is not right is refused with the place, and the nearest key', async () => {
  const longLock = 15 * 86_400_000
  const edits: readonly (readonly [string, RegExp, (config: NodeConfig) => object])[] = [
    [
      'CONFIG_INVALID',
      /"publisch_s".*"publish_s"/,
      (c) => ({ ...c, log: { ...c.log, publisch_s: 1 } }),
    ],
    ['CONFIG_INVALID', /"registres".*"registers"/, (c) => ({ ...c, registres: {} })],
    [
      'CONFIG_INVALID',
      /gateway_key.*housing/,
      (c) => ({ ...c, peers: c.peers.map((peer) => ({ ...peer, gateway_key: 'AAAA' })) }),
    ],
    [
      'CONFIG_INVALID',
      /log_vkeys.*housing/,
      (c) => ({ ...c, peers: c.peers.map((peer) => ({ ...peer, log_vkeys: ['housing'] })) }),
    ],
    [
      'CONFIG_INVALID',
      /time_lock_ms.*24 hours/,
      (c) => ({ ...c, log: { ...c.log, origin: 'tax.example/log/2026h2' }, peers: [] }),
    ],
    [
      'DEMO_PEER_REFUSED',
      /"housing"/,
      (c) => ({
        ...c,
        peers: c.peers.map((peer) => ({ ...peer, log_vkeys: [vkeyOutside()] })),
      }),
    ],
    [
      'DEMO_PEER_REFUSED',
      /"housing"/,
      (c) => ({
        ...c,
        log: { ...c.log, origin: 'tax.example/log/2026h2' },
        agreements: { ...c.agreements, time_lock_ms: longLock },
      }),
    ],
  ]
  for (const [code, sentence, edit] of edits) {
    const dir = copyOf(provider.dir)
    editConfig(dir, edit)
    await assertRefused(dir, code, sentence)
  }
})

test('a file that is no configuration is refused', async () => {
  const twice = copyOf(provider.dir)
  appendFileSync(join(twice, 'cloison.yaml'), 'version: 1\n')
  await assertRefused(twice, 'CONFIG_UNREADABLE', /YAML/)
  const gone = copyOf(provider.dir)
  rmSync(join(gone, 'cloison.yaml'))
  await assertRefused(gone, 'CONFIG_UNREADABLE', /-c/)
})

test('a second process on the same store is refused, and the first goes on', async () => {
  const dir = copyOf(provider.dir)
  const gateway = start(dir)
  await gateway.listening
  const second = start(dir)
  const { exitCode, stderr } = await second.ended
  assert.equal(exitCode, 1)
  assert.match(stderr, /^cloison serve: STORE_LOCKED: Another gateway [^\n]*\n$/)
  const outcome = 'the second is refused, exit 1, STORE_LOCKED; the first goes on'
  printFault({ fault: 'two processes', step: 'one store', outcome })
  assert.equal((await ask(0)).status, 200)
  assert.equal((await gateway.stop()).exitCode, 0)
})

test('when the lock is bypassed the swap stops whoever lost: one history, no fork', async () => {
  const dir = copyOf(provider.dir)
  const first = start(dir)
  await first.listening
  // Another name of the same file has another lock beside it.
  symlinkSync('state.db', join(dir, 'alias.db'))
  const [port, adminPort] = await claimPorts(2)
  editConfig(dir, (c) => ({
    ...c,
    store: { ...c.store, path: 'alias.db' },
    listen: { public: `127.0.0.1:${port}`, admin: `127.0.0.1:${adminPort}` },
  }))
  const second = start(dir)
  await second.listening
  // It has read, decided and looked up; its commit meets the head that the other has moved.
  const reply = await ask(0).catch(() => undefined)
  assert.ok(reply === undefined || reply.status === 503)
  const end = await first.ended
  assert.equal(end.exitCode, 1)
  assert.match(end.stderr, /HEAD_CONFLICT/)
  const outcome = 'the swap stops the one that lost, exit 1, HEAD_CONFLICT; nothing was answered'
  printFault({ fault: 'two processes, no lock', step: 'one store', outcome })
  assert.equal((await second.stop()).exitCode, 0)
})
