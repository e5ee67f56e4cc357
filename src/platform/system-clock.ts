import type { Clock } from '../ports/index.ts'

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() }
