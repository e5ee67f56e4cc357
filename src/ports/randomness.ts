/** Draws random bytes: the operating system's generator in production, a seed in the simulator. */
export interface Randomness {
  /** `length` fresh bytes that no one else knows; `length` ≥ 0. */
  bytes(length: number): Uint8Array
}
