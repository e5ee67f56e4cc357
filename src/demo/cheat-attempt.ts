import type { LocalText, RestoreRow, StepOutcome } from '../web/index.ts'

/** The entry that an attempt to cheat left behind. */
export interface LeftEntry {
  readonly organisation: string
  readonly index: number
  readonly kind: string
}

/** One move of the cheater, in short plain words, and what came of it. */
export interface CheatMove {
  readonly what: LocalText
  readonly outcome: StepOutcome
}

/** An attempt to cheat, from the first move to what stopped it. */
export interface CheatAttempt {
  readonly moves: readonly CheatMove[]
  /** The stable code of what stopped it. */
  readonly stoppedBy: string
  readonly entry: LeftEntry | null
  /** Reference of the case of whom it was tried on, where that is one person who can log in. */
  readonly victim?: string
  /** Which older files were put back, and who noticed. */
  readonly restored?: readonly RestoreRow[]
}
