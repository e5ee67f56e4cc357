import type { LocalText, RestoreRow } from '../web/index.ts'

/** The entry that an attempt to cheat left behind. */
export interface LeftEntry {
  readonly organisation: string
  readonly index: number
  readonly kind: string
}

/** One move of the cheater and what came of it, in short plain words. */
export interface CheatMove {
  readonly what: LocalText
  /** A stable code, or a sentence of the verifier. */
  readonly outcome: string
}

/** An attempt to cheat, from the first move to what stopped it. */
export interface CheatAttempt {
  readonly moves: readonly CheatMove[]
  /** The stable code of what stopped it. */
  readonly stoppedBy: string
  readonly entry: LeftEntry | null
  /** Which older files were put back, and who noticed. */
  readonly restored?: readonly RestoreRow[]
}
