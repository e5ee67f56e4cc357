import type { Clock } from '../../ports/index.ts'

/** Most refusals of one organisation that become entries in a day. */
export const refusalsEachDay = 1_000
const dayMs = 86_400_000

/** Which refusals become entries: they cost the one who asks nothing, and the log is not theirs to fill. */
export class RefusalQuota {
  readonly #clock: Clock
  readonly #taken = new Map<string, { day: number; taken: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether one more refusal of this organisation becomes an entry today. */
  take(organisation: string): boolean {
    const day = Math.floor(this.#clock.now() / dayMs)
    const found = this.#taken.get(organisation)
    const taken = found?.day === day ? found.taken : 0
    if (taken >= refusalsEachDay) return false
    this.#taken.set(organisation, { day, taken: taken + 1 })
    return true
  }
}
