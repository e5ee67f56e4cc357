import { equalBytes } from '../../../bytes/index.ts'
import { packedAt, sha256 } from '../../../crypto/index.ts'
import { JoinError, type JoinFaultCode } from '../join-error.ts'
import {
  type Commit,
  type ListNotice,
  type Opening,
  openingsSchema,
  readList,
  readMessage,
} from '../messages/index.ts'
import { groupAt, groupLengths, peerOf, planHash, type Side, sides, sumOf } from '../plan/index.ts'
import { checkList, isInTree, type OrderedPoints } from '../points/index.ts'
import { isExponentProven } from '../proof/index.ts'
import type { JoinDeps } from './join-step.ts'
import { readNotice } from './open-places.ts'
import { checkKey, claimKey, readCommit } from './take-commit.ts'
import type { TallyState, TallyTaken } from './tally-state.ts'

/** A fault of one holder, or of two that contradict each other. */
export class TallyFault extends Error {
  override readonly name = 'TallyFault'
  readonly code: JoinFaultCode
  readonly blames: Side | null
  readonly shown: readonly TallyTaken[]

  constructor(code: JoinFaultCode, blames: Side | null, shown: readonly TallyTaken[]) {
    super(`${code} by ${blames ?? 'one of both'}`)
    this.code = code
    this.blames = blames
    this.shown = shown
  }
}

/** The bytes of a message that the tally has taken; none for one that it has not. */
export function takenBytes({ taken }: TallyState, kind: TallyTaken): Uint8Array {
  return taken[kind] ?? new Uint8Array(0)
}

/** One M3 list, checked, with what the tally knows of the M2 list behind it. */
export interface TalliedList {
  readonly owner: Side
  readonly ordered: OrderedPoints
  /** Points of each group, here and in M2. */
  readonly lengths: readonly number[]
  readonly inputLengths: readonly number[]
  /** The root of M2, on which owner and peer agree. */
  readonly root: Uint8Array
  /** The key of the peer, who masked the list. */
  readonly key: Uint8Array
}

/** Runs a check that may find a fault of one side's message. */
function blaming<Result>(side: Side, shown: TallyTaken, check: () => Result): Result {
  try {
    return check()
  } catch (error) {
    if (error instanceof JoinError && error.code !== 'STATE_INVALID')
      throw new TallyFault(error.code as JoinFaultCode, side, [shown])
    throw error
  }
}

/**
 * Looks at M1 of one side as it comes: whether its key served another plan is known only then.
 *
 * @throws {@link TallyFault}
 */
export function checkFreshKey(
  state: TallyState,
  side: Side,
  { memory }: Pick<JoinDeps, 'memory'>,
): void {
  const { plan } = state
  blaming(side, `${side}.commit`, () => {
    claimKey(readCommit(plan, side, takenBytes(state, `${side}.commit`)).key, { memory, plan })
  })
}

/**
 * Both M1, with keys that are good.
 *
 * @throws {@link TallyFault}
 */
export function readCommits(state: TallyState, deps: JoinDeps): Record<Side, Commit> {
  const read = (side: Side): Commit =>
    blaming(side, `${side}.commit`, () =>
      readCommit(state.plan, side, takenBytes(state, `${side}.commit`)),
    )
  const commits = { left: read('left'), right: read('right') }
  for (const side of sides) {
    blaming(side, `${side}.commit`, () => {
      checkKey(commits[side].key, { ...deps, plan: state.plan, other: commits[peerOf(side)].key })
    })
  }
  return commits
}

/**
 * The list of one owner, as the peer masked it.
 *
 * @throws {@link TallyFault}
 */
export function readTalliedList(
  state: TallyState,
  owner: Side,
  commits: Readonly<Record<Side, Commit>>,
): TalliedList {
  const { plan } = state
  const masker = peerOf(owner)
  const { sizes } = commits[owner]
  const inputLengths = groupLengths(plan, { kind: 'blinded', owner, sizes })
  const lengths = groupLengths(plan, { kind: 'remasked', owner, sizes })
  const root = agreedRoot(state, owner, sumOf(inputLengths))
  const ordered = blaming(masker, `${masker}.remasked`, () => {
    const head = { kind: 'remasked', planHash: planHash(plan), owner } as const
    const read = readList(takenBytes(state, `${masker}.remasked`), head, sumOf(lengths))
    return checkList(read)
  })
  return { owner, ordered, lengths, inputLengths, root, key: commits[masker].key }
}

/** What owner and peer say alike of the M2 list, and of the M1 behind it. */
function agreedRoot(state: TallyState, owner: Side, count: number): Uint8Array {
  const notices = sides.map((side): ListNotice => {
    const kind = `${side}.list.${owner}` as const
    return blaming(side, kind, () =>
      readNotice(state.plan, { side, owner }, takenBytes(state, kind)),
    )
  })
  const commit = sha256(takenBytes(state, `${owner}.commit`))
  const [first] = notices
  const agree = notices.every(
    (notice) =>
      notice.points === count &&
      equalBytes(notice.commit, commit) &&
      equalBytes(notice.root, first?.root ?? commit),
  )
  if (first === undefined || !agree)
    throw new TallyFault('LIST_DISPUTED', null, [
      `left.list.${owner}`,
      `right.list.${owner}`,
      `${owner}.commit`,
    ])
  return first.root
}

/**
 * M5 for one list: every place that was asked for is opened, and every opening holds.
 *
 * @throws {@link TallyFault}
 */
export function checkOpenings(
  state: TallyState,
  { list, places }: { readonly list: TalliedList; readonly places: readonly number[] },
  deps: JoinDeps,
): void {
  const masker = peerOf(list.owner)
  const kind = `${masker}.openings` as const
  const hash = planHash(state.plan)
  const { side, openings } = blaming(masker, kind, () =>
    readMessage(openingsSchema, takenBytes(state, kind), hash),
  )
  const outputs = new Set(openings.map(({ output }) => output))
  const isComplete =
    side === masker &&
    openings.length === places.length &&
    openings.every(({ input }, at) => input === places[at]) &&
    outputs.size === places.length
  const context = { edwards: deps.group.edwards, planHash: hash }
  if (!isComplete || !openings.every((opening) => isOpened(context, list, opening)))
    throw new TallyFault('OPENING_INVALID', masker, [kind, `${masker}.remasked`])
}

/** Whether the place stands in M2 and went, under the masker's key, to a place of its own group. */
export function isOpened(
  context: Parameters<typeof isExponentProven>[0],
  { ordered, lengths, inputLengths, root, key }: TalliedList,
  { input, point, path, output, ...proof }: Opening,
): boolean {
  const place = { entry: point, index: input, size: sumOf(inputLengths), path }
  if (!isInTree(root, place) || output >= sumOf(lengths)) return false
  if (groupAt(inputLengths, input) !== groupAt(lengths, output)) return false
  return isExponentProven(context, { key, point, output: packedAt(ordered.points, output) }, proof)
}
