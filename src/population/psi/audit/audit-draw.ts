import { concatBytes, utf8 } from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import { writeMessage } from '../messages/index.ts'
import { type Side, sides } from '../plan/index.ts'

const nonceContext = utf8('cloison/join-audit-nonce/v1\n')
const seedContext = utf8('cloison/join-audit-seed/v1\n')
const drawContext = utf8('cloison/join-audit-draw/v1\n')
const wordsOfHash = 4
const words = 1n << 64n

/** What each of the three adds to a draw, 32 bytes; `undefined` where none came. */
export type AuditShares = Readonly<Record<Side | 'tally', Uint8Array | undefined>>

/** What binds an inspector to a nonce of 32 bytes. `spec/join.md`, "Draw of an audit". */
export function auditCommitment(planHash: Uint8Array, nonce: Uint8Array): Uint8Array {
  return sha256(concatBytes(nonceContext, planHash, nonce))
}

/** The seed of a draw, 32 bytes: uniform where one of the four is honest. */
export function auditSeed(
  planHash: Uint8Array,
  nonce: Uint8Array,
  { left, right, tally }: AuditShares,
): Uint8Array {
  const none = new Uint8Array(32)
  const shares = [left ?? none, right ?? none, tally ?? none]
  return sha256(concatBytes(seedContext, planHash, nonce, ...shares))
}

/** What M7's request is drawn by. */
export interface AuditDraw {
  readonly planHash: Uint8Array
  readonly seed: Uint8Array
  /** How many places each M2 list has. */
  readonly points: Readonly<Record<Side, number>>
  /** How many are opened of each. */
  readonly auditK: number
  readonly dummiesOf: Side | null
}

/** M7's request, byte for byte the same for whoever computes it. */
export function drawnAudit({ planHash, seed, points, auditK, dummiesOf }: AuditDraw): Uint8Array {
  const [left, right] = sides.map((side) => [
    ...drawnPlaces({ seed, side, count: points[side], wanted: auditK }),
  ])
  const places = { left: left ?? [], right: right ?? [] }
  return writeMessage({ v: 1, kind: 'join.audit', planHash, ...places, dummiesOf })
}

function drawnPlaces({
  seed,
  side,
  count,
  wanted,
}: {
  readonly seed: Uint8Array
  readonly side: Side
  readonly count: number
  readonly wanted: number
}): readonly number[] {
  if (count <= wanted) return Array.from({ length: count }, (_, at) => at)
  const range = BigInt(count)
  const most = words - (words % range)
  const drawn = new Set<number>()
  for (let block = 0; drawn.size < wanted; block += 1)
    for (const word of wordsOf(seed, side, block))
      if (word < most && drawn.size < wanted) drawn.add(Number(word % range))
  return [...drawn].toSorted((one, other) => one - other)
}

function wordsOf(seed: Uint8Array, side: Side, block: number): readonly bigint[] {
  const counter = new Uint8Array(8)
  new DataView(counter.buffer).setBigUint64(0, BigInt(block))
  const which = Uint8Array.of(side === 'left' ? 0 : 1)
  const hash = sha256(concatBytes(drawContext, seed, which, counter))
  const view = new DataView(hash.buffer, hash.byteOffset, hash.byteLength)
  return Array.from({ length: wordsOfHash }, (_, at) => view.getBigUint64(8 * at))
}
