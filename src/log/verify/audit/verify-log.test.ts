import assert from 'node:assert/strict'
import test from 'node:test'
import { utf8 } from '../../../bytes/index.ts'
import { parseCheckpoint } from '../checkpoint.ts'
import type { Checkpoint } from '../checkpoint.ts'
import { parsePolicy } from '../policy.ts'
import { parseResourcePath } from '../resource-path.ts'
import { codeOf, flipBit } from '../vectors.test.ts'
import { describeProblem } from './log-problem.ts'
import type { LogProblem } from './log-problem.ts'
import {
  folderOf,
  NAIVE_OPTIONS,
  naiveLog,
  ORIGIN,
  publish,
  signedCheckpoint,
} from '../../../testing/naive-log/index.ts'
import { verifyLog } from './verify-log.ts'
import type { LogReport, VerifyLogOptions } from './verify-log.ts'

const SIZES = [0, 1, 5, 256, 257, 700]
/** Sizes published before, so that older partial tiles and bundles lie beside. */
const EARLIER = new Map([
  [5, [2]],
  [257, [3]],
  [700, [100, 300, 600]],
])
const logs = new Map(SIZES.map((size) => [size, naiveLog(size, EARLIER.get(size))]))

type Files = ReadonlyMap<string, Uint8Array>

function filesOf(size: number): Map<string, Uint8Array> {
  return new Map(logs.get(size)?.files)
}

function check(files: Files, options: Partial<VerifyLogOptions> = {}): Promise<LogReport> {
  return verifyLog(folderOf(files), { ...NAIVE_OPTIONS, ...options })
}

function opened(note: string): Checkpoint {
  return parseCheckpoint(`${note.split('\n\n')[0] ?? ''}\n`)
}

/** Problems as `CODE file`, for comparison. */
function labels(report: LogReport): readonly string[] {
  return report.problems.map(({ code, file }) => `${code} ${file}`)
}

/** Deterministic choice: the tests find the same every time. */
function* sampled(length: number, count: number): Generator<number> {
  if (length <= count) for (let i = 0; i < length; i += 1) yield i
  else for (let i = 0; i < count; i += 1) yield ((i * 7919 + (i * length) / count) % length) | 0
}

/** The problem that one flipped bit of a file must give: exactly one, at the place of the bit. */
function assertPlace(report: LogReport, file: string, bit: number): void {
  const where = `${file}, bit ${bit}: ${JSON.stringify(report.problems)}`
  const [problem, ...more] = report.problems
  assert.ok(!report.ok && problem !== undefined, where)
  // A changed name on a checkpoint is a stranger's signature, and one too few.
  assert.ok(more.length === 0 || file === 'checkpoint', where)
  for (const { file: named } of report.problems) assert.equal(named, file, where)
  const resource = parseResourcePath(file)
  if (resource === undefined) return
  const byte = bit >> 3
  if (resource.kind === 'tile') {
    assert.equal(problem.offset, byte, where)
    assert.deepEqual(problem.tile, { level: resource.level, index: resource.index }, where)
  } else {
    // An entry takes 36 bytes: two of length and the leaf.
    assert.equal(problem.entry, resource.index * 256 + Math.floor(byte / 36), where)
    assert.equal(problem.offset, byte - (byte % 36), where)
  }
}

test('a log as it was published is good, at every size', async () => {
  for (const size of SIZES) {
    const report = await check(filesOf(size))
    assert.deepEqual(report.problems, [])
    assert.ok(report.ok)
    const { origin, cosignedBy, oldestCosignature } = report
    assert.deepEqual([origin, report.size, cosignedBy], [ORIGIN, size, ['witness.localhost']])
    assert.equal(oldestCosignature, 1_782_000_000_000)
  }
})

for (const size of SIZES) {
  test(`every flipped bit of every file is found at its place, size ${size}`, async () => {
    let flips = 0
    for (const [path, bytes] of filesOf(size)) {
      // All checkpoints are alike: every bit of one, and a sample of the others.
      const count = path === 'checkpoint' && size === 5 ? bytes.length * 8 : 30
      for (const bit of sampled(bytes.length * 8, count)) {
        const files = filesOf(size)
        files.set(path, flipBit(bytes, bit >> 3, bit & 7))
        assertPlace(await check(files), path, bit)
        flips += 1
      }
    }
    console.log(`log of ${size} entries: ${flips}/${flips} flipped bits found at their place`)
  })
}

test('a deleted, emptied, truncated or lengthened file is found and named', async () => {
  for (const size of SIZES) {
    for (const [path, bytes] of filesOf(size)) {
      for (const changed of [undefined, new Uint8Array(0), bytes.slice(0, -1), extended(bytes)]) {
        const report = await check(withFile(filesOf(size), path, changed))
        // A partial tile of an earlier size may be deleted, but not be wrong.
        const named = changed === undefined && isOlder(path, size) ? [] : [path]
        const found = report.problems.map(({ file }) => file)
        assert.deepEqual(found, named, `${size} ${path}`)
      }
    }
  }
})

function withFile(
  files: Map<string, Uint8Array>,
  path: string,
  bytes: Uint8Array | undefined,
): Files {
  if (bytes === undefined) files.delete(path)
  else files.set(path, bytes)
  return files
}

function extended(bytes: Uint8Array): Uint8Array {
  return new Uint8Array([...bytes, 0])
}

function isOlder(path: string, size: number): boolean {
  const resource = parseResourcePath(path)
  if (resource === undefined || resource.width === 256) return false
  const { level, index, width } = resource
  return index * 256 + width !== Math.floor(size / 256 ** level)
}

test('two swapped files are both named', async () => {
  const pairs = [
    ['tile/0/000', 'tile/0/001'],
    ['tile/entries/000', 'tile/entries/001'],
    ['tile/0/000', 'tile/entries/000'],
    ['tile/0/002.p/188', 'tile/1/000.p/2'],
    ['governance/200', 'governance/400'],
  ]
  for (const [a = '', b = ''] of pairs) {
    const files = filesOf(700)
    const [first, second] = [files.get(a), files.get(b)]
    assert.ok(first !== undefined && second !== undefined)
    files.set(a, second).set(b, first)
    const named = new Set((await check(files)).problems.map(({ file }) => file))
    assert.deepEqual([...named].sort(), [a, b].sort())
  }
})

test('an earlier checkpoint that was put back is found by the files that go beyond it', async () => {
  for (const [size, earlier] of [
    [5, 2],
    [257, 3],
    [257, 256],
    [700, 5],
    [700, 600],
    [700, 512],
    [700, 0],
  ]) {
    const log = logs.get(size ?? 0)
    const files = filesOf(size ?? 0)
    files.set('checkpoint', utf8(log?.checkpointAt(earlier ?? 0) ?? ''))
    assert.deepEqual(
      labels(await check(files)),
      ['CHECKPOINT_REVERTED checkpoint'],
      `${size} ${earlier}`,
    )
  }
})

test('a log put back as a whole is found by the checkpoint that one holds', async () => {
  const since = opened(logs.get(700)?.checkpointAt(700) ?? '')
  const log = naiveLog(600)
  assert.ok((await check(log.files)).ok)
  assert.deepEqual(labels(await check(log.files, { since })), ['CHECKPOINT_REVERTED checkpoint'])
  const files = new Map(filesOf(700)).set('checkpoint', utf8(log.checkpointAt(600)))
  assert.deepEqual(labels(await check(files, { since })), ['CHECKPOINT_REVERTED checkpoint'])
})

test('a log continues each of its earlier checkpoints and none of a fork', async () => {
  const log = logs.get(700)
  assert.ok(log !== undefined)
  for (const size of [0, 1, 2, 255, 256, 257, 511, 512, 513, 699, 700]) {
    const since = opened(log.checkpointAt(size))
    assert.deepEqual((await check(log.files, { since })).problems, [], String(size))
    const root = since.root.with(0, (since.root[0] ?? 0) ^ 1)
    assert.deepEqual(labels(await check(log.files, { since: { ...since, root } })), [
      'FORKED checkpoint',
    ])
  }
  const since = { ...opened(log.checkpointAt(5)), origin: 'social.localhost/log/2026h2' }
  assert.deepEqual(labels(await check(log.files, { since })), ['CHECKPOINT_ORIGIN checkpoint'])
})

test('a rewritten entry is found although its tile was rewritten with it', async () => {
  const forged = logs.get(700)?.entries.map((leaf, i) => (i === 299 ? leaf.with(9, 0) : leaf)) ?? []
  const rewritten = new Map<string, Uint8Array>()
  publish(forged, rewritten)
  const files = filesOf(700)
  for (const path of ['tile/0/001', 'tile/entries/001'])
    files.set(path, rewritten.get(path) ?? utf8(''))
  const report = await check(files)
  assert.deepEqual(labels(report), ['TILE_WRONG tile/0/001', 'ENTRY_WRONG tile/entries/001'])
  for (const [path, bytes] of rewritten) files.set(path, bytes)
  assert.deepEqual(labels(await check(files)), ['ROOT_MISMATCH checkpoint'])
})

test('two faults in one tile and its bundle are told apart', async () => {
  const files = filesOf(700)
  files.set('tile/0/001', flipBit(files.get('tile/0/001') ?? utf8(''), 3 * 32, 0))
  files.set('tile/entries/001', flipBit(files.get('tile/entries/001') ?? utf8(''), 7 * 36 + 5, 0))
  const { problems } = await check(files)
  const expected: LogProblem[] = [
    { code: 'TILE_WRONG', file: 'tile/0/001', offset: 96, tile: { level: 0, index: 1 } },
    { code: 'ENTRY_WRONG', file: 'tile/entries/001', offset: 252, entry: 263 },
  ]
  assert.deepEqual(problems, expected)
})

test('a file that does not belong to the log is found and named', async () => {
  const strangers = [
    'readme',
    'tile/0/003',
    'tile/entries/x001/000',
    'tile/00/000',
    'tile/2/000.p/1',
  ]
  for (const path of [...strangers, 'governance/700', 'governance/07', 'tile/0/000.p/0']) {
    const files = filesOf(700).set(path, utf8('?'))
    assert.deepEqual(labels(await check(files)), [`FILE_UNEXPECTED ${path}`])
  }
  const opening = filesOf(700).get('governance/200') ?? utf8('')
  const files = filesOf(700).set('governance/51', opening)
  assert.deepEqual(labels(await check(files)), ['OPENING_UNEXPECTED governance/51'])
})

test('an entry that the log signed in no known format is named', async () => {
  const entries = (logs.get(5)?.entries ?? []).map((leaf, i) => (i === 3 ? leaf.with(0, 9) : leaf))
  const files = new Map<string, Uint8Array>()
  publish(entries, files)
  const good = naiveLog(5)
  files.set('governance/0', good.files.get('governance/0') ?? utf8(''))
  // The checkpoint of this tree: the root that the report of an unsigned one would demand.
  files.set('checkpoint', utf8(await signedRootOf(entries)))
  assert.deepEqual(labels(await check(files)), ['ENTRY_FORMAT tile/entries/000.p/5'])
  assert.ok((await check(files, { foreignEntries: true })).problems.length > 0)
})

async function signedRootOf(entries: readonly Uint8Array[]): Promise<string> {
  const { rootOfEntries } = await import('../tree-hasher.ts')
  const root = Buffer.from(rootOfEntries(entries)).toString('base64')
  return signedCheckpoint(`${ORIGIN}\n${entries.length}\n${root}\n`)
}

test('folder mode refuses signatures of strangers and repeated ones; others ignore them', async () => {
  const note = logs.get(5)?.checkpointAt(5) ?? ''
  const stranger = `${note}\u2014 stranger.example AAAAAAAA\n`
  const line = note.split('\n').at(-2) ?? ''
  for (const [changed, code] of [
    [stranger, 'CHECKPOINT_SIGNER'],
    [`${note}${line}\n`, 'CHECKPOINT_REPEATED_SIGNER'],
  ] as const) {
    const files = filesOf(5).set('checkpoint', utf8(changed))
    assert.deepEqual(labels(await check(files)), [`${code} checkpoint`])
    assert.ok((await check(files, { strict: false })).ok)
  }
})

test('a checkpoint of another log, or without its quorum, is refused', async () => {
  const files = filesOf(5)
  const origin = 'social.localhost/log/2026h2'
  assert.deepEqual(labels(await check(files, { origin })), ['CHECKPOINT_ORIGIN checkpoint'])
  const policy = parsePolicy('quorum none\n')
  assert.deepEqual(labels(await check(files, { policy })), ['CHECKPOINT_ORIGIN checkpoint'])
  const uncosigned = `${(logs.get(5)?.checkpointAt(5) ?? '').split('\n').slice(0, 5).join('\n')}\n`
  const bare = filesOf(5).set('checkpoint', utf8(uncosigned))
  assert.deepEqual(labels(await check(bare)), ['QUORUM_NOT_MET checkpoint'])
})

test('a log that grows while it is read is no reverted one', async () => {
  const big = naiveLog(700, [600])
  const source = folderOf(big.files)
  let reads = 0
  const growing = {
    ...source,
    read(path: string, maxBytes: number) {
      if (path !== 'checkpoint') return source.read(path, maxBytes)
      reads += 1
      return Promise.resolve(utf8(big.checkpointAt(reads === 1 ? 600 : 700)))
    },
  }
  const report = await verifyLog(growing, NAIVE_OPTIONS)
  assert.deepEqual([report.problems, report.size], [[], 600])
})

test('a checkpoint that is being cosigned is read again before it lacks its quorum', async () => {
  const files = filesOf(5)
  const cosigned = files.get('checkpoint') ?? utf8('')
  const note = new TextDecoder().decode(cosigned)
  files.set('checkpoint', utf8(`${note.split('\n').slice(0, 5).join('\n')}\n`))
  const settle = (): Promise<void> => Promise.resolve(void files.set('checkpoint', cosigned))
  assert.ok((await check(files, { settle })).ok)
  const never = await check(filesOf(5), { settle: () => Promise.reject(new Error('not called')) })
  assert.ok(never.ok)
})

test('tiles that are written before their checkpoint are no sign of a reverted one', async () => {
  const log = logs.get(700)
  const files = filesOf(700)
  files.set('checkpoint', utf8(log?.checkpointAt(600) ?? ''))
  const settle = (): Promise<void> => {
    files.set('checkpoint', utf8(log?.checkpointAt(700) ?? ''))
    return Promise.resolve()
  }
  const report = await check(files, { settle })
  assert.deepEqual([report.problems, report.size], [[], 600])
})

test('without a listing the same log is verified, but for files that nobody asks for', async () => {
  const files = filesOf(700).set('readme', utf8('?'))
  const { read } = folderOf(files)
  const report = await verifyLog({ read }, NAIVE_OPTIONS)
  assert.ok(report.ok)
  files.set('tile/entries/001', flipBit(files.get('tile/entries/001') ?? utf8(''), 40, 1))
  const broken = await verifyLog({ read }, NAIVE_OPTIONS)
  assert.deepEqual(labels(broken), ['ENTRY_WRONG tile/entries/001'])
})

test('a source that fails is no tampering', async () => {
  const failing = { read: () => Promise.reject(new Error('unplugged')) }
  await assert.rejects(verifyLog(failing, NAIVE_OPTIONS), { code: 'SOURCE_FAILED' })
  const source = folderOf(filesOf(700))
  const late = {
    ...source,
    read: (path: string, maxBytes: number) =>
      path === 'tile/0/001' ? failing.read() : source.read(path, maxBytes),
  }
  await assert.rejects(verifyLog(late, NAIVE_OPTIONS), { code: 'SOURCE_FAILED' })
})

test('progress reaches the size, and problems are described in a sentence', async () => {
  const seen: number[] = []
  await check(filesOf(700), { onProgress: ({ entries }) => seen.push(entries) })
  assert.deepEqual(seen, [256, 512, 700])
  const sentence = describeProblem({
    code: 'ENTRY_WRONG',
    file: 'tile/entries/001',
    offset: 252,
    entry: 263,
  })
  assert.equal(
    sentence,
    'Entry 263, file "tile/entries/001", from byte 252: ' +
      'An entry is not the one that the log committed to.',
  )
  assert.equal(
    codeOf(() => sentence),
    undefined,
  )
})

test('a broken log is reported within bounds', async () => {
  const files = filesOf(5)
  for (let i = 0; i < 2000; i += 1) files.set(`stranger-${i}`, utf8('?'))
  const { problems } = await check(files)
  assert.equal(problems.length, 1001)
  assert.equal(problems.at(-1)?.code, 'TOO_MANY_PROBLEMS')
})

test('a closed log names its successor, and an entry behind the closing one is found', async () => {
  for (const size of [1, 5, 256, 257, 700]) {
    const closed = await check(naiveLog(size, [], size - 1).files)
    assert.deepEqual([closed.ok, closed.successor], [true, 'tax.localhost/log/2027h1'])
    assert.equal((await check(filesOf(size))).successor, undefined)
  }
  for (const at of [0, 3, 255, 698]) {
    const report = await check(naiveLog(700, [], at).files)
    assert.deepEqual(
      report.problems.map(({ code, entry }) => [code, entry]),
      [['ENTRY_AFTER_CLOSE', at + 1]],
    )
  }
})
