import type { ExchangeStep } from './exchange-step.ts'
import { type Finding, type Judged, judgedOf, type JudgingRules } from './judged.ts'

/** Denials that say something about one message and not about the question (`spec/invariants.md`). */
const ofMessages: ReadonlySet<string> = new Set([
  'REPLAYED',
  'CLOCK_SKEW',
  'EXCHANGE_CONFLICT',
  'ANSWER_EXPIRED',
])

/** Denials that may follow an outcome, when it is asked for again. */
const ofEnds: ReadonlySet<string> = new Set([
  'AGREEMENT_NOT_ACTIVE',
  'TIME_LOCKED',
  'AGREEMENT_EXPIRED',
  'AGREEMENT_SUSPENDED',
])

/** The entries of one question about one person, sorted by what they say. */
export interface PersonSteps {
  readonly consumer: string
  readonly provider: string
  readonly asked: readonly ExchangeStep[]
  readonly received: readonly ExchangeStep[]
  /** All that the provider wrote. */
  readonly outcomes: readonly ExchangeStep[]
  /** Those that are the exchange's one outcome. */
  readonly claims: readonly ExchangeStep[]
}

/** Whether an entry of the provider tells of a message that came again, and of no outcome. */
export function isRepeat({ kind, code }: ExchangeStep): boolean {
  return kind === 'person.redelivered' || (code !== null && ofMessages.has(code))
}

function claimsOf(outcomes: readonly ExchangeStep[]): readonly ExchangeStep[] {
  const able = outcomes.filter((step) => !isRepeat(step))
  return able.filter(({ code }, place) => place === 0 || code === null || !ofEnds.has(code))
}

function sorted(steps: readonly ExchangeStep[]): PersonSteps {
  const [first] = steps
  const of = (role: string, kind?: string): readonly ExchangeStep[] =>
    steps.filter((step) => step.role === role && (kind === undefined || step.kind === kind))
  const outcomes = of('provider')
  return {
    consumer: first?.consumer ?? '',
    provider: first?.provider ?? '',
    asked: of('consumer', 'person.asked'),
    received: of('consumer', 'person.received'),
    outcomes,
    claims: claimsOf(outcomes),
  }
}

/** What differs between an outcome and the "received" that cites it. */
export function comparedTo(
  outcome: ExchangeStep,
  received: ExchangeStep,
): 'OUTCOME_DIFFERS' | 'DIGEST_DIFFERS' | undefined {
  const isSame =
    outcome.outcome === received.outcome &&
    outcome.code === received.code &&
    outcome.cap === received.cap
  if (!isSame) return 'OUTCOME_DIFFERS'
  const isOfSame = outcome.resultDigest === received.resultDigest
  return isOfSame && outcome.terms === received.terms ? undefined : 'DIGEST_DIFFERS'
}

/** The same without a result: what was asked. */
function askedFindings({ asked, claims, consumer }: PersonSteps): readonly Finding[] {
  const [ask, ...more] = asked
  const again: Finding[] =
    more.length === 0
      ? []
      : [{ kind: 'ENTRY_REPEATED', at: consumer, step: 'asked', shownBy: asked }]
  const [claim] = claims
  if (claim === undefined) return again
  if (ask === undefined)
    return [{ kind: 'MISSING_AT_CONSUMER', at: consumer, step: 'asked', shownBy: [claim] }]
  const isCited = claims.every(({ peer }) => peer === null || peer === ask.commitment)
  const isSame = claims.every(({ terms }) => terms === ask.terms)
  const differs: Finding = {
    kind: 'DIGEST_DIFFERS',
    at: consumer,
    step: 'asked',
    shownBy: [ask, claim],
  }
  return isCited && isSame ? again : [...again, differs]
}

function refusalFindings(received: ExchangeStep, steps: PersonSteps): readonly Finding[] {
  const { claims, provider, consumer } = steps
  const [claim] = claims
  const isRefused = received.code === 'ANSWER_REFUSED'
  if (claim === undefined) {
    // An answer that did not prove what it must is signed by somebody: its entry has to stand.
    const missing: Finding = {
      kind: 'MISSING_AT_PROVIDER',
      at: provider,
      step: 'outcome',
      shownBy: [received],
    }
    return isRefused ? [missing] : []
  }
  const kind = isRefused ? 'ANSWER_REFUSED' : 'OUTCOME_DIFFERS'
  return [{ kind, at: consumer, step: 'received', shownBy: [received, claim] }]
}

/** What one "received" says, held against the entry that it cites. */
function citationFindings(received: ExchangeStep, steps: PersonSteps): readonly Finding[] {
  const { outcomes, claims, provider } = steps
  const cited = outcomes.find(({ commitment }) => commitment === received.peer)
  if (cited !== undefined) {
    const kind = comparedTo(cited, received)
    return kind === undefined
      ? []
      : [{ kind, at: steps.consumer, step: 'received', shownBy: [received, cited] }]
  }
  const [other] = claims
  if (other === undefined)
    return [{ kind: 'MISSING_AT_PROVIDER', at: provider, step: 'outcome', shownBy: [received] }]
  const kind = comparedTo(other, received) ?? 'DIGEST_DIFFERS'
  return [{ kind, at: provider, step: 'outcome', shownBy: [received, other] }]
}

function receivedFindings(steps: PersonSteps): readonly Finding[] {
  const { asked, received, claims, consumer, provider } = steps
  const [first] = received
  if (received.length > 1)
    return [{ kind: 'ENTRY_REPEATED', at: consumer, step: 'received', shownBy: received }]
  if (first !== undefined) {
    const orphan: Finding = {
      kind: 'MISSING_AT_CONSUMER',
      at: consumer,
      step: 'asked',
      shownBy: [first],
    }
    const found =
      first.peer === null ? refusalFindings(first, steps) : citationFindings(first, steps)
    return asked.length === 0 && claims.length === 0 ? [orphan, ...found] : found
  }
  const [claim] = claims
  if (claim !== undefined)
    return [{ kind: 'MISSING_AT_CONSUMER', at: consumer, step: 'received', shownBy: [claim] }]
  return asked.length === 0
    ? []
    : [{ kind: 'UNANSWERED', at: provider, step: 'outcome', shownBy: asked }]
}

function timeFindings(
  { asked, received, claims, consumer }: PersonSteps,
  toleranceMs: number,
): readonly Finding[] {
  const [claim] = claims
  const far = [asked[0], received[0]].filter(
    (step) =>
      step !== undefined &&
      claim !== undefined &&
      Math.abs(step.timeMs - claim.timeMs) > toleranceMs,
  )
  const [apart] = far
  if (apart === undefined || claim === undefined) return []
  const step = apart.kind === 'person.asked' ? 'asked' : 'received'
  return [{ kind: 'TIME_APART', at: consumer, step, shownBy: [apart, claim] }]
}

/** Holds the entries of one question about one person against each other. */
export function judgePerson(all: readonly ExchangeStep[], rules: JudgingRules): Judged {
  const steps = sorted(all)
  const { claims, provider } = steps
  const again: Finding[] =
    claims.length > 1
      ? [{ kind: 'ENTRY_REPEATED', at: provider, step: 'outcome', shownBy: claims }]
      : []
  return judgedOf(
    [
      ...askedFindings(steps),
      ...again,
      ...receivedFindings(steps),
      ...timeFindings(steps, rules.toleranceMs),
    ],
    rules,
  )
}
