import { encodeHex, equalBytes } from '../../../bytes/index.ts'
import type { JoinGroup } from '../../../crypto/index.ts'
import { JoinError } from '../join-error.ts'
import { type Commit, commitSchema, readMessage } from '../messages/index.ts'
import {
  type JoinPlan,
  leastSize,
  listGroupCount,
  planHash,
  type Side,
  sumOf,
} from '../plan/index.ts'
import { checkCanonical } from '../points/index.ts'
import type { JoinMemory } from './join-step.ts'

/**
 * Reads M1 of one side, as whoever receives it does.
 *
 * @throws {@link JoinError} `MESSAGE_MALFORMED`, `PLAN_MISMATCH`, `SIZE_WRONG`
 */
export function readCommit(plan: JoinPlan, side: Side, bytes: Uint8Array): Commit {
  const commit = readMessage(commitSchema, bytes, planHash(plan))
  if (commit.side !== side)
    throw new JoinError('MESSAGE_MALFORMED', 'the commitment is that of another side')
  checkSizes(plan, side, commit.sizes)
  return commit
}

function checkSizes(plan: JoinPlan, side: Side, sizes: readonly number[]): void {
  const { padding } = plan
  const isComplete = sizes.length === listGroupCount(plan, side)
  const fits =
    isComplete &&
    sizes.every((size, at) =>
      padding.kind === 'noisy' ? size >= leastSize(plan, side, at) : size === padding[side][at],
    )
  if (!fits || sumOf(sizes) > plan.maxRows)
    throw new JoinError('SIZE_WRONG', 'the padded sizes break the dilution rule or the plan')
}

/** What a key is held against. */
export interface KeyContext {
  readonly group: JoinGroup
  readonly memory: JoinMemory
  readonly plan: JoinPlan
  /** The own key, or the other holder's for a tally. */
  readonly other: Uint8Array
}

/**
 * Refuses a key that is none, is the other side's, or served another plan.
 *
 * @throws {@link JoinError} `POINT_NOT_CANONICAL`, `POINT_OFF_CURVE`, `POINT_SMALL_ORDER`, `KEY_REFLECTED`, `KEY_REUSED`
 */
export function checkKey(key: Uint8Array, { group, memory, plan, other }: KeyContext): void {
  checkCanonical(key)
  if (equalBytes(key, other))
    throw new JoinError('KEY_REFLECTED', 'the key is that of the other side')
  if (group.firstOffCurve(key) >= 0)
    throw new JoinError('POINT_OFF_CURVE', 'the key is on the twist of the curve')
  // Any scalar shows a small order; this one is nobody's.
  const anyScalar = new Uint8Array(32).fill(0x55)
  if (group.mask(anyScalar, key).every((byte) => byte === 0))
    throw new JoinError('POINT_SMALL_ORDER', 'the key is of small order')
  claimKey(key, { memory, plan })
}

/**
 * Refuses a key that served another plan.
 *
 * @throws {@link JoinError} `KEY_REUSED`
 */
export function claimKey(
  key: Uint8Array,
  { memory, plan }: Pick<KeyContext, 'memory' | 'plan'>,
): void {
  if (!memory.claimKey(encodeHex(key), encodeHex(planHash(plan))))
    throw new JoinError('KEY_REUSED', 'the key served another plan')
}
