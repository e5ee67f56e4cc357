import { systemClock, systemTimers } from '../../platform/index.ts'
import type { Clock, Timers } from '../../ports/index.ts'

/** Time that runs `speed` times as fast as the machine's, from its present on; a wait is as much shorter. */
export function hurriedTime(speed: number): { readonly clock: Clock; readonly timers: Timers } {
  const beginMs = systemClock.now()
  return {
    clock: { now: () => beginMs + Math.floor((systemClock.now() - beginMs) * speed) },
    timers: { sleep: (ms) => systemTimers.sleep(ms / speed) },
  }
}
