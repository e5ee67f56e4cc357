import { englishOf, type GateSentence, gateSentences, type Said } from '../sentences/index.ts'

/** Why the gateway must not answer at the moment; `undefined` when it may. */
export type GateReason = () => Said<GateSentence> | undefined

/** Whether a gateway may answer. Several parts can keep it shut; all must let go. */
export interface LogGate {
  /** What keeps it shut, in plain English sentences; empty when it is open. */
  reasons(): readonly string[]
  /** The same in no language. */
  said(): readonly Said<GateSentence>[]
  isOpen(): boolean
  /** Asks `reason` from now on, at every question. */
  watch(reason: GateReason): void
}

/** A gate that nothing keeps shut yet. */
export function logGate(): LogGate {
  const watched: GateReason[] = []
  const said = (): readonly Said<GateSentence>[] => watched.flatMap((reason) => reason() ?? [])
  return {
    reasons: () => said().map((one) => englishOf(gateSentences, one)),
    said,
    isOpen: () => watched.every((reason) => reason() === undefined),
    watch: (reason) => void watched.push(reason),
  }
}
