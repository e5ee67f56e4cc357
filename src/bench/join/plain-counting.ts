import { type JoinGroup, packedAt, packedCount } from '../../crypto/index.ts'
import { systemRandomness } from '../../platform/index.ts'

/**
 * The rival: two parties who trust each other count what they share, with nothing else. Each hashes and masks its own, each
 * masks the other's once more, and one compares. No dummy, no check of what came, no opening, no third party: the number is
 * exact, and a party that cheats recognises its own people.
 */
export function plainCount(
  group: JoinGroup,
  tag: Uint8Array,
  { left, right }: Readonly<Record<'left' | 'right', readonly Uint8Array[]>>,
): number {
  const scalars = { left: systemRandomness.bytes(32), right: systemRandomness.bytes(32) }
  const leftTwice = group.mask(scalars.right, group.mask(scalars.left, group.hash(left, tag)))
  const rightTwice = group.mask(scalars.left, group.mask(scalars.right, group.hash(right, tag)))
  const seen = new Set(texts(leftTwice))
  return texts(rightTwice).filter((one) => seen.has(one)).length
}

function texts(points: Uint8Array): string[] {
  return Array.from({ length: packedCount(points) }, (_, at) =>
    Buffer.from(packedAt(points, at)).toString('latin1'),
  )
}
