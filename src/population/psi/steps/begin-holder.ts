import { encodeHex } from '../../../bytes/index.ts'
import type { MaskedRows } from '../../../crypto/index.ts'
import { JoinError } from '../join-error.ts'
import { emptyList, pointsOf, writeMessage } from '../messages/index.ts'
import { groupLengths, type JoinPlan, peerOf, planHash, type Side, sumOf } from '../plan/index.ts'
import { listTree, treeRoot } from '../points/index.ts'
import type { HolderNoise } from './draw-noise.ts'
import type { HolderKeys, HolderSecrets, HolderState } from './holder-state.ts'
import { type JoinDeps, type Sent, sentFrom } from './join-step.ts'
import { dummyEntries, fillOwnList, inputTree, makeDummies, paddedSizes } from './own-list.ts'

/** A state, to be kept, and then what is to be sent. */
export interface HolderStep {
  readonly state: HolderState
  readonly send: readonly Sent[]
}

/** What a holder begins with. The charge for the plan must be durable before `rows` are read. */
export interface HolderBeginning {
  readonly plan: JoinPlan
  readonly side: Side
  readonly noise: HolderNoise
  /** {@link holderKeys}: those that the rows are masked under. */
  readonly keys: HolderKeys
  readonly rows: MaskedRows
}

/**
 * Begins a plan as one of its holders: fresh dummies and the whole own list, bound by M1 before anything of the
 * peer is known.
 *
 * @throws {@link JoinError} `PLAN_RAN`, `PLAN_EXPIRED`, `ROWS_REFUSED`
 */
export function beginHolder(
  { plan, side, noise, keys, rows }: HolderBeginning,
  deps: JoinDeps,
): HolderStep {
  const hash = planHash(plan)
  claimRun(plan, hash, deps)
  const { group, randomness } = deps
  const sizes = paddedSizes(plan, side, { rows, noise })
  const dummies = makeDummies(plan, noise, randomness)
  const lengths = groupLengths(plan, { kind: 'blinded', owner: side, sizes })
  const blinded = emptyList({ kind: 'blinded', planHash: hash, owner: side }, sumOf(lengths))
  const points = pointsOf(blinded)
  const list = fillOwnList(plan, side, { group, randomness, dummies, rows, sizes, points })
  const { leaves, slots, stride, sealKey } = rows
  const secrets: HolderSecrets = {
    ...keys,
    rows: { leaves, slots, stride, sealKey },
    blanks: list.blanks,
    order: list.order,
    dummies,
    outputs: new Uint32Array(0),
  }
  const commit = writeMessage({
    v: 1,
    kind: 'join.commit',
    planHash: hash,
    side,
    key: group.base(keys.scalar),
    sizes,
    inputRoot: treeRoot(inputTree({ ...secrets, leaves }, points, lengths)),
    dummyRoot: treeRoot(listTree(dummyEntries(dummies))),
  })
  const state: HolderState = {
    plan,
    side,
    secrets,
    made: { commit, blinded },
    taken: {},
    stopped: undefined,
  }
  return { state, send: sentFrom(state.made, 'commit', [peerOf(side), 'tally']) }
}

/**
 * Marks a plan as begun here, for good.
 *
 * @throws {@link JoinError} `PLAN_RAN`, `PLAN_EXPIRED`
 */
export function claimRun(
  plan: JoinPlan,
  hash: Uint8Array,
  { clock, memory }: Pick<JoinDeps, 'clock' | 'memory'>,
): void {
  checkTime(plan, clock.now())
  if (!memory.claimPlan(encodeHex(hash)))
    throw new JoinError('PLAN_RAN', 'this plan has begun here before; a new question has a new qid')
}

/**
 * @throws {@link JoinError} `PLAN_EXPIRED`
 */
export function checkTime({ expiresMs }: JoinPlan, nowMs: number): void {
  if (nowMs >= expiresMs) throw new JoinError('PLAN_EXPIRED', 'the plan has expired')
}
