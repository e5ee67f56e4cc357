import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { gzipSync } from 'node:zlib'
import { CommanderError } from 'commander'
import { claimPort } from '../../platform/index.ts'
import { NAIVE_POLICY, type NaiveLog, naiveLog, ORIGIN } from '../../testing/naive-log/index.ts'
import type { CliIo, ExitCode } from '../cli-io.ts'
import { logVerifyCommand } from './log-verify.ts'

const root = mkdtempSync(join(tmpdir(), 'cloison-log-verify-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
const log = naiveLog(300, [100])
let folders = 0

/** A folder as `--keep` leaves it: `vkeys.txt`, `policy.txt` and `tax/log/`. */
function keptFolder(of: NaiveLog = log): { readonly dir: string; readonly target: string } {
  folders += 1
  const dir = join(root, String(folders))
  const target = join(dir, 'tax', 'log')
  for (const [path, bytes] of of.files) write(join(target, path), bytes)
  const keys = NAIVE_POLICY.split('\n').flatMap(
    (line) => /(?:log|witness w) (.*)/.exec(line)?.[1] ?? [],
  )
  write(join(dir, 'vkeys.txt'), `${keys.join('\n')}\n`)
  write(join(dir, 'policy.txt'), NAIVE_POLICY)
  return { dir, target }
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

interface Outcome {
  readonly code: ExitCode
  readonly stdout: string
  readonly stderr: string
}

async function run(args: readonly string[], now: () => number = () => 0): Promise<Outcome> {
  const seen = { code: 0 as ExitCode, stdout: '', stderr: '' }
  const io: CliIo = {
    stdout: (text) => void (seen.stdout += text),
    stderr: (text) => void (seen.stderr += text),
    isTty: false,
    env: {},
    now,
    exit: (code) => void (seen.code = code),
  }
  try {
    await logVerifyCommand(io).parseAsync(args, { from: 'user' })
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause
    seen.code = cause.exitCode === 0 ? 0 : 2
  }
  return seen
}

test('a good folder is good: exit 0, with keys and policy found above it', async () => {
  const { target } = keptFolder()
  const { code, stdout, stderr } = await run([target])
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /^tax\.localhost\/log\/2026h2 is good: 300 entries, root \S+\.\n/)
  assert.match(
    stdout,
    /Cosigned by witness\.localhost, at 2026-06-21T00:00:00\.000Z the earliest\.\n$/,
  )
})

test('a tampered folder is exit 3, and a sentence names the entry', async () => {
  const { target } = keptFolder()
  const file = join(target, 'tile/entries/001.p/44')
  const bytes = readFileSync(file)
  bytes[2 * 36 + 10] = (bytes[2 * 36 + 10] ?? 0) ^ 4
  writeFileSync(file, bytes)
  const { code, stdout } = await run([target])
  assert.equal(code, 3)
  const sentence = 'Entry 258, file "tile/entries/001.p/44", from byte 72: An entry is not the one'
  assert.ok(stdout.includes(sentence), stdout)
  const json = await run([target, '--json'])
  const report: unknown = JSON.parse(json.stdout)
  const { checkpoint } = { checkpoint: log.checkpointAt(300).split('\n') }
  assert.deepEqual(report, {
    ok: false,
    origin: ORIGIN,
    size: 300,
    root: checkpoint[2],
    cosignedBy: ['witness.localhost'],
    oldestCosignature: 1_782_000_000_000,
    problems: [{ code: 'ENTRY_WRONG', file: 'tile/entries/001.p/44', offset: 72, entry: 258 }],
  })
  assert.equal(json.code, 3)
})

test('public counts that the leaves do not bear out are exit 3, in an otherwise good log', async () => {
  const counted = (exchanges: number): NaiveLog => {
    const [from, to] = [0, 41].map((entry) => `{"entry":${entry},"log":"${ORIGIN}"}`)
    const body = `{"cells":[],"exchanges":${exchanges},"from":${from},"month":"2026-06","to":${to}}`
    return naiveLog(
      300,
      [100],
      undefined,
      new Map([[250, { kind: 'counts.month', name: '2026-06', body }]]),
    )
  }
  const good = await run([keptFolder(counted(40)).target])
  assert.equal(good.code, 0, good.stdout)
  const wrong = await run([keptFolder(counted(60)).target])
  assert.equal(wrong.code, 3)
  assert.match(wrong.stdout, /Entry 250, file "governance\/250": The public counts of a month are/)
})

test('a file that was being written when its gateway was killed is no part of the log', async () => {
  const { target } = keptFolder()
  const name = 'checkpoint.tmp-0c5b1a52-6f1e-4a0b-9d6e-2f3c4d5e6f70'
  write(join(target, name), 'half')
  assert.equal((await run([target])).code, 0)
  write(join(target, 'checkpoint.tmp-1'), 'half')
  assert.equal((await run([target])).code, 3)
})

test('a link among the files is noticed', async () => {
  const { target } = keptFolder()
  symlinkSync(join(target, 'checkpoint'), join(target, 'copy'))
  const { code, stdout } = await run([target])
  assert.equal(code, 3)
  assert.match(stdout, /file "copy": A file does not belong to the log\./i)
})

test('without keys or policy nothing is verified: exit 2, and what to do', async () => {
  const { dir, target } = keptFolder()
  rmSync(join(dir, 'policy.txt'))
  const noPolicy = await run([target])
  assert.deepEqual([noPolicy.code, noPolicy.stdout], [2, ''])
  assert.match(noPolicy.stderr, /--policy/)
  write(join(dir, 'policy.txt'), 'quorum none\n')
  rmSync(join(dir, 'vkeys.txt'))
  const noKeys = await run([target])
  assert.equal(noKeys.code, 2)
  assert.match(noKeys.stderr, /--vkeys/)
  write(join(dir, 'mine.txt'), 'not a key\n')
  const malformed = await run([target, '--vkeys', join(dir, 'mine.txt')])
  assert.deepEqual([malformed.code, malformed.stderr.includes('mine.txt')], [2, true])
})

test('usage faults are exit 2', async () => {
  const { dir, target } = keptFolder()
  for (const args of [[], [target, '--nonsense'], [join(dir, 'nowhere')], [target, target]]) {
    assert.equal((await run(args)).code, 2, args.join(' '))
  }
  const parent = await run([join(dir, 'tax')])
  assert.equal(parent.code, 2)
  assert.match(parent.stderr, /Did you mean .*tax\/log\?/)
})

test('an earlier checkpoint that one holds is compared with', async () => {
  const { dir, target } = keptFolder()
  const held = join(dir, 'held')
  write(held, log.checkpointAt(256))
  assert.equal((await run([target, '--since', held])).code, 0)
  write(held, naiveLog(400).checkpointAt(400))
  const reverted = await run([target, '--since', held, '--json'])
  assert.equal(reverted.code, 3)
  assert.match(reverted.stdout, /CHECKPOINT_REVERTED/)
  write(held, 'nothing')
  const bad = await run([target, '--since', held])
  assert.deepEqual([bad.code, bad.stdout], [2, ''])
  assert.equal((await run([target, '--origin', 'social.localhost/log/2026h2'])).code, 3)
  assert.equal((await run([target, '--origin', ORIGIN])).code, 0)
})

/** A web server that knows nothing of logs; `gzipped` keeps its files so, and sends them so to all. */
async function serve(target: string, gzipped = false): Promise<Server & AsyncDisposable> {
  const server = createServer((request, response) => {
    try {
      const body = readFileSync(join(target, new URL(request.url ?? '/', 'http://x').pathname))
      if (gzipped) response.setHeader('content-encoding', 'gzip')
      response.end(gzipped ? gzipSync(body) : body)
    } catch {
      response.writeHead(404).end()
    }
  })
  // Nobody else listens there once it is closed.
  const port = await claimPort()
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  return Object.assign(server, {
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  })
}

function urlOf(server: Server): string {
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  return `http://127.0.0.1:${address.port}`
}

test('a log at a URL is verified the same, and an unreachable one is exit 5', async () => {
  const { dir, target } = keptFolder()
  const trust = ['--vkeys', join(dir, 'vkeys.txt'), '--policy', join(dir, 'policy.txt')]
  let url: string
  {
    await using server = await serve(target)
    url = urlOf(server)
    assert.equal((await run([url, ...trust])).code, 0)
    assert.equal((await run([`${url}/elsewhere`, ...trust])).code, 5)
    writeFileSync(join(target, 'tile/0/000'), new Uint8Array(9000))
    const broken = await run([url, ...trust, '--json'])
    assert.equal(broken.code, 3)
    assert.match(broken.stdout, /"TILE_WRONG","file":"tile\/0\/000"/)
  }
  const gone = await run([url, ...trust])
  assert.deepEqual([gone.code, gone.stdout], [5, ''])
  assert.ok(gone.stderr.startsWith(`${url} cannot be read.`), gone.stderr)
})

test('a folder that a web server keeps gzipped is verified the same, to the last bit', async () => {
  const { dir, target } = keptFolder()
  const trust = ['--vkeys', join(dir, 'vkeys.txt'), '--policy', join(dir, 'policy.txt')]
  await using server = await serve(target, true)
  const url = urlOf(server)
  const good = await run([url, ...trust])
  assert.deepEqual([good.code, good.stderr], [0, ''])
  const file = join(target, 'tile/entries/000')
  const bytes = readFileSync(file)
  bytes[700] = (bytes[700] ?? 0) ^ 1
  writeFileSync(file, bytes)
  const bad = await run([url, ...trust, '--json'])
  assert.equal(bad.code, 3)
  assert.match(bad.stdout, /"ENTRY_WRONG","file":"tile\/entries\/000"/)
})

test('help begins with examples', async () => {
  const { code, stdout } = await run(['--help'])
  assert.equal(code, 0)
  assert.match(stdout, /^Examples:\n {2}\$ cloison log verify /)
})

test('progress is told on stderr once it takes longer than a second', async () => {
  const { target } = keptFolder()
  let time = 0
  const slow = await run([target], () => (time += 900))
  assert.deepEqual([slow.code, slow.stderr], [0, '300 of 300 entries verified\n'])
})
