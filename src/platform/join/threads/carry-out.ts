import type { JoinGroup } from '../../../crypto/index.ts'
import type { GroupOperation } from './group-order.ts'

/** What an operation comes to: points, or the place of the first that is off the curve. */
export type GroupResult =
  | { readonly kind: 'points'; readonly points: Uint8Array }
  | { readonly kind: 'place'; readonly place: number }

/** Has a group do an operation. What lies in shared memory is copied for it, and the copy is wiped. */
export function carryOut(group: JoinGroup, operation: GroupOperation): GroupResult {
  switch (operation.kind) {
    case 'hash':
      return points(group.hash(operation.identifiers, operation.dst))
    case 'mask':
      return withOwn(operation.scalar, (scalar) =>
        withOwn(operation.input, (input) => points(group.mask(scalar, input))),
      )
    case 'base':
      return withOwn(operation.input, (input) => points(group.base(input)))
    case 'share':
      return withOwn(operation.input, (input) => points(group.share(input, operation.point)))
    case 'check':
      return withOwn(operation.input, (input) => ({
        kind: 'place',
        place: group.firstOffCurve(input),
      }))
  }
}

function points(made: Uint8Array): GroupResult {
  return { kind: 'points', points: made }
}

/** Libraries written in C take no shared memory, which may change while they read. */
function withOwn<Value>(bytes: Uint8Array, use: (own: Uint8Array) => Value): Value {
  if (!(bytes.buffer instanceof SharedArrayBuffer)) return use(bytes)
  const own = bytes.slice()
  try {
    return use(own)
  } finally {
    own.fill(0)
  }
}
