import { JoinError } from '../join-error.ts'
import { openingSchema, readMessage, writeMessage } from '../messages/index.ts'
import { type JoinPlan, planHash, type Side } from '../plan/index.ts'
import type { HolderState } from '../steps/holder-state.ts'
import type { JoinDeps } from '../steps/join-step.ts'
import type { TallyState } from '../steps/tally-state.ts'

/**
 * M7: what a holder shows of a run when its inspector opens an audit, with its share of the draw.
 *
 * @throws {@link JoinError} `MESSAGE_MALFORMED`, `PLAN_MISMATCH`
 */
export function holderEvidence(
  { plan, side, made, taken }: HolderState,
  opening: Uint8Array,
  deps: Pick<JoinDeps, 'randomness'>,
): Uint8Array {
  const [own, peers] = [made.commit, taken.commit]
  const commits = side === 'left' ? { left: own, right: peers } : { left: peers, right: own }
  return evidence(plan, { party: side, commits, result: taken.result, opening }, deps)
}

/**
 * M7: the same of a tally.
 *
 * @throws {@link JoinError} `MESSAGE_MALFORMED`, `PLAN_MISMATCH`
 */
export function tallyEvidence(
  { plan, made, taken }: TallyState,
  opening: Uint8Array,
  deps: Pick<JoinDeps, 'randomness'>,
): Uint8Array {
  const commits = { left: taken['left.commit'], right: taken['right.commit'] }
  return evidence(plan, { party: 'tally', commits, result: made.result, opening }, deps)
}

interface Shown {
  readonly party: Side | 'tally'
  readonly commits: Readonly<Record<Side, Uint8Array | undefined>>
  readonly result: Uint8Array | undefined
  readonly opening: Uint8Array
}

function evidence(
  plan: JoinPlan,
  { party, commits, result, opening }: Shown,
  { randomness }: Pick<JoinDeps, 'randomness'>,
): Uint8Array {
  const hash = planHash(plan)
  readMessage(openingSchema, opening, hash)
  const { left, right } = commits
  if (left === undefined || right === undefined || result === undefined)
    throw new JoinError('MESSAGE_UNEXPECTED', 'the plan has no result')
  const share = randomness.bytes(32)
  return writeMessage({
    v: 1,
    kind: 'join.evidence',
    planHash: hash,
    party,
    share,
    commits: { left, right },
    result,
  })
}
