import {
  type AboutPersons,
  decide,
  type Decision,
  decisionRequest,
  evaluateElement,
  type Permit,
} from '../agreement/index.ts'
import { isSendable, type PersonQuestion, type QuestionResult } from '../protocol/index.ts'
import { type Row, RegisterError } from '../register/index.ts'
import { standingNow } from './agreement-standing-now.ts'
import type { EstablishedQuestion } from './establish-facts.ts'
import { keptForMs } from './person-commit-deps.ts'
import type { ProviderDeps } from './provider-deps.ts'
import {
  completeFacts,
  type KnownAgreement,
  type LiveFacts,
  safeguardAxes,
} from './question-facts.ts'
import type { LookUpOutcome, QuestionCommitted, QuestionIntent } from './writer.ts'

async function forecastExchange(
  established: EstablishedQuestion,
  deps: ProviderDeps,
): Promise<LiveFacts['exchange']> {
  const { consumer, question, digest } = established
  const stored = await deps.reader.exchange(consumer, question.exchangeId)
  if (stored === undefined) return 'new'
  if (stored.questionDigest !== digest) return 'conflict'
  const kept = stored.sealedBody !== undefined && deps.clock.now() - stored.createdAtMs <= keptForMs
  return kept ? 'redelivery' : 'answer-expired'
}

async function isSpent(
  { consent }: EstablishedQuestion,
  { reader }: ProviderDeps,
): Promise<boolean> {
  return consent !== undefined && (await reader.isConsentSpent(consent.digest))
}

/** The first decision, before anything is looked up; the commit decides again on live state. */
async function forecast(
  established: EstablishedQuestion,
  known: KnownAgreement,
  deps: ProviderDeps,
): Promise<{ readonly decision: Decision; readonly exchange: LiveFacts['exchange'] }> {
  const { axes, consumer, facts, question } = established
  const nowMs = deps.clock.now()
  const { readTogether = (reads) => reads() } = deps
  const live = await readTogether(async () => ({
    exchange: await forecastExchange(established, deps),
    standing: await standingNow(deps.reader, known, nowMs, deps),
    use: await deps.reader.capUse(axes, nowMs),
    consentSpent: await isSpent(established, deps),
    safeguards: await deps.reader.safeguards(safeguardAxes(established, known), nowMs),
  }))
  const complete = completeFacts(facts, known, { ...live, lookUp: 'not-yet' })
  const request = decisionRequest(question, { consumer, provider: deps.organisation })
  return { decision: decide(request, complete, nowMs), exchange: live.exchange }
}

async function lookUpRows(
  { question }: EstablishedQuestion,
  agreement: AboutPersons,
  deps: ProviderDeps,
): Promise<ReadonlyMap<string, Row | undefined>> {
  const sources = new Map<string, string[]>()
  for (const { name, register, source } of agreement.dataElements) {
    if (!question.elements.includes(name)) continue
    sources.set(register, [...(sources.get(register) ?? []), source])
  }
  const rows = new Map<string, Row | undefined>()
  for (const [register, elements] of sources) {
    const found = deps.registers.get(register)
    if (found === undefined) throw new RegisterError('UNAVAILABLE', 'the register is not connected')
    rows.set(register, await found.register.lookUp(question.subject, elements))
  }
  return rows
}

function suppliedFor(
  name: string,
  { supplied = [] }: EstablishedQuestion['question'],
): { readonly supplied?: string } {
  const one = supplied.find(({ element }) => element === name)
  return one === undefined ? {} : { supplied: one.value }
}

/** Looks one subject up and evaluates what was asked; raw values go no further than this function. */
async function lookUp(
  established: EstablishedQuestion,
  { agreement, permit }: { readonly agreement: AboutPersons; readonly permit: Permit },
  deps: ProviderDeps,
): Promise<LookUpOutcome> {
  try {
    const found = await lookUpRows(established, agreement, deps)
    // A restricted subject looks like an absent one; the look-up is made all the same, for its time.
    const rows: typeof found = permit.conceal ? new Map() : found
    const presence = agreement.presence.mode
    const results: QuestionResult[] = established.question.elements.map((name) => {
      const element = agreement.dataElements.find((one) => one.name === name)
      if (element === undefined) throw new TypeError('a permitted element must be agreed')
      return {
        element: name,
        value: evaluateElement(element, rows.get(element.register), {
          presence,
          ...suppliedFor(name, established.question),
        }),
      }
    })
    // What the wire cannot carry is no answer; found out here, it costs no entry that says "answered".
    return results.every(isSendable) ? { state: 'done', results } : { state: 'unavailable' }
  } catch (cause) {
    if (cause instanceof TypeError) throw cause
    return { state: 'unavailable' }
  }
}

/**
 * With hidden presence what was looked up goes on at its release slot and at no other time: the timer runs
 * from before the look-up, so that neither commit nor answer can tell how long that took. What is not there
 * by then is not used; its refusal leaves at a later slot.
 */
async function lookUpInSlot(
  established: EstablishedQuestion,
  terms: { readonly agreement: AboutPersons; readonly permit: Permit },
  deps: ProviderDeps,
): Promise<LookUpOutcome> {
  const { presence } = terms.permit
  if (presence.mode === 'revealed') return lookUp(established, terms, deps)
  const { releaseDelayMs } = presence
  const startedAtMs = deps.clock.now()
  const slot = deps.timers.sleep(releaseDelayMs)
  const outcome = await lookUp(established, terms, deps)
  const elapsed = deps.clock.now() - startedAtMs
  await slot
  if (elapsed <= releaseDelayMs) return outcome
  await deps.timers.sleep(releaseDelayMs - (elapsed % releaseDelayMs))
  return { state: 'unavailable' }
}

async function outcomeOf(
  established: EstablishedQuestion,
  { known, agreement }: { readonly known: KnownAgreement; readonly agreement: AboutPersons },
  deps: ProviderDeps,
): Promise<LookUpOutcome> {
  const { decision, exchange } = await forecast(established, known, deps)
  if (exchange === 'redelivery') return { state: 'kept' }
  if (decision.outcome === 'deny') return { state: 'not-made', denial: decision }
  return lookUpInSlot(established, { agreement, permit: decision }, deps)
}

/** What was verified and is cited by its commitment does not go on to the commit. */
function withoutReceipt({ askedReceipt: _verified, ...question }: PersonQuestion): PersonQuestion {
  return question
}

/**
 * Answers one established question: decide, look up one subject, one durable commit that decides
 * again. Resolves with the body only once its entry is on disk; rejects when it is not, and then
 * nothing of the look-up is kept.
 */
export async function answerQuestion(
  established: EstablishedQuestion,
  terms: {
    readonly known: KnownAgreement
    readonly agreement: AboutPersons
    readonly nonce: QuestionIntent['nonce']
  },
  deps: ProviderDeps,
): Promise<QuestionCommitted> {
  const outcome = await outcomeOf(established, terms, deps)
  const committed = await deps.writer.commit({
    type: 'question',
    question: withoutReceipt(established.question),
    consumer: established.consumer,
    questionDigest: established.digest,
    nonce: terms.nonce,
    facts: established.facts,
    axes: established.axes,
    consent: established.consent,
    askedCommitment: established.askedCommitment,
    consumerHead: established.consumerHead,
    withheldHandle: established.withheldHandle,
    trace: established.trace,
    bystander: established.bystander,
    lookUp: outcome,
  })
  if (committed.type !== 'question') throw new TypeError('the writer answered another intent')
  return committed
}
