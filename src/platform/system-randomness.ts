import { randomBytes } from 'node:crypto'
import type { Randomness } from '../ports/index.ts'

/** The operating system's generator. */
export const systemRandomness: Randomness = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
}
