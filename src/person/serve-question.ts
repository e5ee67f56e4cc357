import { type AboutPersons, isAboutPersons } from '../agreement/index.ts'
import { canonicalBytes, encodeBase64 } from '../bytes/index.ts'
import {
  organisationOfKeyId,
  parsePersonQuestion,
  type PersonQuestion,
  type ProblemCode,
  problemOf,
  ProtocolError,
  type SignatureVerdict,
  type SignedRequest,
  type SignedResponse,
  signResponse,
  verifyRequest,
} from '../protocol/index.ts'
import { answerQuestion } from './answer-question.ts'
import { establishFacts } from './establish-facts.ts'
import type { KnownConsumer, ProviderDeps } from './provider-deps.ts'
import { findAgreement, type KnownAgreement } from './question-facts.ts'
import type { QuestionIntent } from './writer.ts'

/** Where gateways ask each other about one person. */
export const personQuestionPath = '/v1/person-questions'

const nonceGraceMs = 65_000

/** A question whose form, sender and agreement are good: from here on every outcome is an entry. */
interface Admitted {
  readonly question: PersonQuestion
  readonly consumer: KnownConsumer
  readonly known: KnownAgreement
  readonly agreement: AboutPersons
  readonly nonce: QuestionIntent['nonce']
  readonly clock: 'in-window' | 'skewed'
}

function isRefusal(value: Admitted | ProblemCode): value is ProblemCode {
  return typeof value === 'string'
}

function readQuestion(body: Uint8Array): PersonQuestion | ProblemCode {
  try {
    return parsePersonQuestion(body)
  } catch (cause) {
    if (cause instanceof ProtocolError)
      return cause.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'MALFORMED'
    throw cause
  }
}

function consumerOf(keyId: string, deps: ProviderDeps): KnownConsumer | undefined {
  const organisation = organisationOfKeyId(keyId)
  return organisation === undefined ? undefined : deps.consumers.get(organisation)
}

/** How far from the signature's window a question may lie for its refusal to be an entry. */
const skewWithEntryMs = 300_000

function isLongPast({ createdAtMs }: PersonQuestion, nowMs: number): boolean {
  return Math.abs(nowMs - createdAtMs) > skewWithEntryMs
}

/** The nonce to spend. A skewed signature spends one of its own: it can be refused as often as it comes. */
function nonceOf(
  verdict: SignatureVerdict,
  keyId: string,
  deps: ProviderDeps,
): QuestionIntent['nonce'] {
  const value = verdict.ok ? verdict.nonce : deps.randomness.bytes(16)
  const until = verdict.ok ? verdict.expiresAtMs : deps.clock.now()
  return { keyId, value: encodeBase64(value), expiresAtMs: until + nonceGraceMs }
}

/** The agreement that the question names, if it is between its sender and this organisation. */
function termsOf(
  question: PersonQuestion,
  consumer: KnownConsumer,
  deps: ProviderDeps,
): Pick<Admitted, 'known' | 'agreement'> | undefined {
  const known = findAgreement(deps.agreements, question)
  const agreement = known?.agreement
  if (known === undefined || agreement === undefined || !isAboutPersons(agreement)) return undefined
  const isBetween =
    agreement.consumer.valueOf() === consumer.id &&
    agreement.provider.valueOf() === deps.organisation
  return isBetween ? { known, agreement } : undefined
}

/** Verifies signature, form, sender and agreement, in this order; refuses as noise what is not good. */
function admit(request: SignedRequest, deps: ProviderDeps): Admitted | ProblemCode {
  const verdict = verifyRequest(request, {
    keyOf: (keyId) => consumerOf(keyId, deps)?.gatewayKeys.get(keyId),
    nowMs: deps.clock.now(),
    ed25519: deps.ed25519,
  })
  if (!verdict.ok && verdict.code !== 'CLOCK_SKEW') return verdict.code
  const consumer = consumerOf(verdict.keyId, deps)
  if (consumer === undefined) return 'PEER_UNKNOWN'
  if (deps.mayAsk?.(consumer.id) === false) return 'RATE_LIMITED'
  const question = readQuestion(request.body)
  if (typeof question === 'string') return question
  const terms = termsOf(question, consumer, deps)
  if (terms === undefined) return 'AGREEMENT_UNKNOWN'
  // Near the window it is a clock to be set right, and an entry; far from it, a recording that
  // anybody could play for ever.
  if (!verdict.ok && isLongPast(question, deps.clock.now())) return 'CLOCK_SKEW'
  const nonce = nonceOf(verdict, verdict.keyId, deps)
  return { ...terms, question, consumer, nonce, clock: verdict.ok ? 'in-window' : 'skewed' }
}

function signed(
  reply: { readonly status: number; readonly contentType: string; readonly body: Uint8Array },
  request: SignedRequest,
  deps: ProviderDeps,
): SignedResponse {
  const headers = signResponse(reply, request, {
    key: deps.key,
    createdAtMs: deps.clock.now(),
    nonce: deps.randomness.bytes(16),
    ed25519: deps.ed25519,
  })
  return { status: reply.status, headers, body: reply.body }
}

/** A problem without an entry. Unsigned when the request has nothing that a signature could cover. */
function refuse(code: ProblemCode, request: SignedRequest, deps: ProviderDeps): SignedResponse {
  const problem = problemOf(code)
  const body = canonicalBytes({ ...problem })
  const reply = { status: problem.status, contentType: 'application/problem+json', body }
  try {
    return signed(reply, request, deps)
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    return { status: reply.status, headers: { 'content-type': reply.contentType }, body }
  }
}

function refuseUnavailable(request: SignedRequest, deps: ProviderDeps): SignedResponse {
  deps.countNoise('LOG_UNAVAILABLE')
  return refuse('LOG_UNAVAILABLE', request, deps)
}

function refuseRevoked(request: SignedRequest, deps: ProviderDeps): SignedResponse {
  deps.countNoise('PEER_UNKNOWN')
  return refuse('PEER_UNKNOWN', request, deps)
}

/**
 * Serves `POST /v1/person-questions`: verify → decide → look up → one durable commit → answer. What
 * cannot be attributed to a known consumer and agreement is counted and refused; everything else is
 * an entry before its first byte leaves. When the commit fails, nothing of the look-up is kept and
 * `LOG_UNAVAILABLE` goes out. Never rejects.
 */
export async function serveQuestion(
  request: SignedRequest,
  deps: ProviderDeps,
): Promise<SignedResponse> {
  const admitted = admit(request, deps)
  if (isRefusal(admitted)) {
    deps.countNoise(admitted)
    return refuse(admitted, request, deps)
  }
  if (deps.mayAnswer?.() === false) return refuseUnavailable(request, deps)
  try {
    const established = await establishFacts(admitted.question, admitted, deps)
    const committed = await answerQuestion(established, admitted, deps)
    if (committed.noise !== undefined) deps.countNoise(committed.noise)
    // Revoked while the question was under way: what was found out goes to nobody.
    if (deps.isKeyCurrent?.(admitted.nonce.keyId) === false) return refuseRevoked(request, deps)
    const contentType = committed.status === 200 ? 'application/json' : 'application/problem+json'
    return signed({ status: committed.status, contentType, body: committed.body }, request, deps)
  } catch {
    return refuseUnavailable(request, deps)
  }
}
