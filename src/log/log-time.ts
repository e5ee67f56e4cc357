import type { Clock } from '../ports/index.ts'
import { LogError } from './log-error.ts'
import type { StoredHead } from './state-store.ts'

/** Log time may stand still, and follows the clock; a clock that fell by more than this is refused. */
const clockToleranceMs = 2_000

/**
 * The time of the next batch, milliseconds since the epoch: the clock, but never before the newest
 * entry.
 *
 * @throws {@link LogError} `CLOCK_BACKWARDS` when the clock is more than 2 s behind the newest entry
 */
export function logTime(clock: Clock, head: StoredHead): number {
  const now = clock.now()
  if (now < head.timeMs - clockToleranceMs) {
    throw new LogError(
      'CLOCK_BACKWARDS',
      'The clock is behind the newest entry of this log; set it right, then start again.',
    )
  }
  return Math.max(now, head.timeMs)
}
