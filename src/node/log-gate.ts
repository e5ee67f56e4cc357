/** Why the gateway must not answer at the moment, in one plain sentence; `undefined` when it may. */
export type GateReason = () => string | undefined

/** Whether a gateway may answer. Several parts can keep it shut; all must let go. */
export interface LogGate {
  /** What keeps it shut; empty when it is open. */
  reasons(): readonly string[]
  isOpen(): boolean
  /** Asks `reason` from now on, at every question. */
  watch(reason: GateReason): void
}

/** A gate that nothing keeps shut yet. */
export function logGate(): LogGate {
  const watched: GateReason[] = []
  return {
    reasons: () => watched.flatMap((reason) => reason() ?? []),
    isOpen: () => watched.every((reason) => reason() === undefined),
    watch: (reason) => void watched.push(reason),
  }
}
