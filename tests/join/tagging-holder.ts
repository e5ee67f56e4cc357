import { concatBytes, encodeHex } from '../../src/bytes/index.ts'
import { packedAt, packedCount, type JoinGroup } from '../../src/crypto/index.ts'

/**
 * The attacker of a protocol that only counts: a party that chooses points marks each of its own people by which of nine
 * scalars it masks them with, one for each bit of the person's number, and looks for the marks in whatever comes back.
 */
export interface TaggingHolder {
  /** What it sends for its people: for each person a point under its own scalar, and one more for each bit that is 1. */
  readonly points: Uint8Array
  /**
   * The numbers of its people whom it recognises. `peerList`: points that the peer masked; `heard`: everything else that it
   * was sent. Complete for a protocol that gives the peer's masking of `points` back in any order.
   */
  recover(peerList: Uint8Array, heard: readonly Uint8Array[]): number[]
}

const bits = 8

/** Marks up to 256 people, whose points under the suite are `hashed`. */
export function taggingHolder(
  group: JoinGroup,
  hashed: Uint8Array,
  scalars: readonly Uint8Array[],
): TaggingHolder {
  const scalarOf = (tag: number): Uint8Array => scalars[tag] ?? new Uint8Array(32)
  const marked = Array.from({ length: packedCount(hashed) }, (_, person) => {
    const own = Array.from({ length: bits }, (_bit, bit) => bit).filter(
      (bit) => ((person >> bit) & 1) === 1,
    )
    const masks = [bits, ...own].map((tag) => group.mask(scalarOf(tag), packedAt(hashed, person)))
    return concatBytes(...masks)
  })
  return {
    points: concatBytes(...marked),
    recover(peerList, heard) {
      const known = new Set(heard.flatMap((bytes) => windows(bytes)))
      const tagged = Array.from({ length: bits + 1 }, (_, tag) =>
        group.mask(scalarOf(tag), peerList),
      )
      const hasMark = (tag: number, at: number): boolean =>
        known.has(encodeHex(packedAt(tagged[tag] ?? peerList, at)))
      const found: number[] = []
      for (let at = 0; at < packedCount(peerList); at += 1) {
        if (!hasMark(bits, at)) continue
        let person = 0
        for (let bit = 0; bit < bits; bit += 1) if (hasMark(bit, at)) person += 1 << bit
        found.push(person)
      }
      return found
    },
  }
}

/** Every 32 bytes of a message at any place, and every 32 bytes that it writes in hex. */
function windows(bytes: Uint8Array): string[] {
  const hex = encodeHex(bytes)
  const plain = Array.from({ length: Math.max(0, bytes.length - 31) }, (_, at) =>
    hex.slice(2 * at, 2 * at + 64),
  )
  return plain.concat(String(Buffer.from(bytes)).match(/[0-9a-f]{64}/g) ?? [])
}
