import { canonicalBytes } from '../bytes/index.ts'
import type { HttpResponse } from '../ports/index.ts'
import {
  type AskedReceipt,
  parsePersonAnswer,
  parsePersonDenial,
  parseProblem,
  type PersonAnswer,
  type PersonDenial,
  type Problem,
  ProtocolError,
  type QuestionCore,
  signRequest,
  verifyResponse,
} from '../protocol/index.ts'
import type { AskOutcome } from './ask-outcome.ts'
import { receiveOutcome } from './receive-outcome.ts'
import type { ConsumerDeps, KnownProvider } from './consumer-deps.ts'
import { PersonError } from './person-error.ts'
import type { KnownAgreement } from './question-facts.ts'
import { personQuestionPath } from './serve-question.ts'

/** A question whose "asked" is durable, ready to be sent as often as needed. */
export interface AskedQuestionParts {
  readonly core: QuestionCore
  readonly known: KnownAgreement
  readonly provider: KnownProvider
  readonly askedIndex: number
  /** Base64. */
  readonly askedCommitment: string
  readonly receipt: AskedReceipt
  readonly lastSeenCheckpoint: string | null
}

/** What a provider's signed response said. */
export type ProviderReply =
  | { readonly kind: 'outcome'; readonly outcome: PersonAnswer | PersonDenial }
  | { readonly kind: 'problem'; readonly problem: Problem }

const timeoutMs = 5_000
/** No attempt begins later than this after the first, so that the caller hears in time. */
const deadlineMs = 20_000
const largestResponse = 262_144
/** Pauses between attempts, milliseconds; together under the 30 s in which a question is settled. */
const pausesMs: readonly number[] = [100, 300, 1_000, 3_000]
/**
 * Problems that say "not now": the same question may be sent again. A replay without an entry is one that
 * somebody on the way played twice.
 */
const passing: ReadonlySet<string> = new Set(['LOG_UNAVAILABLE', 'INTERNAL', 'REPLAYED'])

function questionBody(asked: AskedQuestionParts): Uint8Array {
  const { core, receipt, lastSeenCheckpoint } = asked
  return canonicalBytes({ ...core, askedReceipt: receipt, lastSeenCheckpoint })
}

function readReply(response: HttpResponse): ProviderReply | undefined {
  try {
    if (response.status === 200)
      return { kind: 'outcome', outcome: parsePersonAnswer(response.body) }
    return { kind: 'outcome', outcome: parsePersonDenial(response.body) }
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
  }
  try {
    return { kind: 'problem', problem: parseProblem(response.body) }
  } catch (cause) {
    if (cause instanceof ProtocolError) return undefined
    throw cause
  }
}

/** Sends once, freshly signed. Whatever the provider has not signed for this request counts as no reply. */
async function sendOnce(
  body: Uint8Array,
  provider: KnownProvider,
  deps: ConsumerDeps,
): Promise<ProviderReply | undefined> {
  const target = {
    method: 'POST' as const,
    authority: provider.authority,
    path: personQuestionPath,
  }
  const { key, ed25519 } = deps
  const nonce = deps.randomness.bytes(16)
  const createdAtMs = deps.clock.now()
  const headers = signRequest(
    { ...target, contentType: 'application/json', body },
    { key, createdAtMs, nonce, ed25519 },
  )
  const url = `${provider.url}${personQuestionPath}`
  const response = await deps.http
    .send({ method: 'POST', url, headers, body, timeoutMs, maxResponseBytes: largestResponse })
    .catch(() => undefined)
  if (response === undefined) return undefined
  const verdict = verifyResponse(
    response,
    { ...target, headers },
    {
      keyOf: (keyId) => provider.gatewayKeys.get(keyId),
      nowMs: deps.clock.now(),
      ed25519,
    },
  )
  return verdict.ok ? readReply(response) : undefined
}

function isFinal(reply: ProviderReply | undefined): reply is ProviderReply {
  if (reply === undefined) return false
  return reply.kind === 'outcome' || !passing.has(reply.problem.code)
}

/**
 * Sends a question until the provider has signed an outcome for it, checks that outcome and writes
 * "received". Every attempt has the same body and a fresh signature; after the last one the question
 * stays "asked".
 *
 * @throws {@link PersonError} `PEER_UNAVAILABLE`, `ANSWER_REFUSED`
 */
export async function deliverQuestion(
  asked: AskedQuestionParts,
  deps: ConsumerDeps,
  attempts: 'several' | 'one' = 'several',
): Promise<AskOutcome> {
  const body = questionBody(asked)
  const startedAtMs = deps.clock.now()
  for (const pauseMs of attempts === 'one' ? [undefined] : [...pausesMs, undefined]) {
    const reply = await sendOnce(body, asked.provider, deps)
    if (isFinal(reply)) return receiveOutcome(asked, reply, deps)
    if (pauseMs === undefined || deps.clock.now() - startedAtMs > deadlineMs) break
    await deps.timers.sleep(pauseMs)
  }
  throw new PersonError(
    'PEER_UNAVAILABLE',
    'The provider gave no valid reply; the question stays asked and is sent again.',
  )
}
