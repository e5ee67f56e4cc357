import { concatBytes, encodeHex } from '../../../bytes/index.ts'
import { hmacSha256, type JoinGroup, packedAt, packedCount } from '../../../crypto/index.ts'
import type { Randomness } from '../../../ports/index.ts'
import { UniformDraws } from '../../privacy/index.ts'
import { JoinError } from '../join-error.ts'
import { longestIdentifier } from '../messages/index.ts'
import {
  cellCount,
  cellsOfGroup,
  groupAt,
  groupCount,
  type JoinPlan,
  planTag,
  type Side,
  slotsOf,
  sumOf,
} from '../plan/index.ts'
import { drawOrder } from '../points/index.ts'
import type { HolderNoise } from './draw-noise.ts'
import type { Dummies, HolderSecrets, Place } from './holder-state.ts'

/** Identifiers of a holder's rows, a list for each group. */
export type JoinRows = readonly (readonly Uint8Array[])[]

/**
 * Padded sizes of all groups.
 *
 * @throws {@link JoinError} `ROWS_REFUSED` for rows that the plan has no room for, and for two of one person
 */
export function paddedSizes(
  plan: JoinPlan,
  side: Side,
  { rows, noise }: { readonly rows: JoinRows; readonly noise: HolderNoise },
): number[] {
  checkRows(plan, side, rows)
  const least = 4 * slotsOf(plan, side)
  const { padding } = plan
  const sizes = rows.map((group, at) =>
    padding.kind === 'capacity'
      ? (padding[side][at] ?? 0)
      : Math.max(least, group.length + (noise.padding[at] ?? 0)),
  )
  const hasRoom = rows.every((group, at) => group.length <= (sizes[at] ?? 0))
  if (!hasRoom || sumOf(sizes) > plan.maxRows)
    throw new JoinError('ROWS_REFUSED', 'the plan has no room for so many rows')
  return sizes
}

function checkRows(plan: JoinPlan, side: Side, rows: JoinRows): void {
  if (rows.length !== groupCount(plan, side))
    throw new JoinError('ROWS_REFUSED', 'rows must come in as many groups as the plan has')
  const seen = new Set<string>()
  for (const identifier of rows.flat()) {
    if (identifier.length < 1 || identifier.length > longestIdentifier)
      throw new JoinError('ROWS_REFUSED', `an identifier has 1 to ${longestIdentifier} bytes`)
    const key = encodeHex(identifier)
    if (seen.has(key)) throw new JoinError('ROWS_REFUSED', 'a person has two rows')
    seen.add(key)
  }
}

/** Fresh dummies, of which the noise says how many a cell uses, and chance which. */
export function makeDummies(plan: JoinPlan, noise: HolderNoise, randomness: Randomness): Dummies {
  const draws = new UniformDraws(randomness)
  const count = cellCount(plan) * plan.tau
  const isUsed = new Uint8Array(count)
  noise.used.forEach((used, cell) => {
    for (const slot of drawOrder(draws, plan.tau).subarray(0, used))
      isUsed[cell * plan.tau + slot] = 1
  })
  return { s: randomness.bytes(32 * count), unused: randomness.bytes(32 * count), isUsed }
}

/** What a list is made of. */
export interface ListParts {
  readonly group: JoinGroup
  readonly randomness: Randomness
  readonly scalar: Uint8Array
  readonly dummies: Dummies
  readonly rows: JoinRows
  readonly sizes: readonly number[]
}

/** The own list: what stands at each place, and its points, packed. */
export interface OwnList {
  readonly places: readonly Place[]
  readonly points: Uint8Array
}

/** Makes the list of M2: in each group, in a random order, masked rows, pads and all dummies of its cells. */
export function makeOwnList(plan: JoinPlan, side: Side, parts: ListParts): OwnList {
  const draws = new UniformDraws(parts.randomness)
  const tag = planTag(plan)
  const lists = parts.rows.map((rows, group): OwnList => {
    const pads = parts.randomness.bytes(32 * ((parts.sizes[group] ?? 0) - rows.length))
    const scalars = concatBytes(
      pads,
      ...dummiesOfGroup(plan, side, { group, dummies: parts.dummies }),
    )
    const masked = parts.group.mask(parts.scalar, parts.group.hash(rows, tag))
    const points = concatBytes(masked, parts.group.base(scalars))
    const places = [
      // A copy, since it is overwritten when the plan is over.
      ...rows.map((identifier) => ({ isRow: true, content: identifier.slice() })),
      ...Array.from({ length: packedCount(scalars) }, (_, at) => ({
        isRow: false,
        content: packedAt(scalars, at).slice(),
      })),
    ]
    return inOrder({ places, points }, drawOrder(draws, places.length))
  })
  return {
    places: lists.flatMap(({ places }) => places),
    points: concatBytes(...lists.map(({ points }) => points)),
  }
}

function dummiesOfGroup(
  plan: JoinPlan,
  side: Side,
  { group, dummies }: { readonly group: number; readonly dummies: Dummies },
): Uint8Array[] {
  return cellsOfGroup(plan, side, group).map((cell) =>
    dummies.s.subarray(32 * cell * plan.tau, 32 * (cell + 1) * plan.tau),
  )
}

function inOrder({ places, points }: OwnList, order: Uint32Array): OwnList {
  const ordered: Place[] = []
  const packed = new Uint8Array(points.length)
  order.forEach((place, at) => {
    const one = places[place]
    if (one !== undefined) ordered.push(one)
    packed.set(packedAt(points, place), 32 * at)
  })
  return { places: ordered, points: packed }
}

/** The salt of one place's entry under the input root. */
export function saltOf(saltKey: Uint8Array, place: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, place)
  return hmacSha256(saltKey, bytes)
}

/** What the input root commits to at one place. */
export interface InputEntry {
  readonly salt: Uint8Array
  readonly isRow: boolean
  readonly group: number
  /** The identifier of a row, the point of a blank. */
  readonly content: Uint8Array
}

/** The bytes of an {@link InputEntry}. */
export function inputEntry({ salt, isRow, group, content }: InputEntry): Uint8Array {
  const head = Uint8Array.of(isRow ? 1 : 0, group >> 8, group & 0xff)
  return concatBytes(salt, head, content)
}

/** The entries under the input root, in the order of the list. */
export function inputEntries(
  { places, saltKey }: Pick<HolderSecrets, 'places' | 'saltKey'>,
  points: Uint8Array,
  lengths: readonly number[],
): Uint8Array[] {
  return places.map(({ isRow, content }, at) =>
    inputEntry({
      salt: saltOf(saltKey, at),
      isRow,
      group: groupAt(lengths, at),
      content: isRow ? content : packedAt(points, at),
    }),
  )
}

/** The entry under the dummy root of one slot. */
export function dummyEntry(s: Uint8Array, unused: Uint8Array, isUsed: boolean): Uint8Array {
  return concatBytes(s, unused, Uint8Array.of(isUsed ? 1 : 0))
}

/** The entries under the dummy root, slot by slot. */
export function dummyEntries({ s, unused, isUsed }: Dummies): Uint8Array[] {
  return Array.from(isUsed, (used, at) =>
    dummyEntry(packedAt(s, at), packedAt(unused, at), used === 1),
  )
}
