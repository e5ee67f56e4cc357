import type { Timers } from '../../ports/index.ts'
import { NodeError } from '../node-error.ts'

/** What confirming the head works with. */
export interface ConfirmDeps {
  /** Asks witnesses for what they cosigned last and compares; throws {@link NodeError} on evidence. */
  checkWitnesses(): Promise<void>
  /** One round of publishing; throws {@link NodeError} when a witness proves to be ahead. */
  publish(): Promise<void>
  isConfirmed(): boolean
  isStopped(): boolean
  readonly timers: Timers
  /** Where a failed round is told; a failure that repeats is told once. */
  readonly report: (cause: unknown) => void
}

const pauseMs = 200

function reportOnce(report: (cause: unknown) => void): (cause: unknown) => void {
  let last: string | undefined
  return (cause) => {
    const text = cause instanceof Error ? cause.message : 'unknown failure'
    if (text !== last) report(cause)
    last = text
  }
}

/**
 * Has the head as it was found at the start cosigned by a quorum of witnesses, before anything new
 * is signed: a log that was put back to an older state must not go on from there. Tries again until
 * it succeeds or is stopped.
 *
 * @throws {@link NodeError} with the evidence of a regression or a fork
 */
export async function confirmHead(deps: ConfirmDeps): Promise<'confirmed' | 'stopped'> {
  const report = reportOnce(deps.report)
  while (!deps.isStopped()) {
    await deps.checkWitnesses()
    try {
      await deps.publish()
    } catch (cause) {
      if (cause instanceof NodeError) throw cause
      report(cause)
    }
    if (deps.isConfirmed()) return 'confirmed'
    await deps.timers.sleep(pauseMs)
  }
  return 'stopped'
}
