import type { ExchangeStep } from './exchange-step.ts'
import type { GapKind, GapStep } from './gap.ts'

/** What was found in the entries of one exchange, before it has a name. */
export interface Finding {
  readonly kind: GapKind
  readonly at: string
  readonly step: GapStep
  readonly leg?: string
  readonly shownBy: readonly ExchangeStep[]
}

/** Bounds of what counts as a gap. */
export interface JudgingRules {
  /** How long the other side's entry may take. */
  readonly windowMs: number
  /** How far apart log times of one exchange may be. */
  readonly toleranceMs: number
  /** Up to when an organisation's log is known; `undefined` for one that takes no part here. */
  readonly knownUntil: (organisation: string) => number | undefined
}

/** What an exchange came to. */
export interface Judged {
  readonly findings: readonly Finding[]
  /** Something is missing, and may still come. */
  readonly isPending: boolean
  /** Nothing is missing and nothing differs. */
  readonly isWhole: boolean
}

/** Sorts what is missing: too young to be a gap, or a gap. */
export function judgedOf(found: readonly Finding[], rules: JudgingRules): Judged {
  const findings = found.filter((finding) => !isYoung(finding, rules))
  const isPending = findings.length < found.length
  return { findings, isPending, isWhole: found.length === 0 }
}

const mayStillCome: ReadonlySet<GapKind> = new Set([
  'MISSING_AT_CONSUMER',
  'MISSING_AT_PROVIDER',
  'MISSING_AT_PARTY',
  'UNANSWERED',
])

function isYoung({ kind, at, shownBy }: Finding, { windowMs, knownUntil }: JudgingRules): boolean {
  if (!mayStillCome.has(kind)) return false
  const newest = Math.max(...shownBy.map(({ timeMs }) => timeMs))
  return newest + windowMs > (knownUntil(at) ?? Number.POSITIVE_INFINITY)
}
