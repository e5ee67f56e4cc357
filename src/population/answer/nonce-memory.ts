import type { Clock } from '../../ports/index.ts'

const mostNonces = 100_000

/**
 * The nonces that were seen while the signatures that bear them are good. What is played again is refused; when there is no
 * room for more, so is everything new. In memory: a question that is played after a start finds its own reservation.
 */
export class NonceMemory {
  readonly #clock: Clock
  readonly #seen = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether this nonce is seen for the first time; remembered until `untilMs`. */
  take(nonce: string, untilMs: number): boolean {
    const nowMs = this.#clock.now()
    if (this.#seen.size >= mostNonces) this.#forget(nowMs)
    if (this.#seen.has(nonce) || this.#seen.size >= mostNonces) return false
    this.#seen.set(nonce, untilMs)
    return true
  }

  #forget(nowMs: number): void {
    for (const [nonce, untilMs] of this.#seen) if (untilMs < nowMs) this.#seen.delete(nonce)
  }
}
