import { systemTimers } from '../../platform/index.ts'
import type { HouseTime } from './population-house.ts'

/** From here on a wait is somebody's patience with something real, and passes as real time. */
const longMs = 5_000
const patienceMs = 2_000

/** 2026-11-03, UTC: weeks before the next snapshot. */
const usualBeginMs = 1_793_664_000_000

/**
 * Time that stands still but for waits, each of which takes it to its end at once: slots cost a test nothing, and what a
 * busy machine does makes no message too old.
 */
export function leapingTime(beginMs: number = usualBeginMs): HouseTime {
  let nowMs = beginMs
  return {
    clock: { now: () => nowMs },
    timers: {
      sleep: async (ms) => {
        if (ms >= longMs) return systemTimers.sleep(patienceMs)
        const endMs = nowMs + ms
        await systemTimers.sleep(0)
        nowMs = Math.max(nowMs, endMs)
      },
    },
  }
}
