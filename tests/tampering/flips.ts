import {
  type LogProblem,
  type LogReport,
  parseResourcePath,
  verifyLog,
} from '../../src/log/verify/index.ts'
import { folderOf, NAIVE_OPTIONS, naiveLog } from '../../src/testing/naive-log/index.ts'
import { seededRandom } from '../../src/testing/simulator/index.ts'

/** Sizes of the logs whose bits are flipped, each with the sizes it was published at before. */
export const flippedLogs: ReadonlyMap<number, readonly number[]> = new Map([
  [1, []],
  [5, [2]],
  [256, [100]],
  [257, [3, 256]],
  [300, [41, 210]],
  [520, [300]],
])

/** One bit of one file of one of these logs. */
export interface Flip {
  readonly size: number
  readonly file: string
  readonly bit: number
}

/** What a run of flips came to. */
export interface FlipCounts {
  /** By the kind of file: tile, entries, checkpoint, governance. */
  readonly flips: Readonly<Record<string, number>>
  /** Flips that were not found, or found at another place; one sentence each. */
  readonly missed: readonly string[]
}

const logs = new Map(
  [...flippedLogs].map(([size, earlier]) => [size, naiveLog(size, earlier).files]),
)

/** Whether a problem names the tile and the byte, or the entry, of a flip. */
function faultInPlace(problem: LogProblem, { file, bit }: Flip): string | undefined {
  const resource = parseResourcePath(file)
  if (resource === undefined) return undefined
  const byte = bit >> 3
  const { kind, level, index } = resource
  if (kind === 'tile') {
    const { tile, offset } = problem
    const isThere = offset === byte && tile?.level === level && tile.index === index
    return isThere ? undefined : 'another place in the tile was named'
  }
  // An entry takes 36 bytes: two of length and the leaf.
  const isThere = problem.entry === index * 256 + Math.floor(byte / 36)
  return isThere ? undefined : 'another entry was named'
}

/** Why a report is not the right one for a flip; `undefined` when it names exactly the place. */
export function faultInReport({ ok, problems }: LogReport, flip: Flip): string | undefined {
  const [problem, ...more] = problems
  if (ok || problem === undefined) return 'not found'
  if (problems.some(({ file }) => file !== flip.file)) return 'another file was named'
  // A changed name on a checkpoint is a stranger's signature, and one too few.
  if (more.length > 0 && flip.file !== 'checkpoint') return 'more than one problem'
  return faultInPlace(problem, flip)
}

/** Draws a flip: any file as likely as any other, and any bit of it. */
function drawFlip(random: ReturnType<typeof seededRandom>): Flip {
  const size = random.pick([...logs.keys()])
  const files = logs.get(size) ?? new Map<string, Uint8Array>()
  const file = random.pick([...files.keys()])
  return { size, file, bit: random.below((files.get(file)?.length ?? 1) * 8) }
}

/** The files of a flip's log with its bit flipped. */
export function flipped({ size, file, bit }: Flip): ReadonlyMap<string, Uint8Array> {
  const files = new Map(logs.get(size))
  const bytes = files.get(file)?.slice() ?? new Uint8Array()
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return files.set(file, bytes)
}

/** Verifies `count` logs with one flipped bit each, by the code of `cloison log verify` on folders. */
export async function runFlips(seed: string, count: number): Promise<FlipCounts> {
  const random = seededRandom(seed)
  const flips: Record<string, number> = {}
  const missed: string[] = []
  for (let done = 0; done < count; done += 1) {
    const flip = drawFlip(random)
    const fault = faultInReport(await verifyLog(folderOf(flipped(flip)), NAIVE_OPTIONS), flip)
    const kind = parseResourcePath(flip.file)?.kind ?? flip.file.replace(/\/.*/, '')
    flips[kind] = (flips[kind] ?? 0) + 1
    if (fault !== undefined) missed.push(`${JSON.stringify(flip)}: ${fault}`)
  }
  return { flips, missed }
}
