import { setTimeout as sleep } from 'node:timers/promises'

const dayMs = 86_400_000
const clearMs = 300_000

/**
 * Resolves when no midnight (UTC) comes in the next five minutes: for a test that holds what is counted by the day against a
 * number. It waits in one run of 300.
 */
export async function clearOfMidnight(): Promise<void> {
  const leftMs = dayMs - (Date.now() % dayMs)
  if (leftMs < clearMs) await sleep(leftMs + 1_000)
}
