import type { Clock } from '../../ports/index.ts'
import type { DoctorCheck } from './doctor-check.ts'

/** What was found when everything was looked at. */
export interface Examination {
  /** When the looking ended. */
  readonly lookedAtMs: number
  readonly checks: readonly DoctorCheck[]
}

/** After how long somebody who asks has it looked at anew, without waiting for that. */
const agesAfterMs = 60_000

/**
 * The newest examination for each peer, and without one. Looking takes seconds, since registers are opened and witnesses
 * called: who asks is told what was found last, and waits only where nothing was found yet or a fresh look is wanted. One is
 * under way at a time.
 */
export class KeptExaminations {
  readonly #look: (peer: string | undefined) => Promise<readonly DoctorCheck[]>
  readonly #clock: Clock
  readonly #newest = new Map<string, Examination>()
  readonly #running = new Map<string, Promise<Examination>>()

  constructor(look: (peer: string | undefined) => Promise<readonly DoctorCheck[]>, clock: Clock) {
    this.#look = look
    this.#clock = clock
  }

  /** What was found last, or with `fresh` what is found now. Rejects as the looking does. */
  async of(peer: string | undefined, fresh: boolean): Promise<Examination> {
    const known = fresh ? undefined : this.#newest.get(peer ?? '')
    if (known === undefined) return this.#begun(peer)
    if (this.#clock.now() >= known.lookedAtMs + agesAfterMs)
      // Whoever waits for the next one is told why it failed.
      this.#begun(peer).catch(() => undefined)
    return known
  }

  #begun(peer: string | undefined): Promise<Examination> {
    const name = peer ?? ''
    const held = this.#running.get(name)
    if (held !== undefined) return held
    const begun = this.#examined(peer).finally(() => this.#running.delete(name))
    this.#running.set(name, begun)
    return begun
  }

  async #examined(peer: string | undefined): Promise<Examination> {
    const checks = await this.#look(peer)
    const examination = { lookedAtMs: this.#clock.now(), checks }
    this.#newest.set(peer ?? '', examination)
    return examination
  }
}
