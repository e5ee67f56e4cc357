import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { request } from 'undici'
import { parse, stringify } from 'yaml'
import { makeKeyFile } from '../../src/node/index.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../src/log/index.ts'
import { parseTlogProof } from '../../src/log/verify/index.ts'
import { bestEd25519, systemRandomness } from '../../src/platform/index.ts'
import { askingConsumer } from './asking-consumer.ts'
import { cliScript, type GatewayEnd, startGateway } from './gateway-process.ts'
import { makeProvider, type ProviderFixture } from './provider-fixture.ts'

const first = 'tax.localhost/log/2026h2'
const second = 'tax.localhost/log/2027h1'

const folders: string[] = []
let provider: ProviderFixture
let beforeClosing: string
let afterClosing: string

after(() => {
  for (const dir of folders) rmSync(dir, { recursive: true, force: true })
})

function copyOf(source: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-closed-'))
  folders.push(dir)
  cpSync(source, dir, { recursive: true })
  return dir
}

function cli(...args: readonly string[]): {
  status: number | null
  stdout: string
  stderr: string
} {
  return spawnSync(process.execPath, [cliScript, ...args], { encoding: 'utf8' })
}

/** What the command says to change, changed. */
function useSuccessor(dir: string): void {
  const path = join(dir, 'cloison.yaml')
  const settings: { log: Record<string, unknown> } = parse(readFileSync(path, 'utf8'))
  settings.log = {
    ...settings.log,
    origin: second,
    folder: 'log-2027h1',
    closed: [{ origin: first, folder: 'log' }],
  }
  writeFileSync(path, stringify(settings))
}

function close(dir: string): ReturnType<typeof cli> {
  return cli('log', 'close', '-c', join(dir, 'cloison.yaml'), '--next', second)
}

interface Answer {
  readonly status: number
  readonly code: string | undefined
  /** Origin and index of its entry, as its receipt has them. */
  readonly entry: string | undefined
}

type Asked = { readonly body: Uint8Array }

function placeOf(inclusion: string): string {
  const { index, checkpoint } = parseTlogProof(inclusion)
  return `${checkpoint.split('\n', 1)[0]} ${index}`
}

async function ask(question: Asked): Promise<Answer> {
  const response = await request(`http://${provider.consumer.authority}/v1/person-questions`, {
    method: 'POST',
    headers: consumer.sign(question.body),
    body: question.body,
  })
  const json: { code?: string; inclusion?: string } = JSON.parse(await response.body.text())
  return {
    status: response.statusCode,
    code: json.code,
    entry: json.inclusion === undefined ? undefined : placeOf(json.inclusion),
  }
}

let consumer: ReturnType<typeof askingConsumer>

async function newQuestion(place = 0): Promise<Asked> {
  const [found] = provider.consumer.cases
  const subject = found?.subjects[place]
  assert.ok(found !== undefined && subject !== undefined)
  const [question] = await consumer.ask([{ case: found, subject }])
  assert.ok(question !== undefined)
  return question
}

async function running<Result>(dir: string, work: () => Promise<Result>): Promise<Result> {
  const gateway = startGateway(join(dir, 'cloison.yaml'))
  await gateway.listening
  try {
    return await work()
  } finally {
    assert.equal((await gateway.stop()).exitCode, 0)
  }
}

async function refusalOf(dir: string): Promise<GatewayEnd> {
  const gateway = startGateway(join(dir, 'cloison.yaml'))
  await assert.rejects(gateway.listening)
  return gateway.ended
}

let askedBefore: Asked
let answeredBefore: Answer

before(async () => {
  provider = await makeProvider()
  folders.push(provider.dir)
  consumer = askingConsumer(provider.consumer)
  askedBefore = await newQuestion()
  answeredBefore = await running(provider.dir, () => ask(askedBefore))
  beforeClosing = copyOf(provider.dir)
  const closed = close(provider.dir)
  assert.equal(closed.status, 0, closed.stderr)
  assert.match(closed.stdout, /is closed with \d+ entries; tax\.localhost\/log\/2027h1 follows/)
  const [key = ''] = /tax\.localhost\/log\/2027h1\+\S+/.exec(closed.stdout) ?? []
  appendFileSync(join(provider.dir, 'vkeys.txt'), `${key}\n`)
  afterClosing = copyOf(provider.dir)
})

test('under the origin of a closed log nothing starts, and the sentence names the next one', async () => {
  const end = await refusalOf(copyOf(afterClosing))
  assert.equal(end.exitCode, 2, end.stderr)
  assert.match(end.stderr, /LOG_CLOSED: The log \S+2026h2 was closed; the present one is \S+2027h1/)
})

test('the next log goes on: counters, retries and the chain cross the border', async () => {
  const dir = copyOf(afterClosing)
  useSuccessor(dir)
  const [again, fresh] = await running(dir, async () => [
    await ask(askedBefore),
    await ask(await newQuestion(1)),
  ])
  assert.deepEqual(again, answeredBefore, 'a retry is answered as before, out of the closed log')
  assert.equal(again?.entry?.startsWith(`${first} `), true)
  assert.equal(fresh?.status, 200)
  assert.equal(fresh?.entry?.startsWith(`${second} `), true)
  const verified = [join(dir, 'log'), join(dir, 'log-2027h1')].map((folder) =>
    cli(
      'log',
      'verify',
      folder,
      '--vkeys',
      join(dir, 'vkeys.txt'),
      '--policy',
      join(dir, 'policy.txt'),
      '--json',
    ),
  )
  const [closed, open] = verified.map(({ stdout }) => JSON.parse(stdout))
  assert.deepEqual([closed.ok, closed.origin, closed.successor], [true, first, second])
  assert.deepEqual([open.ok, open.origin, open.successor], [true, second, undefined])
  const opening = JSON.parse(readFileSync(join(dir, 'log-2027h1', 'governance', '0'), 'utf8'))
  assert.deepEqual(
    [opening.record.kind, opening.record.body.predecessor.root],
    ['log.opened', closed.root],
  )
})

test('a store from before the border, put back after it, is refused', async () => {
  const rows = [
    [['state.db'], /The head store knows the log \S+2027h1/],
    [['head.db'], /an older head store was put back|This gateway has published/],
    [['state.db', 'head.db'], /not signed by the key|was put back/],
  ] as const
  for (const [files, expected] of rows) {
    const dir = copyOf(afterClosing)
    useSuccessor(dir)
    await running(dir, async () => ask(await newQuestion(2)))
    for (const file of files) cpSync(join(beforeClosing, file), join(dir, file))
    const end = await refusalOf(dir)
    assert.equal(end.exitCode, 3, end.stderr)
    assert.match(end.stderr, expected)
  }
})

test('closing refuses a name that is not a sibling, a gateway that runs, and a log that is closed', async () => {
  const dir = copyOf(beforeClosing)
  const path = join(dir, 'cloison.yaml')
  for (const next of ['elsewhere.localhost/log/2027h1', first, 'tax.localhost/log/2027 h1']) {
    const refused = cli('log', 'close', '-c', path, '--next', next)
    assert.equal(refused.status, 2)
    assert.match(refused.stderr, /CONFIG_INVALID: The next log must be another one below/)
  }
  await running(dir, async () => {
    const refused = close(dir)
    assert.equal(refused.status, 1)
    assert.match(refused.stderr, /STORE_LOCKED/)
  })
  const twice = close(copyOf(afterClosing))
  assert.equal(twice.status, 2)
  assert.match(twice.stderr, /LOG_CLOSED/)
})

test('a new log key signs from its own entry on, beside the old one, which then goes', async () => {
  const dir = copyOf(beforeClosing)
  const path = join(dir, 'cloison.yaml')
  const settings: { keys: Record<string, string> } = parse(readFileSync(path, 'utf8'))
  const seed = await makeKeyFile(join(dir, 'keys', 'log-next.key'), systemRandomness)
  const next = formatVerifierKey(first, SIGNATURE_TYPES.ed25519, bestEd25519().publicKey(seed))
  const old = provider.tax.logVerifierKey
  const verify = (key: string, folder = 'log'): number | null => {
    const policy = join(dir, 'one-key.txt')
    writeFileSync(policy, `log ${key}\nquorum none\n`)
    return cli(
      'log',
      'verify',
      join(dir, folder),
      '--vkeys',
      policyKeys(dir, key),
      '--policy',
      policy,
    ).status
  }
  const signatures = (): number =>
    readFileSync(join(dir, 'log', 'checkpoint'), 'utf8').split('— ').length - 1
  writeFileSync(
    path,
    stringify({ ...settings, keys: { ...settings.keys, log_next_file: 'keys/log-next.key' } }),
  )
  assert.equal((await running(dir, async () => ask(await newQuestion(3)))).status, 200)
  assert.equal(signatures(), 2)
  appendFileSync(join(dir, 'vkeys.txt'), `${next}\n`)
  writeFileSync(
    path,
    stringify({ ...settings, keys: { ...settings.keys, log_file: 'keys/log-next.key' } }),
  )
  assert.equal((await running(dir, async () => ask(await newQuestion(3)))).status, 200)
  assert.equal(signatures(), 1)
  assert.equal(verify(next), 0)
  assert.equal(verify(old), 3, 'a dropped key still counts')
  const kinds = governanceOf(join(dir, 'log'))
  assert.deepEqual(
    kinds
      .filter(({ kind }) => kind.startsWith('key.log'))
      .map(({ kind, name }) => `${kind} ${name}`),
    [`key.log-added ${next}`, `key.log-dropped ${old.split('+').slice(0, 2).join('+')}`],
  )
})

function policyKeys(dir: string, key: string): string {
  const path = join(dir, 'one-vkey.txt')
  writeFileSync(path, `${key}\n`)
  return path
}

function governanceOf(log: string): readonly { kind: string; name: string }[] {
  const found: { kind: string; name: string }[] = []
  for (let index = 0; index < 200; index += 1) {
    try {
      found.push(JSON.parse(readFileSync(join(log, 'governance', String(index)), 'utf8')).record)
    } catch {
      // An exchange: it has no opening.
    }
  }
  return found
}
