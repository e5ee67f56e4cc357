import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import test from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { CommanderError } from 'commander'
import { encodeBase64, encodeHex } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import {
  NAIVE_POLICY,
  naiveLog,
  type NaiveLog,
  naiveRoot,
  ORIGIN,
  publish,
  signedCheckpoint,
} from '../../testing/naive-log/index.ts'
import type { CliIo, ExitCode } from '../cli-io.ts'
import { logMonitorCommand } from './log-monitor.ts'

const root = mkdtempSync(join(tmpdir(), 'cloison-monitor-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
const text = new TextEncoder()
/** When the witness of a naive log has cosigned everything. */
const cosignedMs = 1_782_000_000_000
const whole = naiveLog(700)
let folders = 0

/** A web server of files that a test exchanges, and the paths that were asked for. */
interface Site extends AsyncDisposable {
  readonly url: string
  files: ReadonlyMap<string, Uint8Array>
  readonly asked: string[]
  down: boolean
}

async function serve(files: ReadonlyMap<string, Uint8Array>): Promise<Site> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1)
    site.asked.push(path)
    if (site.down) return void response.socket?.destroy()
    const bytes = site.files.get(path)
    if (bytes === undefined) response.writeHead(404).end()
    else response.end(bytes)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  const site = {
    url: `http://127.0.0.1:${address.port}`,
    files,
    asked: [] as string[],
    down: false,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
  return site
}

interface Outcome {
  readonly code: ExitCode
  readonly lines: readonly {
    readonly event: string
    readonly size: number | null
    readonly findings: readonly { code: string; sentence: string; files: readonly string[] }[]
  }[]
  readonly stdout: string
  readonly stderr: string
}

/** A monitor's own folder with its policy; `run` makes one round unless told otherwise. */
function monitor(policy = NAIVE_POLICY): {
  readonly state: string
  readonly run: (args: readonly string[], now?: () => number) => Promise<Outcome>
} {
  folders += 1
  const dir = join(root, String(folders))
  const state = join(dir, 'state')
  const policyFile = join(root, `policy-${folders}.txt`)
  writeFileSync(policyFile, policy)
  return {
    state,
    async run(args, now = () => cosignedMs + 5_000) {
      const seen = { code: 0 as ExitCode, stdout: '', stderr: '' }
      const io: CliIo = {
        stdout: (more) => void (seen.stdout += more),
        stderr: (more) => void (seen.stderr += more),
        isTty: false,
        env: {},
        now,
        exit: (code) => void (seen.code = code),
      }
      const rest = ['--policy', policyFile, '--state', state, '--json', '--once']
      try {
        await logMonitorCommand(io).parseAsync([...args, ...rest], { from: 'user' })
      } catch (cause) {
        if (!(cause instanceof CommanderError)) throw cause
        seen.code = cause.exitCode === 0 ? 0 : 2
      }
      const lines = seen.stdout.split('\n').filter((line) => line.startsWith('{'))
      return { ...seen, lines: lines.map((line) => JSON.parse(line)) }
    },
  }
}

function filesOf({ entries }: NaiveLog, size: number): Map<string, Uint8Array> {
  const some = entries.slice(0, size)
  const files = new Map([...whole.files].filter(([path]) => path.startsWith('governance/')))
  publish(some, files)
  const leaves = some.map((entry) => sha256(Uint8Array.of(0), entry))
  const note = signedCheckpoint(`${ORIGIN}\n${size}\n${encodeBase64(naiveRoot(leaves))}\n`)
  return files.set('checkpoint', text.encode(note))
}

/** The same log with another entry 150: a second history, under the same signatures. */
const forked: NaiveLog = {
  ...whole,
  entries: whole.entries.map((entry, index) =>
    index === 150 ? entry.with(20, (entry[20] ?? 0) ^ 1) : entry,
  ),
}

const codesOf = ({ lines }: Outcome): readonly string[] =>
  lines.flatMap(({ findings }) => findings.map(({ code }) => code))

test('a growing log is good in every round, and only what is new is read', async () => {
  await using site = await serve(filesOf(whole, 100))
  const { run, state } = monitor()
  for (const size of [100, 100, 255, 256, 300, 512, 700]) {
    site.files = filesOf(whole, size)
    site.asked.length = 0
    const seen = await run([site.url])
    assert.deepEqual([seen.code, seen.stderr, codesOf(seen)], [0, '', []], String(size))
    assert.equal(seen.lines[0]?.size, size)
    const [folder = ''] = readdirSync(state)
    const held = readFileSync(join(state, folder, 'checkpoint'), 'utf8')
    assert.equal(held.split('\n')[1], String(size))
  }
  assert.ok(!site.asked.includes('tile/entries/000') && !site.asked.includes('tile/entries/001'))
  assert.ok(site.asked.includes('tile/entries/002.p/188'))
  site.asked.length = 0
  assert.equal((await run([site.url, '--full'])).code, 0)
  assert.ok(site.asked.includes('tile/entries/000'))
})

test('a second history is a fork: exit 3, one sentence, and both checkpoints are kept', async () => {
  await using site = await serve(filesOf(whole, 300))
  for (const size of [300, 301, 512, 700]) {
    const { run, state } = monitor()
    site.files = filesOf(whole, 300)
    assert.equal((await run([site.url])).code, 0)
    site.files = filesOf(forked, size)
    const seen = await run([site.url])
    assert.deepEqual([seen.code, codesOf(seen)], [3, ['FORK']], String(size))
    const files = seen.lines[0]?.findings[0]?.files ?? []
    const notes = files.filter((path) => !path.endsWith('.json'))
    assert.deepEqual(
      notes.map((path) => readFileSync(path, 'utf8').split('\n')[1]),
      ['300', String(size)],
    )
    // What is held is still the history that was seen first.
    const [folder = ''] = readdirSync(state)
    const held = readFileSync(join(state, folder, 'checkpoint'), 'utf8')
    assert.equal(held, whole.checkpointAt(300))
    assert.deepEqual(codesOf(await run([site.url])), ['FORK'])
  }
})

test('an older checkpoint of the same log is a rollback, and a whole older log too', async () => {
  await using site = await serve(filesOf(whole, 600))
  const { run } = monitor()
  assert.equal((await run([site.url])).code, 0)
  // All newer files stay where they are.
  site.files = new Map([...site.files, ...filesOf(whole, 599)])
  assert.deepEqual(codesOf(await run([site.url])), ['ROLLBACK'])
  site.files = filesOf(whole, 200)
  const back = await run([site.url])
  assert.deepEqual([back.code, codesOf(back)], [3, ['ROLLBACK']])
})

test('a wrong byte in a new tile, bundle or opening is found; in an old one by a full round', async () => {
  await using site = await serve(filesOf(whole, 300))
  const { run } = monitor()
  assert.equal((await run([site.url])).code, 0)
  const good = filesOf(whole, 700)
  for (const path of [
    'tile/entries/002.p/188',
    'tile/0/002.p/188',
    'governance/600',
    'tile/0/001',
  ]) {
    const bytes = good.get(path) ?? assert.fail(path)
    site.files = new Map(good).set(path, bytes.with(40, (bytes[40] ?? 0) ^ 1))
    const seen = await run([site.url])
    assert.deepEqual([seen.code, codesOf(seen)], [3, ['TAMPERED']], path)
  }
  site.files = good
  assert.equal((await run([site.url])).code, 0)
  const old = good.get('tile/entries/000') ?? assert.fail()
  site.files = new Map(good).set('tile/entries/000', old.with(40, (old[40] ?? 0) ^ 1))
  assert.equal((await run([site.url])).code, 0)
  assert.deepEqual(codesOf(await run([site.url, '--full'])), ['TAMPERED'])
})

test('old cosignatures, and too few of them, are told; they are no evidence', async () => {
  await using site = await serve(filesOf(whole, 300))
  const { run, state } = monitor()
  const seen = await run([site.url], () => cosignedMs + 301_000)
  assert.deepEqual([seen.code, codesOf(seen)], [5, ['STALE']])
  assert.equal((await run([site.url], () => cosignedMs + 299_000)).code, 0)
  const later = await run([site.url, '--stale', '60'], () => cosignedMs + 299_000)
  assert.deepEqual(codesOf(later), ['STALE'])
  const lines = whole.checkpointAt(400).split('\n')
  const uncosigned = lines.filter((line) => !line.includes('witness')).join('\n')
  site.files = filesOf(whole, 400).set('checkpoint', text.encode(uncosigned))
  const without = await run([site.url])
  assert.deepEqual([without.code, codesOf(without)], [3, ['QUORUM']])
  const [folder = ''] = readdirSync(state)
  assert.equal(readFileSync(join(state, folder, 'checkpoint'), 'utf8').split('\n')[1], '300')
  assert.ok(!existsSync(join(state, folder, 'evidence')))
})

test('a log that cannot be reached, or shows nothing, is told; several logs are followed at once', async () => {
  await using site = await serve(filesOf(whole, 300))
  await using other = await serve(filesOf(whole, 200))
  const { run } = monitor()
  other.down = true
  const seen = await run([site.url, other.url])
  assert.deepEqual([seen.code, seen.lines.length, codesOf(seen)], [5, 2, ['UNREACHABLE']])
  other.down = false
  other.files = new Map()
  assert.deepEqual(codesOf(await run([other.url])), ['UNREACHABLE'])
  other.files = filesOf(forked, 200)
  const both = await run([site.url, other.url])
  assert.deepEqual([both.code, codesOf(both)], [0, []])
})

test('a log that shows its witness another history, or more, is found out', async () => {
  await using site = await serve(filesOf(whole, 300))
  const path = `${encodeHex(sha256(text.encode(ORIGIN)))}/checkpoint`
  await using witness = await serve(new Map())
  const { run } = monitor(NAIVE_POLICY.replace(/^(witness .*)$/m, `$1 ${witness.url}`))
  const shown = async (log: NaiveLog, size: number): Promise<Outcome> => {
    witness.files = new Map([[path, filesOf(log, size).get('checkpoint') ?? assert.fail()]])
    return run([site.url, '--ask-witnesses'])
  }
  assert.equal((await run([site.url, '--ask-witnesses'])).code, 0)
  for (const size of [1, 255, 256, 299, 300]) {
    assert.deepEqual(codesOf(await shown(whole, size)), [], String(size))
  }
  for (const size of [151, 256, 299, 300]) {
    const seen = await shown(forked, size)
    assert.deepEqual([seen.code, codesOf(seen)], [3, ['FORK']], String(size))
    assert.equal(seen.lines[0]?.findings[0]?.files.length, 3)
  }
  const ahead = await shown(whole, 301)
  assert.deepEqual([ahead.code, codesOf(ahead)], [3, ['WITNESS_AHEAD']])
  witness.down = true
  const gone = await run([site.url, '--ask-witnesses'])
  assert.deepEqual([gone.code, codesOf(gone)], [5, ['WITNESS_UNREACHABLE']])
})

/** `log monitor` in a process of its own, until it has said that the log is good. */
async function following(url: string, state: string): Promise<ChildProcess> {
  const cli = new URL('../main.ts', import.meta.url).pathname
  const policy = join(state, 'policy.txt')
  mkdirSync(state)
  writeFileSync(policy, NAIVE_POLICY)
  const rest = ['--policy', policy, '--state', state, '--interval', '1', '--stale', '999999999']
  const child = spawn(process.execPath, [cli, 'log', 'monitor', url, ...rest], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  assert.match(String(line), / is good: 300 entries\.$/)
  return child
}

test('it goes on until it is stopped, and ends at once with 3 when there is evidence', async () => {
  await using site = await serve(filesOf(whole, 300))
  const stopped = await following(site.url, join(root, 'stopped'))
  site.files = filesOf(whole, 400)
  site.asked.length = 0
  while (!site.asked.includes('tile/0/001.p/144')) await wait(50)
  stopped.kill('SIGTERM')
  assert.deepEqual(await once(stopped, 'exit'), [0, null])
  site.files = filesOf(whole, 300)
  const alarmed = await following(site.url, join(root, 'alarmed'))
  const told: string[] = []
  createInterface(alarmed.stdout ?? assert.fail()).on('line', (line) => told.push(line))
  site.files = filesOf(forked, 301)
  // All that it has said is read by then.
  assert.deepEqual(await once(alarmed, 'close'), [3, null])
  assert.match(told.join(), /: FORK\. .* there are two histories\. Evidence: .*held, .*found/)
})

test('usage faults are exit 2, and help begins with examples', async () => {
  const { run } = monitor()
  assert.equal((await run([])).code, 2)
  assert.equal((await run([join(root, 'nowhere')])).code, 2)
  assert.equal((await run(['http://127.0.0.1:1', '--interval', '0'])).code, 2)
  assert.equal((await run(['http://127.0.0.1:1', '--without', 'nobody.example'])).code, 2)
  const help = await run(['--help'])
  assert.deepEqual([help.code, help.stdout.startsWith('Examples:\n')], [0, true])
})
