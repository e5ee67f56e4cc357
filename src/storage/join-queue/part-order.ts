import { concatBytes } from '../../bytes/index.ts'
import { JoinQueueError } from './join-queue-error.ts'

/** What a worker computes, on points or scalars of 32 bytes each, packed. Secret: scalars are in it. */
export type PartOrder =
  | { readonly kind: 'mask'; readonly scalar: Uint8Array; readonly input: Uint8Array }
  | { readonly kind: 'base'; readonly input: Uint8Array }
  | { readonly kind: 'share'; readonly point: Uint8Array; readonly input: Uint8Array }
  | { readonly kind: 'check'; readonly input: Uint8Array }

const unit = 32
const mostUnits = 65_536
const nothing = 0xffffffff
const kinds = { mask: 1, base: 2, share: 3, check: 4 } as const
const noOperand = new Uint8Array(unit)

function operandOf(order: PartOrder): Uint8Array {
  switch (order.kind) {
    case 'mask':
      return order.scalar
    case 'share':
      return order.point
    case 'base':
    case 'check':
      return noOperand
  }
}

/** An order as `spec/join-queue.md` writes it. */
export function partOrderBytes(order: PartOrder): Uint8Array {
  return concatBytes(Uint8Array.of(kinds[order.kind]), operandOf(order), order.input)
}

/**
 * Reads what {@link partOrderBytes} wrote.
 *
 * @throws {@link JoinQueueError} `PART_MALFORMED`
 */
export function readPartOrder(bytes: Uint8Array): PartOrder {
  const operand = bytes.subarray(1, 1 + unit)
  const input = bytes.subarray(1 + unit)
  const isWhole = bytes.length >= 1 + unit && input.length % unit === 0
  if (!isWhole || input.length > unit * mostUnits) throw malformed()
  switch (bytes[0] ?? 0) {
    case kinds.mask:
      return { kind: 'mask', scalar: operand, input }
    case kinds.base:
      return { kind: 'base', input: withoutOperand(operand, input) }
    case kinds.share:
      return { kind: 'share', point: operand, input }
    case kinds.check:
      return { kind: 'check', input: withoutOperand(operand, input) }
    default:
      throw malformed()
  }
}

function withoutOperand(operand: Uint8Array, input: Uint8Array): Uint8Array {
  if (operand.some((byte) => byte !== 0)) throw malformed()
  return input
}

/** The result of a check as 4 bytes; −1 for none. */
export function placeBytes(place: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, place < 0 ? nothing : place)
  return bytes
}

/**
 * Reads what {@link placeBytes} wrote.
 *
 * @throws {@link JoinQueueError} `PART_MALFORMED`
 */
export function readPlace(bytes: Uint8Array): number {
  if (bytes.length !== 4) throw malformed()
  const place = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  return place === nothing ? -1 : place
}

function malformed(): JoinQueueError {
  return new JoinQueueError('PART_MALFORMED', 'A part of a join is in no known form.')
}
