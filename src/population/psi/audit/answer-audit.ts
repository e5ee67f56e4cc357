import { packedAt, packedCount, rowSalt } from '../../../crypto/index.ts'
import { JoinError } from '../join-error.ts'
import {
  auditSchema,
  type OpenedDummy,
  type OpenedInput,
  pointsOf,
  readMessage,
  writeMessage,
} from '../messages/index.ts'
import { groupLengths, planHash, slotCount } from '../plan/index.ts'
import { pointTree, treePaths } from '../points/index.ts'
import { proveExponent, unmaskPoint } from '../proof/index.ts'
import type { Dummies, HolderSecrets, HolderState } from '../steps/holder-state.ts'
import type { JoinDeps } from '../steps/join-step.ts'
import { inputTree } from '../steps/own-list.ts'
import { readCommit } from '../steps/take-commit.ts'

/** X25519's base point. */
export const basePoint: Uint8Array = Uint8Array.of(9, ...new Uint8Array(31))

/**
 * M7: opens to the inspector the places of the own list that it drew and, if it is this side whose dummies are asked for,
 * all of them.
 *
 * @throws {@link JoinError} `MESSAGE_MALFORMED`, `PLAN_MISMATCH`, `CHALLENGE_WRONG`
 */
export function answerAudit(
  state: HolderState,
  secrets: HolderSecrets,
  { bytes, deps }: { readonly bytes: Uint8Array; readonly deps: JoinDeps },
): Uint8Array {
  const { plan, side } = state
  const hash = planHash(plan)
  const request = readMessage(auditSchema, bytes, hash)
  const { order } = secrets
  const wanted = Math.min(plan.auditK, order.length)
  const places = request[side]
  if (places.length !== wanted || places.some((place) => place >= order.length))
    throw new JoinError('CHALLENGE_WRONG', `an audit has ${wanted} places of the list`)
  const open = inputOpener(state, secrets, { order, deps, places })
  return writeMessage({
    v: 1,
    kind: 'join.audited',
    planHash: hash,
    side,
    sealKey: secrets.rows.sealKey,
    inputs: places.map((place, at) => ({ ...open(place, at) })),
    dummies:
      request.dummiesOf === side
        ? openedDummies(secrets.dummies).map((dummy) => ({ ...dummy }))
        : null,
  })
}

/** The places that an inspector drew, and what stands at each place of the own list. */
interface DrawnPlaces {
  readonly order: Uint32Array
  readonly places: readonly number[]
  readonly deps: JoinDeps
}

function inputOpener(
  { plan, side, made }: HolderState,
  secrets: HolderSecrets,
  { order, deps, places }: DrawnPlaces,
): (place: number, at: number) => OpenedInput {
  const { group, randomness } = deps
  const points = pointsOf(made.blinded ?? new Uint8Array(0))
  const { sizes } = readCommit(plan, side, made.commit ?? new Uint8Array(0))
  const lengths = groupLengths(plan, { kind: 'blinded', owner: side, sizes })
  const { saltKey, scalar } = secrets
  const { leaves, slots, stride } = secrets.rows
  const listPaths = treePaths(pointTree(points), places)
  const inputPaths = treePaths(inputTree({ order, saltKey, leaves }, points, lengths), places)
  const [rows, blanks] = [packedCount(leaves), secrets.blanks]
  const context = { edwards: group.edwards, planHash: planHash(plan) }
  return (index, at) => {
    const number = order[index] ?? 0
    const isRow = number < rows
    const point = packedAt(points, index)
    const proven = isRow
      ? { scalar, point: unmaskPoint(group.edwards, scalar, point) }
      : { scalar: packedAt(blanks, number - rows), point: basePoint }
    const { sign, proof } = proveExponent(context, proven, randomness)
    return {
      index,
      number,
      salt: rowSalt(saltKey, number),
      content: isRow ? slots.subarray(number * stride, (number + 1) * stride) : point,
      isRow,
      inputPath: inputPaths[at] ?? [],
      point,
      listPath: listPaths[at] ?? [],
      sign,
      proof,
    }
  }
}

function openedDummies({ s, unused, isUsed }: Dummies): OpenedDummy[] {
  return Array.from({ length: packedCount(s) }, (_, at) => ({
    s: packedAt(s, at),
    unused: packedAt(unused, at),
    isUsed: isUsed[at] === 1,
  }))
}

/** How many places and dummies a holder has opened; `undefined` where it has answered no audit. */
export function openedCount({
  plan,
  side,
  made,
  taken,
}: HolderState): { readonly places: number; readonly dummies: number | null } | undefined {
  if (made.audited === undefined || taken.audit === undefined) return undefined
  const request = readMessage(auditSchema, taken.audit, planHash(plan))
  const dummies = request.dummiesOf === side ? slotCount(plan) : null
  return { places: request[side].length, dummies }
}
