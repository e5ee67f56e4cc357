import type { Clock } from '../../ports/index.ts'

/** A clock that a test sets by hand. */
export interface ManualClock extends Clock {
  /** How far it is ahead of the time that it is derived from; negative when behind. */
  skewMs: number
  /** Puts it forward, or back. */
  jump(byMs: number): void
}

/** A clock that shows `sourceMs()` with a skew: a node's own clock in virtual time. */
export function manualClock(sourceMs: () => number, skewMs = 0): ManualClock {
  return {
    skewMs,
    now() {
      return sourceMs() + this.skewMs
    },
    jump(byMs) {
      this.skewMs += byMs
    },
  }
}
