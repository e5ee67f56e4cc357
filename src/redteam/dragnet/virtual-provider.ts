import {
  boundScope,
  capScope,
  chargesCap,
  comparesLocating,
  type Decision,
  decide,
  type DecisionFacts,
  decisionRequest,
  type DecisionRequest,
  type ElementCategory,
  type PersonAgreement,
  thresholdBound,
} from '../../agreement/index.ts'
import { type CapAxes, denialEntriesPerDay, type ExchangeTransaction } from '../../person/index.ts'
import { type CaseTokenClaims, makeExchangeId, type SuppliedValue } from '../../protocol/index.ts'
import { redCaseIssuer } from '../world/red-agreements.ts'
import { redSubject } from '../world/red-people.ts'
import { addRefusal } from './dragnet-counts.ts'

/** How a decision is come to; the product's own, but for tests that leave a rule out. */
export type Decide = (request: DecisionRequest, facts: DecisionFacts, nowMs: number) => Decision

/** One question of a dragnet, about the made-up person at `place`. */
export interface DragnetQuestion {
  readonly agreement: PersonAgreement
  readonly element: string
  readonly place: number
  readonly official: number
  /** Whether the case system has opened a case about this person, for this official. */
  readonly hasCase: boolean
  readonly supplied?: readonly SuppliedValue[]
  /** Whether its time lock runs yet. */
  readonly isLocked?: boolean
}

/** What a provider makes of questions while virtual time goes by. */
export interface Tally {
  asked: number
  answered: number
  entries: number
  noise: number
  readonly refused: Record<string, number>
}

const consumer = 'housing'
const exchangeId = makeExchangeId(new Uint8Array(16))

function axesOf(question: DragnetQuestion): CapAxes {
  const { agreement, place, official, supplied = [] } = question
  const element = agreement.dataElements.find(({ name }) => name === question.element)
  if (element === undefined) throw new TypeError('a dragnet asks for what is agreed')
  const fixed = thresholdBound(element)
  const compared = supplied.map(({ value }) => `${boundScope(element)}supplied ${value}`)
  return {
    consumer,
    agreement: capScope(agreement, []),
    official: `official-${official}`,
    caseHandle: `case-${place}`,
    subjectHandle: `subject-${place}`,
    bounds: fixed === undefined ? compared : [fixed],
    locating: comparesLocating(element),
    emergency: false,
  }
}

function requestOf(question: DragnetQuestion, nowMs: number): DecisionRequest {
  const { agreement, element, place, official, supplied = [] } = question
  const asked = {
    exchangeId,
    agreement: agreement.id,
    version: agreement.version,
    purpose: agreement.purpose,
    legalBasis: agreement.legalBasis[0] ?? '',
    elements: [element],
    subject: { scheme: 'demo-nin', value: redSubject(place) },
    case: { reference: `RENT-${place}` },
    supplied,
    official: { pseudonym: `official-${official}`, authTimeMs: nowMs - 60_000 },
  }
  return decisionRequest(asked, { consumer, provider: agreement.provider })
}

function tokenOf(question: DragnetQuestion, nowMs: number): DecisionFacts['caseToken'] {
  if (!question.hasCase) return { state: 'missing' }
  const { place, official, agreement } = question
  const claims: CaseTokenClaims = {
    iss: redCaseIssuer,
    iat: Math.floor(nowMs / 1000),
    exp: Math.floor(nowMs / 1000) + 600,
    case: `RENT-${place}`,
    subject: { scheme: 'demo-nin', value: redSubject(place) },
    official: `official-${official}`,
    purpose: agreement.purpose,
    open: true,
  }
  return { state: 'valid', claims }
}

function categoriesOf({ dataElements }: PersonAgreement): Record<string, ElementCategory> {
  return Object.fromEntries(dataElements.map(({ name, category }) => [name, category]))
}

/**
 * A provider without wire and log: the product's decision and the product's counters, in its own store, at a time
 * that is told. Messages are good, signed and logged by the consumer: nothing else than rules and caps stands in the way.
 */
export class VirtualProvider {
  readonly tally: Tally = { asked: 0, answered: 0, entries: 0, noise: 0, refused: {} }
  readonly #tx: ExchangeTransaction
  readonly #decide: Decide
  readonly #populationSize: number

  constructor(
    tx: ExchangeTransaction,
    rest: { readonly populationSize: number; readonly decide?: Decide },
  ) {
    this.#tx = tx
    this.#populationSize = rest.populationSize
    this.#decide = rest.decide ?? decide
  }

  /** Puts one question; true when it is answered. */
  async ask(question: DragnetQuestion, nowMs: number): Promise<boolean> {
    const axes = axesOf(question)
    const facts = await this.#factsOf(question, axes, nowMs)
    const decision = this.#decide(requestOf(question, nowMs), facts, nowMs)
    this.tally.asked += 1
    if (decision.outcome === 'deny') {
      await this.#deny(decision, axes, nowMs)
      return false
    }
    await this.#tx.charge(axes, nowMs, 'all')
    this.tally.answered += 1
    this.tally.entries += 1
    return true
  }

  /** As the commit does it: an entry and a charge, until the day has had its denials. */
  async #deny(
    { code, cap }: Extract<Decision, { outcome: 'deny' }>,
    axes: CapAxes,
    nowMs: number,
  ): Promise<void> {
    addRefusal(this.tally.refused, cap === undefined ? code : `${code} ${cap}`)
    const before = await this.#tx.denials(consumer, nowMs)
    if (before >= denialEntriesPerDay) {
      this.tally.noise += 1
      return
    }
    await this.#tx.countDenial(consumer, nowMs)
    this.tally.entries += before + 1 === denialEntriesPerDay ? 2 : 1
    if (chargesCap(code))
      await this.#tx.charge({ ...axes, bounds: [], locating: false }, nowMs, 'all')
  }

  async #factsOf(question: DragnetQuestion, axes: CapAxes, nowMs: number): Promise<DecisionFacts> {
    const { agreement, isLocked = false } = question
    const use = await this.#tx.capUse(axes, nowMs)
    const effectiveFromMs = isLocked ? nowMs + 1 : agreement.notBeforeMs
    return {
      message: 'valid',
      peer: 'known',
      clock: 'in-window',
      exchange: 'new',
      log: 'available',
      agreement,
      standing: { state: isLocked ? 'published' : 'active', effectiveFromMs, suspendedBy: [] },
      countersigned: false,
      describedCategories: categoriesOf(agreement),
      consent: { state: 'missing' },
      consentSpent: false,
      caseToken: tokenOf(question, nowMs),
      official: 'enrolled',
      askedReceipt: 'valid',
      subjectIdentifier: 'valid',
      registerScheme: 'demo-nin',
      capUse: use.capUse,
      ceilingUse: { ...use.ceilings, populationSize: this.#populationSize },
      restricted: false,
      officialSuspended: false,
      confirmation: 'none',
      secrecyUntilMs: null,
      lookUp: 'not-yet',
    }
  }
}
