import { runSignals, type RunSignalsDeps } from '../../oversight/index.ts'

/** An hour: how often the detectors run where the configuration does not say. */
export const defaultSignalsSeconds = 3_600

/** The detectors as a job of a running gateway. */
export interface SignalsJob {
  /** Runs them when their time has come and the log may be written to; else does nothing. */
  round(): Promise<void>
}

/** Runs the detectors every `everyMs`, the first time after as long. `mayWrite` is asked before anything is read. */
export function signalsJob(
  deps: RunSignalsDeps & { readonly everyMs: number },
  mayWrite: () => boolean,
): SignalsJob {
  let ranAtMs = deps.clock.now()
  return {
    async round() {
      const nowMs = deps.clock.now()
      if (nowMs - ranAtMs < deps.everyMs || !mayWrite()) return
      ranAtMs = nowMs
      await runSignals(deps)
    },
  }
}
