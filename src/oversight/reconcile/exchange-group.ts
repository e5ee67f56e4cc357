import type { ExchangeStep } from './exchange-step.ts'
import { judgeJoin } from './judge-join.ts'
import { isRepeat, judgePerson } from './judge-person.ts'
import { judgePopulation } from './judge-population.ts'
import type { Judged, JudgingRules } from './judged.ts'

/** The entries of one exchange that are not all there yet, or do not fit. */
export interface ExchangeGroup {
  /** Consumer and exchange id. */
  readonly key: string
  readonly steps: readonly ExchangeStep[]
  /** Gaps that an earlier run has named, so that none is named twice. */
  readonly told: readonly string[]
}

/** What kind of exchange the entries are of. */
export type GroupKind = 'person' | 'population' | 'join'

/** A join's charge comes before its first message, so the kind may change as entries come. */
export function kindOfGroup(steps: readonly ExchangeStep[]): GroupKind {
  if (steps.some(({ kind }) => kind === 'join.message')) return 'join'
  return steps.some(({ kind }) => kind.startsWith('person.')) ? 'person' : 'population'
}

/** Holds the entries of one exchange against each other. */
export function judgeGroup(steps: readonly ExchangeStep[], rules: JudgingRules): Judged {
  switch (kindOfGroup(steps)) {
    case 'person':
      return judgePerson(steps, rules)
    case 'population':
      return judgePopulation(steps, rules)
    case 'join':
      return judgeJoin(steps, rules)
  }
}

function isLastWord({ role, kind }: ExchangeStep): boolean {
  if (role !== 'consumer') return false
  return kind !== 'person.asked' && kind !== 'join.message'
}

/**
 * Whether nothing more is to come: the consumer, which writes last, has written. A join is known to be over
 * when its logs end.
 */
export function isOver(steps: readonly ExchangeStep[]): boolean {
  return kindOfGroup(steps) !== 'join' && steps.some(isLastWord)
}

/** The consumer's own case system or log refused: nothing left. */
export function isRefusedHere(steps: readonly ExchangeStep[]): boolean {
  return steps.every(({ role, kind }) => role === 'consumer' && kind === 'person.denied')
}

/** An outcome that the consumer did not take, because it came to nothing there or came too late. */
export function isLost(steps: readonly ExchangeStep[]): boolean {
  const [received] = steps.filter(({ kind }) => kind === 'person.received')
  const answered = steps.filter(({ kind }) => kind === 'person.answered')
  return (
    received !== undefined &&
    answered.length > 0 &&
    answered.every(({ commitment }) => commitment !== received.peer)
  )
}

/** Whether nothing but repeated messages was written. */
export function isOnlyRepeats(steps: readonly ExchangeStep[]): boolean {
  return steps.every((step) => step.role === 'provider' && isRepeat(step))
}
