import { packedAt, packedCount } from '../../../crypto/index.ts'
import { JoinError } from '../join-error.ts'
import {
  challengeSchema,
  listNoticeSchema,
  type ListNotice,
  pointsOf,
  readMessage,
  writeMessage,
} from '../messages/index.ts'
import { type JoinPlan, peerOf, planHash, type Side } from '../plan/index.ts'
import { pointTree, treePaths, treeRoot } from '../points/index.ts'
import { proveExponent } from '../proof/index.ts'
import type { HolderSecrets, HolderState } from './holder-state.ts'
import type { JoinDeps } from './join-step.ts'

/**
 * M5: opens the places of the peer's list that the tally has drawn.
 *
 * @throws {@link JoinError} `MESSAGE_MALFORMED`, `PLAN_MISMATCH`, `CHALLENGE_WRONG`
 */
export function openPlaces(
  state: HolderState,
  secrets: HolderSecrets,
  { bytes, deps }: { readonly bytes: Uint8Array; readonly deps: JoinDeps },
): Uint8Array {
  const { plan, side, taken } = state
  const hash = planHash(plan)
  const owner = peerOf(side)
  const points = pointsOf(taken.blinded ?? new Uint8Array(0))
  const places = readMessage(challengeSchema, bytes, hash)[owner]
  const wanted = Math.min(plan.auditK, packedCount(points))
  if (places.length !== wanted || places.some((place) => place >= packedCount(points)))
    throw new JoinError('CHALLENGE_WRONG', `a challenge has ${wanted} places of the list`)
  const paths = treePaths(pointTree(points), places)
  const { outputs } = secrets
  const context = { edwards: deps.group.edwards, planHash: hash }
  const openings = places.map((input, at) => {
    const point = packedAt(points, input)
    const { sign, proof } = proveExponent(
      context,
      { scalar: secrets.scalar, point },
      deps.randomness,
    )
    const output = outputs[input] ?? 0
    return { input, point, path: paths[at] ?? [], output, sign, proof }
  })
  return writeMessage({ v: 1, kind: 'join.openings', planHash: hash, side, openings })
}

/** What a holder says to the tally of one M2 list. */
export function noticeBytes(
  plan: JoinPlan,
  notice: Pick<ListNotice, 'side' | 'owner' | 'commit'>,
  points: Uint8Array,
): Uint8Array {
  return writeMessage({
    v: 1,
    kind: 'join.list',
    planHash: planHash(plan),
    ...notice,
    points: packedCount(points),
    root: treeRoot(pointTree(points)),
  })
}

/**
 * Reads what one side says of the list of one owner.
 *
 * @throws {@link JoinError} `MESSAGE_MALFORMED`, `PLAN_MISMATCH`
 */
export function readNotice(
  plan: JoinPlan,
  { side, owner }: { readonly side: Side; readonly owner: Side },
  bytes: Uint8Array,
): ListNotice {
  const notice = readMessage(listNoticeSchema, bytes, planHash(plan))
  if (notice.side !== side || notice.owner !== owner)
    throw new JoinError('MESSAGE_MALFORMED', 'the notice is of another side or list')
  return notice
}
