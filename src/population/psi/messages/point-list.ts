import { concatBytes, equalBytes, utf8 } from '../../../bytes/index.ts'
import { packedCount, POINT_BYTES } from '../../../crypto/index.ts'
import { JoinError } from '../join-error.ts'
import type { ListKind, Side } from '../plan/index.ts'

const magic = { blinded: utf8('cloison-psi/1 B\0'), remasked: utf8('cloison-psi/1 R\0') } as const
const sideBytes = { left: 0, right: 1 } as const
const magicBytes = 16
const headBytes = magicBytes + 32 + 1

/** What a list of points is of; what its receiver knows before it arrives. */
export interface ListHead {
  readonly kind: ListKind
  readonly planHash: Uint8Array
  readonly owner: Side
}

/** M2 or M3 with the head written, and `count` points to be put where {@link pointsOf} has them. */
export function emptyList({ kind, planHash, owner }: ListHead, count: number): Uint8Array {
  const bytes = new Uint8Array(headBytes + POINT_BYTES * count)
  bytes.set(concatBytes(magic[kind], planHash, Uint8Array.of(sideBytes[owner])))
  return bytes
}

/** Writes M2 or M3. */
export function writeList(head: ListHead, points: Uint8Array): Uint8Array {
  const bytes = emptyList(head, packedCount(points))
  pointsOf(bytes).set(points)
  return bytes
}

/** The kind of list that bytes begin like; `undefined` for other messages. */
export function listKind(bytes: Uint8Array): ListKind | undefined {
  const start = bytes.subarray(0, magicBytes)
  return (['blinded', 'remasked'] as const).find((kind) => equalBytes(start, magic[kind]))
}

/**
 * The packed points of M2 or M3, once head and length are those expected.
 *
 * @throws {@link JoinError} `MESSAGE_MALFORMED`, `PLAN_MISMATCH`, `LENGTH_WRONG`
 */
export function readList(bytes: Uint8Array, head: ListHead, count: number): Uint8Array {
  const side = bytes[headBytes - 1]
  if (listKind(bytes) !== head.kind || side !== sideBytes[head.owner])
    throw new JoinError('MESSAGE_MALFORMED', 'these bytes are not the list that is expected')
  if (!equalBytes(bytes.subarray(magicBytes, headBytes - 1), head.planHash))
    throw new JoinError('PLAN_MISMATCH', 'the list is of another plan')
  const points = bytes.subarray(headBytes)
  if (points.length % 32 !== 0 || packedCount(points) !== count)
    throw new JoinError('LENGTH_WRONG', `the list has not the ${count} points that were declared`)
  return points
}

/** The packed points of an own list, whose head needs no check. */
export function pointsOf(list: Uint8Array): Uint8Array {
  return list.subarray(headBytes)
}
