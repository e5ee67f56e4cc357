import {
  chargesCap,
  decide,
  type Decision,
  type DecisionCode,
  decisionRequest,
  isAboutPersons,
  noticeUnder,
  type NoticeTime,
} from '../agreement/index.ts'
import { decodeUtf8, encodeBase64 } from '../bytes/index.ts'
import type { BatchContext, CommittedProofs, Preparation, PreparedEntry } from '../log/index.ts'
import { caseDigest, type QuestionResult, resultDigest } from '../protocol/index.ts'
import type { CapAxes, ExchangeTransaction, StoredExchange } from './exchange-store.ts'
import { mayDeny, prepareNoise } from './denial-quota.ts'
import { keepAnswer, prepareRedelivery } from './kept-answer.ts'
import { keptForMs, type PersonCommitDeps } from './person-commit-deps.ts'
import { answerBody, checkpointSize, denialBody, denialStatus } from './question-bodies.ts'
import {
  completeFacts,
  findAgreement,
  type KnownAgreement,
  type LiveFacts,
  safeguardAxes,
} from './question-facts.ts'
import { standingNow } from './agreement-standing-now.ts'
import { marksOf } from './bystander.ts'
import { holdConsumerHead } from './consumer-head.ts'
import { concealedResults } from './concealed-results.ts'
import { noteSafeguards } from './note-safeguards.ts'
import { addChainedEntry, type UnchainedRecord } from './subject-chain.ts'
import type { LookUpOutcome, QuestionCommitted, QuestionIntent } from './writer.ts'

type ExchangeState = LiveFacts['exchange']
type Results = readonly QuestionResult[]

/** The one answer that leaves for a question, with its salt. */
export interface Verdict {
  readonly decision: Decision
  readonly exchange: ExchangeState
  readonly known: KnownAgreement
  readonly notice: NoticeTime
  readonly s: Uint8Array
}

async function exchangeState(
  tx: ExchangeTransaction,
  intent: QuestionIntent,
  batch: BatchContext,
): Promise<{
  readonly state: ExchangeState | 'noise'
  readonly stored: StoredExchange | undefined
}> {
  const { keyId, value, expiresAtMs } = intent.nonce
  const nonce = await tx.useNonce(keyId, value, expiresAtMs)
  const { consumer } = intent
  const { exchangeId } = intent.question
  const inThisBatch = !batch.claim(`exchange ${consumer} ${exchangeId}`)
  const stored = await tx.exchange(consumer, exchangeId)
  if (nonce === 'noise') return { state: 'noise', stored }
  if (nonce === 'replayed') return { state: 'replayed', stored }
  if (stored === undefined) return { state: 'new', stored }
  if (stored.questionDigest !== intent.questionDigest) return { state: 'conflict', stored }
  const isYoung = batch.timeMs - stored.createdAtMs <= keptForMs
  const kept = isYoung && (inThisBatch || stored.sealedBody !== undefined)
  const mayGo = kept && !(await isRestrictedSince(tx, intent, stored))
  return { state: mayGo ? 'redelivery' : 'answer-expired', stored }
}

/**
 * Whether the person was restricted after the kept answer was given. One that was given under the restriction
 * says nothing, and goes out again: refused, it would tell of the restriction.
 */
async function isRestrictedSince(
  tx: ExchangeTransaction,
  { axes }: QuestionIntent,
  { place }: StoredExchange,
): Promise<boolean> {
  const restriction = await tx.restriction(axes.subjectHandle)
  if (restriction === undefined) return false
  const { origin, index } = restriction.place
  if (origin === place.origin) return index > place.index
  const logs = await tx.logs()
  return logs.indexOf(origin) > logs.indexOf(place.origin)
}

/** A receipt out of a forked log proves nothing: the question is decided as one without a receipt. */
async function heldAgainstLog(
  tx: ExchangeTransaction,
  intent: QuestionIntent,
  { batch, deps }: { readonly batch: BatchContext; readonly deps: PersonCommitDeps },
): Promise<QuestionIntent> {
  const { consumerHead, facts } = intent
  const { organisation } = deps
  if (consumerHead === undefined) return intent
  const held = await holdConsumerHead(tx, consumerHead, { batch, organisation })
  if (held === 'held') return intent
  return { ...intent, facts: { ...facts, askedReceipt: 'invalid' }, askedCommitment: undefined }
}

function lookUpFact(lookUp: LookUpOutcome): LiveFacts['lookUp'] {
  switch (lookUp.state) {
    case 'not-made':
    case 'kept':
      return 'not-yet'
    case 'unavailable':
      return 'unavailable'
    case 'done':
      return 'found'
  }
}

function isSpent(tx: ExchangeTransaction, { consent }: QuestionIntent): Promise<boolean> {
  return consent === undefined ? Promise.resolve(false) : tx.isConsentSpent(consent.digest)
}

/** Decides again on live state. Without results there is nothing to permit, whatever has changed since. */
async function decideLive(
  tx: ExchangeTransaction,
  intent: QuestionIntent,
  live: {
    readonly known: KnownAgreement
    readonly exchange: ExchangeState
    readonly nowMs: number
  },
  deps: PersonCommitDeps,
): Promise<{ readonly decision: Decision; readonly notice: NoticeTime }> {
  const { known, exchange, nowMs } = live
  const standing = await standingNow(tx, known, nowMs, deps)
  const use = await tx.capUse(intent.axes, nowMs)
  const safeguards = await tx.safeguards(safeguardAxes(intent, known), nowMs)
  const lookUp = lookUpFact(intent.lookUp)
  const facts = completeFacts(intent.facts, known, {
    exchange,
    standing,
    use,
    safeguards,
    lookUp,
    consentSpent: await isSpent(tx, intent),
  })
  const between = { consumer: intent.consumer, provider: deps.organisation }
  const decision = decide(decisionRequest(intent.question, between), facts, nowMs)
  // Of a denial under an order the person hears no sooner than of an answer: it would tell as much.
  const notice = noticeOf(known, safeguards.secrecyUntilMs, nowMs)
  return { decision: supported(decision, exchange, intent.lookUp), notice }
}

function supported(decision: Decision, exchange: ExchangeState, lookUp: LookUpOutcome): Decision {
  if (decision.outcome === 'deny' || exchange === 'redelivery') return decision
  if (lookUp.state === 'not-made') return lookUp.denial
  return lookUp.state === 'done' ? decision : { outcome: 'deny', code: 'ANSWER_EXPIRED' }
}

function noticeOf(
  { agreement }: KnownAgreement,
  secrecyUntilMs: number | null,
  nowMs: number,
): NoticeTime {
  if (isAboutPersons(agreement)) return noticeUnder(agreement, secrecyUntilMs, nowMs)
  return { notice: 'immediate', noticeUntilMs: null }
}

/** What was looked up, or, for somebody restricted since then, what it would be about nobody. */
function resultsOf({ lookUp, question }: QuestionIntent, { decision, known }: Verdict): Results {
  if (decision.outcome === 'deny' || lookUp.state !== 'done') return []
  return decision.conceal ? concealedResults(question.elements, known.agreement) : lookUp.results
}

function recordOf(intent: QuestionIntent, verdict: Verdict, organisation: string): UnchainedRecord {
  const { question } = intent
  const { decision, known, notice, s } = verdict
  const permitted = decision.outcome === 'permit'
  return {
    kind: permitted ? 'person.answered' : 'person.denied',
    exchangeId: question.exchangeId,
    consumer: intent.consumer,
    provider: organisation,
    agreement: { id: known.agreement.id, version: known.agreement.version, digest: known.digest },
    purpose: question.purpose,
    legalBasis: question.legalBasis,
    elements: question.elements,
    outcome: decision.outcome,
    code: permitted ? null : decision.code,
    cap: permitted ? null : (decision.cap ?? null),
    official: question.official.pseudonym,
    case: encodeBase64(caseDigest(s, question.case.reference)),
    consent: intent.consent?.digest ?? null,
    ...notice,
    questionDigest: intent.questionDigest,
    resultDigest: permitted ? encodeBase64(resultDigest(s, resultsOf(intent, verdict))) : null,
    peer: intent.askedCommitment ?? null,
  }
}

async function buildBody(
  intent: QuestionIntent,
  verdict: Verdict,
  entry: PreparedEntry,
  proofs: CommittedProofs,
): Promise<Uint8Array> {
  const proof = {
    exchangeId: intent.question.exchangeId,
    leaf: encodeBase64(entry.leaf),
    opening: {
      r: encodeBase64(entry.r),
      s: encodeBase64(verdict.s),
      record: decodeUtf8(entry.recordBytes),
    },
    inclusion: await proofs.inclusion(entry.index),
    consistency: await proofs.consistencyFrom(checkpointSize(intent.question.lastSeenCheckpoint)),
  }
  const { decision, known } = verdict
  if (decision.outcome === 'deny') return denialBody(decision, proof)
  const results = resultsOf(intent, verdict)
  const { obligations } = decision
  return answerBody({ results, obligations, agreement: known.agreement }, proof)
}

const endedCodes: ReadonlySet<string> = new Set<DecisionCode>([
  'AGREEMENT_NOT_ACTIVE',
  'TIME_LOCKED',
  'AGREEMENT_EXPIRED',
  'AGREEMENT_SUSPENDED',
])

/** Whether a kept answer may still go out: its case was checked when it was new, its agreement is checked now. */
function stillStands(decision: Decision): boolean {
  return decision.outcome === 'permit' || !endedCodes.has(decision.code)
}

/**
 * Whether this outcome is the exchange's one outcome. A signature from another time says nothing about
 * the question, which may still be signed rightly.
 */
function claimsExchange({ exchange, decision }: Verdict): boolean {
  const isSkewed = decision.outcome === 'deny' && decision.code === 'CLOCK_SKEW'
  return exchange === 'new' && !isSkewed
}

function handleFor({ notice }: UnchainedRecord, intent: QuestionIntent): string {
  if (notice !== 'withheld') return intent.axes.subjectHandle
  const { withheldHandle } = intent
  if (withheldHandle === undefined)
    throw new TypeError('a question whose notice may be withheld needs its handle')
  return withheldHandle
}

/** A denial compares nothing with anything: it spends no try, and puts no threshold. */
function chargedAxes({ axes }: QuestionIntent, { outcome }: Decision): CapAxes {
  return outcome === 'permit' ? axes : { ...axes, bounds: [], locating: false }
}

async function saveTrace(
  tx: ExchangeTransaction,
  { trace }: QuestionIntent,
  { origin, index }: PreparedEntry,
  atMs: number,
): Promise<void> {
  if (trace !== undefined) await tx.saveTrace({ ...trace, place: { origin, index }, atMs })
}

/** Writes the entry of an answer or a denial, its charge and, for a new exchange, the kept answer. */
async function prepareOutcome(
  tx: ExchangeTransaction,
  intent: QuestionIntent,
  verdict: Verdict,
  { batch, deps }: { readonly batch: BatchContext; readonly deps: PersonCommitDeps },
): Promise<Preparation<QuestionCommitted>> {
  const { decision, s } = verdict
  const nowMs = batch.timeMs
  const record = recordOf(intent, verdict, deps.organisation)
  const subjectHandle = handleFor(record, intent)
  const marks = marksOf(intent.bystander)
  const entry = await addChainedEntry(tx, batch, { record, subjectHandle, s, marks }, deps)
  const status = decision.outcome === 'permit' ? 200 : denialStatus(decision.code)
  await noteSafeguards(tx, { intent, verdict, entry }, { batch, deps })
  const claims = claimsExchange(verdict)
  if (claims) {
    await saveTrace(tx, intent, entry, nowMs)
    if (decision.outcome === 'permit' || chargesCap(decision.code)) {
      const counted = intent.facts.subjectIdentifier === 'valid' ? 'all' : 'official'
      await tx.charge(chargedAxes(intent, decision), nowMs, counted)
    }
    if (decision.outcome === 'permit' && intent.consent !== undefined)
      await tx.spendConsent(intent.consent.digest, intent.consent.expiresAtMs)
    const { exchangeId } = intent.question
    const { consumer, questionDigest } = intent
    await tx.saveExchange({
      consumer,
      exchangeId,
      questionDigest,
      place: { origin: entry.origin, index: entry.index },
      status,
      createdAtMs: nowMs,
    })
  }
  return {
    async complete(proofs) {
      const body = await buildBody(intent, verdict, entry, proofs)
      if (claims) await keepAnswer(tx, { intent, body, nowMs }, deps)
      return { type: 'question', status, body, redelivered: false }
    },
  }
}

/**
 * Decides a verified question again on live counters and standings, and prepares its one outcome:
 * the entry, the charge, the nonce and the answer to keep, all in the writer's transaction. A retry
 * of a kept exchange gets the same bytes without an entry, as long as its agreement still stands.
 */
export async function prepareQuestion(
  tx: ExchangeTransaction,
  asked: QuestionIntent,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<QuestionCommitted>> {
  const known = findAgreement(deps.agreements, asked.question)
  if (known === undefined)
    throw new TypeError('a question without its agreement must not reach the commit')
  const { state: exchange, stored } = await exchangeState(tx, asked, batch)
  if (exchange === 'noise') return prepareNoise('REPLAYED')
  const intent = await heldAgainstLog(tx, asked, { batch, deps })
  // Bytes that were recorded on the way and come again later must not fetch the kept answer.
  const mayFetch = exchange === 'redelivery' && intent.facts.clock === 'in-window'
  if (mayFetch && stored?.status !== 200) return prepareRedelivery(tx, intent, deps)
  const live = { known, exchange, nowMs: batch.timeMs }
  const { decision, notice } = await decideLive(tx, intent, live, deps)
  if (mayFetch && stillStands(decision)) return prepareRedelivery(tx, intent, deps)
  if (decision.outcome === 'deny' && !(await mayDeny(tx, intent, { batch, deps })))
    return prepareNoise('QUOTA_EXCEEDED')
  const verdict = { decision, exchange, known, notice, s: deps.randomness.bytes(32) }
  return prepareOutcome(tx, intent, verdict, { batch, deps })
}
