import { encodeHex, utf8 } from '../../bytes/index.ts'
import type { CounterMode, Randomness, SealedBox } from '../../ports/index.ts'
import type { JoinGroup } from './join-group.ts'
import { packedCount, POINT_BYTES } from './join-group.ts'
import type { MaskedRows } from './masked-rows.ts'
import { rowLeaves } from './row-entry.ts'
import { sealSlots, slotStride } from './token-slots.ts'

/** Under what a holder's rows are masked. Scalar and salt key are secret, and overwritten by whoever made them. */
export interface MaskRequest {
  /** 32 bytes. */
  readonly planHash: Uint8Array
  /** The holder's key of this plan, 32 bytes. */
  readonly scalar: Uint8Array
  /** Of the salts of entries, 32 bytes. */
  readonly saltKey: Uint8Array
  /** The inspector's sealing key, 32 bytes, public. */
  readonly inspectorKey: Uint8Array
}

/** The tokens of a holder's lists, group after group, part after part. Personal data: they stay in their process. */
export interface GroupTokens extends Iterable<Uint8Array> {
  /** How many tokens each group has. */
  readonly counts: readonly number[]
  /** Bytes of the longest token. */
  readonly longest: number
}

/** What masking needs of its machine. */
export interface MaskDeps {
  readonly group: JoinGroup
  readonly randomness: Randomness
  readonly cipher: CounterMode
  readonly sealedBox: SealedBox
}

/** Some rows of {@link MaskedRows}, in their order. */
export type MaskedBatch = Pick<MaskedRows, 'points' | 'leaves' | 'slots'>

/** Masked rows while they are made: what is known beforehand, and the rows in batches. */
export interface MaskingRun extends Pick<MaskedRows, 'counts' | 'stride' | 'sealKey'> {
  readonly batches: Iterable<MaskedBatch>
}

/** Most rows of a batch: what is held twice while it is handed on, and how long nothing else is heard meanwhile. */
export const maskBatchCeiling = 16_384

/** The domain separation tag under which a plan's tokens become points. */
export function identifierTag(planHash: Uint8Array): Uint8Array {
  return utf8(`CLOISON-PSI-v1-${encodeHex(planHash)}`)
}

/**
 * Masks a holder's tokens: of each the point X25519(k, h(token)), the leaf of its entry, and itself in a slot whose key
 * leaves as a sealed box to the inspector and is overwritten at the end. Rows are made as the batches are asked for, once.
 *
 * @throws RangeError for an inspector's key that is none
 */
export function maskTokens(request: MaskRequest, tokens: GroupTokens, deps: MaskDeps): MaskingRun {
  const slotKey = deps.randomness.bytes(32)
  const stride = slotStride(tokens.longest)
  return {
    counts: tokens.counts,
    stride,
    sealKey: deps.sealedBox.seal(request.inspectorKey, slotKey),
    batches: maskBatches(request, tokens, { ...deps, slotKey, stride }),
  }
}

/** The whole of a run in memory. */
export function gatherMaskedRows({ counts, stride, sealKey, batches }: MaskingRun): MaskedRows {
  const total = counts.reduce((sum, one) => sum + one, 0)
  const points = new Uint8Array(total * POINT_BYTES)
  const leaves = new Uint8Array(total * POINT_BYTES)
  const slots = new Uint8Array(total * stride)
  let done = 0
  for (const batch of batches) {
    points.set(batch.points, done * POINT_BYTES)
    leaves.set(batch.leaves, done * POINT_BYTES)
    slots.set(batch.slots, done * stride)
    done += packedCount(batch.points)
  }
  return { counts, points, leaves, slots, stride, sealKey }
}

type BatchDeps = MaskDeps & { readonly slotKey: Uint8Array; readonly stride: number }

function* maskBatches(
  request: MaskRequest,
  tokens: GroupTokens,
  deps: BatchDeps,
): Generator<MaskedBatch, void> {
  try {
    const groups = groupsOf(tokens.counts)
    let first = 0
    for (const batch of cut(tokens)) {
      yield maskBatch(request, { first, tokens: batch, groups }, deps)
      first += batch.length
    }
  } finally {
    deps.slotKey.fill(0)
  }
}

function maskBatch(
  { planHash, scalar, saltKey }: MaskRequest,
  rows: {
    readonly first: number
    readonly tokens: readonly Uint8Array[]
    readonly groups: Iterator<number, undefined>
  },
  { group, cipher, slotKey, stride }: BatchDeps,
): MaskedBatch {
  const { first, tokens, groups } = rows
  const hashed = group.hash(tokens, identifierTag(planHash))
  const points = group.mask(scalar, hashed)
  // h(token) lets anybody who knows the plan try identifiers.
  hashed.fill(0)
  const ownGroups = tokens.map(() => groups.next().value ?? 0)
  const leaves = rowLeaves(saltKey, { first, tokens, groups: ownGroups })
  return { points, leaves, slots: sealSlots(cipher, slotKey, { stride, first, tokens }) }
}

/** The group of each row. */
function* groupsOf(counts: readonly number[]): Generator<number, undefined> {
  for (const [group, count] of counts.entries()) {
    for (let row = 0; row < count; row += 1) yield group
  }
  return undefined
}

function* cut(tokens: Iterable<Uint8Array>): Generator<readonly Uint8Array[], void> {
  let batch: Uint8Array[] = []
  for (const token of tokens) {
    batch.push(token)
    if (batch.length < maskBatchCeiling) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
