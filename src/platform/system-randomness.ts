import { randomFillSync } from 'node:crypto'
import type { Randomness } from '../ports/index.ts'

const poolBytes = 4_096
/** What is longer gets its own call. */
const mostFromPool = 256

/**
 * The operating system's generator. Short requests are cut from a block that is drawn ahead, since
 * each draw is a call into the system; what was handed out is wiped from the block.
 */
export const systemRandomness: Randomness = pooled()

function pooled(): Randomness {
  const pool = new Uint8Array(poolBytes)
  let used = poolBytes
  return {
    bytes(length) {
      if (!Number.isInteger(length) || length < 0) throw new RangeError('length must be a count')
      if (length > mostFromPool) return randomFillSync(new Uint8Array(length))
      if (used + length > poolBytes) {
        randomFillSync(pool)
        used = 0
      }
      const bytes = pool.slice(used, used + length)
      pool.fill(0, used, used + length)
      used += length
      return bytes
    },
  }
}
