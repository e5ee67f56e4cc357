import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { Worker } from 'node:worker_threads'
import { logVerifyCommand } from '../../src/cli/index.ts'
import { type LogReport, parseResourcePath } from '../../src/log/verify/index.ts'
import { NAIVE_POLICY, naiveLog } from '../../src/testing/naive-log/index.ts'
import { seededRandom } from '../../src/testing/simulator/index.ts'
import { cliScript } from '../fault/gateway-process.ts'
import { wantsLongRuns } from '../house/needs.ts'
import { faultInReport, type Flip, type FlipCounts, flippedLogs } from './flips.ts'

const isLong = wantsLongRuns()
const inMemory = isLong ? 100_000 : 6_000
const onDisk = 200
const byProcess = isLong ? 300 : 8

async function inThread(seed: string, count: number): Promise<FlipCounts> {
  const worker = new Worker(new URL('./flips-worker.ts', import.meta.url), {
    workerData: { seed, count },
  })
  const [counts]: FlipCounts[] = await once(worker, 'message')
  assert.ok(counts !== undefined)
  return counts
}

test('every one-bit change in any tile, bundle, checkpoint or record is found, and its place named', async () => {
  const parts = await Promise.all(['a', 'b'].map((seed) => inThread(seed, inMemory / 2)))
  const kinds = [...new Set(parts.flatMap(({ flips }) => Object.keys(flips)))].toSorted()
  const counted = kinds.map((kind) => {
    const count = parts.reduce((sum, { flips }) => sum + (flips[kind] ?? 0), 0)
    return `${kind} ${count}`
  })
  const missed = parts.flatMap((part) => part.missed)
  const found = inMemory - missed.length
  const sizes = [...flippedLogs.keys()].join(', ')
  console.log(
    `${found} of ${inMemory} flipped bits found at their place (${counted.join(', ')}; logs of ${sizes} entries)`,
  )
  assert.deepEqual(missed.slice(0, 10), [])
  assert.deepEqual(kinds, ['checkpoint', 'entries', 'governance', 'tile'])
})

test('a verifier that overlooks a bit, or names another place, is caught by the same count', () => {
  const flip: Flip = { size: 300, file: 'tile/0/000', bit: 8 * 40 }
  const good = { origin: null, size: null, root: null, cosignedBy: [], oldestCosignature: null }
  const tile = { level: 0, index: 0 }
  const told = (problems: LogReport['problems']): string | undefined =>
    faultInReport({ ...good, ok: problems.length === 0, problems }, flip)
  assert.equal(told([]), 'not found')
  const right = { code: 'TILE_WRONG', file: flip.file, offset: 40, tile } as const
  assert.equal(told([right]), undefined)
  assert.match(told([{ ...right, offset: 41 }]) ?? '', /place/)
  assert.match(told([{ ...right, tile: { level: 1, index: 0 } }]) ?? '', /place/)
  assert.match(told([{ ...right, file: 'tile/0/001' }]) ?? '', /another file/)
  assert.match(told([right, right]) ?? '', /more than one/)
})

/** A log of 300 entries in a folder, published at three sizes, with its policy beside it. */
function folderOnDisk(t: TestContext): {
  readonly folder: string
  readonly files: readonly string[]
} {
  const home = mkdtempSync(join(tmpdir(), 'cloison-flips-'))
  t.after(() => rmSync(home, { recursive: true, force: true }))
  const folder = join(home, 'log')
  const { files } = naiveLog(300, [41, 210])
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  writeFileSync(join(home, 'policy.txt'), NAIVE_POLICY)
  return { folder, files: [...files.keys()] }
}

/** The command in this process: its exit code and its report. */
async function runHere(
  folder: string,
): Promise<{ readonly code: number; readonly report: LogReport }> {
  let code = 0
  let out = ''
  const command = logVerifyCommand({
    stdout: (text) => void (out += text),
    stderr: () => undefined,
    exit: (given) => void (code = given),
    isTty: false,
    env: {},
    now: () => 0,
  })
  await command.parseAsync([folder, '--json'], { from: 'user' })
  const report: LogReport = JSON.parse(out)
  return { code, report }
}

function runProcess(folder: string): { readonly code: number | null; readonly report: LogReport } {
  const { status, stdout } = spawnSync(
    process.execPath,
    [cliScript, 'log', 'verify', folder, '--json'],
    { encoding: 'utf8' },
  )
  const report: LogReport = JSON.parse(stdout)
  return { code: status, report }
}

/** Changes a file, looks, and puts it back. */
async function meanwhile<Result>(
  path: string,
  change: () => void,
  look: () => Result | Promise<Result>,
): Promise<Result> {
  const before = readFileSync(path)
  try {
    change()
    return await look()
  } finally {
    writeFileSync(path, before)
  }
}

function flipOnDisk(path: string, bit: number): void {
  const bytes = readFileSync(path)
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  writeFileSync(path, bytes)
}

test('the command finds every flipped bit in a folder on disk, with exit code 3 and the place', async (t) => {
  const { folder, files } = folderOnDisk(t)
  assert.equal((await runHere(folder)).code, 0)
  assert.equal(runProcess(folder).code, 0)
  const random = seededRandom('on disk')
  for (let done = 0; done < onDisk + byProcess; done += 1) {
    const file = random.pick(files)
    const path = join(folder, file)
    const flip = { size: 300, file, bit: random.below(readFileSync(path).length * 8) }
    const run = done < byProcess ? runProcess : runHere
    const { code, report } = await meanwhile(
      path,
      () => flipOnDisk(path, flip.bit),
      () => run(folder),
    )
    assert.equal(code, 3, JSON.stringify(flip))
    assert.equal(faultInReport(report, flip), undefined, JSON.stringify({ flip, report }))
  }
  console.log(
    `${onDisk} of ${onDisk} flipped bits on disk found by the command in this process, ${byProcess} of ${byProcess} by processes of its own`,
  )
})

/** Whether a file is one of an earlier size: it may be gone, but not be wrong. */
function isOlder(path: string): boolean {
  const resource = parseResourcePath(path)
  if (resource === undefined || resource.width === 256) return false
  return resource.index * 256 + resource.width !== Math.floor(300 / 256 ** resource.level)
}

test('a deleted, truncated, lengthened or swapped file and a checkpoint that was put back are found on disk', async (t) => {
  const { folder, files } = folderOnDisk(t)
  const counts = { deleted: 0, truncated: 0, lengthened: 0, swapped: 0, reverted: 0 }
  const namedAfter = async (path: string, change: () => void): Promise<readonly string[]> => {
    const { report } = await meanwhile(path, change, () => runHere(folder))
    return [...new Set(report.problems.map(({ file }) => file))]
  }
  for (const file of files) {
    const path = join(folder, file)
    const { length } = readFileSync(path)
    assert.deepEqual(await namedAfter(path, () => rmSync(path)), isOlder(file) ? [] : [file], file)
    assert.deepEqual(await namedAfter(path, () => truncateSync(path, length - 1)), [file])
    assert.deepEqual(await namedAfter(path, () => truncateSync(path, length + 1)), [file])
    counts.deleted += 1
    counts.truncated += 1
    counts.lengthened += 1
  }
  const tiles = files.filter((file) => file.startsWith('tile/') && !isOlder(file))
  for (const [place, one] of tiles.entries()) {
    const other = tiles[place + 1]
    if (other === undefined) continue
    const [first, second] = [join(folder, one), join(folder, other)]
    renameSync(first, `${first}-aside`)
    renameSync(second, first)
    renameSync(`${first}-aside`, second)
    const { code, report } = await runHere(folder)
    renameSync(second, `${first}-aside`)
    renameSync(first, second)
    renameSync(`${first}-aside`, first)
    assert.equal(code, 3)
    const named = new Set(report.problems.map(({ file }) => file))
    assert.ok(named.has(one) && named.has(other), `${one} ${other}: ${[...named].join()}`)
    counts.swapped += 1
  }
  for (const size of [0, 1, 41, 210, 256, 299]) {
    const note = naiveLog(300, [41, 210]).checkpointAt(size)
    const path = join(folder, 'checkpoint')
    assert.deepEqual(await namedAfter(path, () => writeFileSync(path, note)), ['checkpoint'])
    counts.reverted += 1
  }
  console.log(`files found on disk: ${JSON.stringify(counts)}`)
})
