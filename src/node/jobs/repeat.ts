import type { Timers } from '../../ports/index.ts'

/** A job that runs again and again until it is stopped. */
export interface RepeatingJob extends AsyncDisposable {
  /** How many rounds have ended. */
  readonly rounds: number
}

/**
 * Runs `round`, waits `pauseMs`, and so on; rounds never overlap. A round that rejects is reported
 * to `onFailure` and the next one comes all the same. Disposing waits for the round under way.
 */
export function repeat(
  round: () => Promise<unknown>,
  pauseMs: number,
  { timers, onFailure }: { readonly timers: Timers; readonly onFailure: (cause: unknown) => void },
): RepeatingJob {
  let stopped = false
  let rounds = 0
  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await round()
      } catch (cause) {
        onFailure(cause)
      }
      rounds += 1
      // Sleeping in short steps lets a stop take effect without a way to cancel a timer.
      for (let left = pauseMs; left > 0 && !stopped; left -= 50)
        await timers.sleep(Math.min(50, left))
    }
  }
  const ended = run()
  return {
    get rounds() {
      return rounds
    },
    async [Symbol.asyncDispose]() {
      stopped = true
      await ended
    },
  }
}
