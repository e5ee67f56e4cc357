import { setTimeout as wait } from 'node:timers/promises'
import type { Timers } from '../ports/index.ts'

/** The event loop's timers. A pending sleep does not keep the process alive. */
export const systemTimers: Timers = {
  sleep: async (ms) => {
    await wait(ms, undefined, { ref: false })
  },
}
