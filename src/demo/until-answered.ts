import { PlatformError } from '../platform/index.ts'
import type { Clock, Timers } from '../ports/index.ts'

/** How long a gateway may leave a request without a complete response, and what the waiting is done with. */
export interface Patience {
  readonly clock: Clock
  readonly timers: Timers
  readonly withinMs: number
}

const pauseMs = 200

/**
 * Asks a gateway of this machine again for as long as no complete response arrives: at its start, behind a log that is
 * to be published, or on a busy machine it may answer late. `ask` must be one that changes nothing the second time.
 * Rejects with what `ask` rejects with, once the time is over or for any other reason.
 */
export async function untilAnswered<Answer>(
  ask: () => Promise<Answer>,
  { clock, timers, withinMs }: Patience,
): Promise<Answer> {
  const untilMs = clock.now() + withinMs
  for (;;) {
    try {
      return await ask()
    } catch (cause) {
      const isLate = cause instanceof PlatformError && cause.code === 'PEER_UNREACHABLE'
      if (!isLate || clock.now() >= untilMs) throw cause
      await timers.sleep(pauseMs)
    }
  }
}
