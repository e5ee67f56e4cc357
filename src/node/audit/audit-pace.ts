import type { Timers } from '../../ports/index.ts'

/** Ends a pass that was told to stop; never leaves the audit. */
export class AuditStopped extends Error {
  override readonly name = 'AuditStopped'
}

/** Spreads a pass over its time and lets it be stopped between two steps. */
export interface AuditPace {
  /** Waits until the next step is due. @throws {@link AuditStopped} */
  step(): Promise<void>
}

const longestNapMs = 50

/** Pauses of `pauseMs` between steps, in naps short enough for a stop to take effect at once. */
export function auditPace(
  pauseMs: number,
  { timers, isStopped }: { readonly timers: Timers; readonly isStopped: () => boolean },
): AuditPace {
  return {
    async step() {
      for (let left = pauseMs; left >= 0; left -= longestNapMs) {
        if (isStopped()) throw new AuditStopped()
        await timers.sleep(Math.min(longestNapMs, left))
      }
    },
  }
}
