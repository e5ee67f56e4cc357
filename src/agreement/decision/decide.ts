import type { Obligations } from '../../protocol/index.ts'
import { isAboutPersons } from '../about-persons.ts'
import type { AboutPersons } from '../about-persons.ts'
import { dayMs } from '../calendar.ts'
import type { CapName } from '../caps.ts'
import type { DecisionCode } from './decision-code.ts'
import type { DecisionFacts } from './decision-facts.ts'
import type { DecisionRequest } from './decision-request.ts'
import { capPassed } from './cap-passed.ts'
import { noticeUnder } from './notice.ts'
import { decisionRules } from './decision-rules.ts'
import type { DecisionRule, DecisionRules } from './decision-rules.ts'
import type { AgreementQuestion, Question } from './question.ts'

/** A permission to answer, with everything that the answer must follow. */
export interface Permit {
  readonly outcome: 'permit'
  readonly obligations: Obligations
  readonly notice: 'immediate' | 'withheld'
  /** When a withheld notice opens; `null` for an immediate one. */
  readonly noticeUntilMs: number | null
  readonly presence: AboutPersons['presence']
  /** Whether to answer as if nothing were held: the subject is restricted, and presence hidden. */
  readonly conceal: boolean
  /** In an emergency: whether a second official has confirmed, or a review is due. */
  readonly review: 'none' | 'confirmed' | 'due'
}

/** A refusal with its stable reason. */
export interface Denial {
  readonly outcome: 'deny'
  readonly code: DecisionCode
  /** Which cap or ceiling, with `CAP_EXCEEDED`. */
  readonly cap?: CapName
}

/** What {@link decide} decides. */
export type Decision = Permit | Denial

/**
 * Decides one question about one person. Pure and total: the same arguments give the same decision, and the
 * first rule of `spec/decision.md` that applies gives the code. It is called before the look-up, with
 * `lookUp: 'not-yet'`, and again inside the commit, on live facts; only the second permit lets an answer out.
 *
 * `nowMs` is log time.
 */
export function decide(request: DecisionRequest, facts: DecisionFacts, nowMs: number): Decision {
  return decideBy(decisionRules, { request, facts, nowMs })
}

/** {@link decide} by other rules; tests leave one out to see what it alone holds back. */
export function decideBy(rules: DecisionRules, question: Question): Decision {
  const early = firstDenial(rules.message, question)
  if (early !== undefined) return deny(early)
  const { agreement } = question.facts
  if (agreement === undefined) return deny('AGREEMENT_UNKNOWN')
  const code = firstDenial(rules.agreement, { ...question, agreement })
  if (code !== undefined) return deny(code)
  if (!isAboutPersons(agreement)) return deny('AGREEMENT_NOT_ACTIVE')
  return decideOnPerson(rules, { ...question, agreement })
}

function decideOnPerson(rules: DecisionRules, question: AgreementQuestion<AboutPersons>): Decision {
  const code = firstDenial(rules.person, question)
  if (code === undefined) return permit(question)
  const cap = code === 'CAP_EXCEEDED' ? capPassed(question) : undefined
  return cap === undefined ? deny(code) : { outcome: 'deny', code, cap }
}

function firstDenial<Subject>(
  rules: readonly DecisionRule<Subject>[],
  question: Subject,
): DecisionCode | undefined {
  return rules.find((rule) => rule.denies(question))?.code
}

function deny(code: DecisionCode): Denial {
  return { outcome: 'deny', code }
}

function permit({ agreement, facts, nowMs }: AgreementQuestion<AboutPersons>): Permit {
  const { retention, contest, noRedisclosure, presence } = agreement
  return {
    outcome: 'permit',
    obligations: {
      retentionDays: retention.days,
      disposal: retention.disposal,
      contestUntilMs: nowMs + contest.days * dayMs,
      noRedisclosure,
    },
    ...noticeUnder(agreement, facts.secrecyUntilMs, nowMs),
    presence,
    conceal: facts.restricted,
    review: reviewOf(agreement, facts),
  }
}

function reviewOf(agreement: AboutPersons, { confirmation }: DecisionFacts): Permit['review'] {
  if (agreement.kind !== 'emergency') return 'none'
  return confirmation === 'none' ? 'due' : 'confirmed'
}
