import type { PersonAgreement } from '../agreement/index.ts'
import { canonicalBytes } from '../bytes/index.ts'
import type { HttpClient, HttpResponse } from '../ports/index.ts'
import {
  type ConsentRequest,
  type ConsentState,
  type ExchangeId,
  makeExchangeId,
  parseConsentAnswer,
  parseProblem,
  type ProblemCode,
  ProtocolError,
  signRequest,
} from '../protocol/index.ts'
import type { AskRequest } from './ask-question.ts'
import type { ConsumerDeps } from './consumer-deps.ts'
import { officialPseudonym } from './handles.ts'
import { PersonError } from './person-error.ts'

/** An issuer of consent as a consumer reaches it. */
export interface KnownConsentIssuer {
  readonly organisation: string
  /** Where gateways and persons reach it, without a slash at the end. */
  readonly url: string
  /** Host and port that a request is signed for. */
  readonly authority: string
  readonly http: HttpClient
}

/** The question that consent is wanted for, before it is asked. Personal data. */
export type ConsentWish = Pick<
  AskRequest,
  'agreement' | 'elements' | 'subject' | 'case' | 'official' | 'exchangeId'
>

/** How far the person's consent is, or why the person is not asked for it. */
export type ConsentStanding =
  | {
      readonly state: ConsentState
      readonly exchangeId: ExchangeId
      /** Where the person signs in to decide; the same for everybody. */
      readonly page: string
      /** The token, exactly when it is `given`. */
      readonly consent: string | null
    }
  | { readonly state: 'refused'; readonly code: ProblemCode }

const timeoutMs = 5_000
const largestResponse = 16_384

/** The newest agreement of that name under which this organisation asks about persons. */
function agreementOf({ agreement: id }: ConsentWish, deps: ConsumerDeps): PersonAgreement {
  const own = deps.agreements
    .map(({ agreement }) => agreement)
    .filter((one) => one.kind === 'person')
    .filter((one) => one.id === id && one.consumer.valueOf() === deps.organisation)
    .toSorted((one, other) => other.version - one.version)
  const [newest] = own
  if (newest !== undefined) return newest
  throw new PersonError(
    'AGREEMENT_UNKNOWN',
    'This organisation has no agreement of that name to ask under.',
  )
}

function issuerOf(agreement: PersonAgreement, deps: ConsumerDeps): KnownConsentIssuer {
  const found = deps.consentIssuers?.find(({ organisation }) =>
    agreement.consentIssuers.some((issuer) => issuer.organisation.valueOf() === organisation),
  )
  if (found !== undefined) return found
  throw new PersonError(
    'CONSENT_ISSUER_UNKNOWN',
    'No issuer of consent that the agreement names is configured here.',
  )
}

/** Whoever has no case to ask in has none to trouble the person with either. */
async function caseRefusal(
  wish: ConsentWish,
  { provider, purpose }: PersonAgreement,
  deps: ConsumerDeps,
): Promise<ProblemCode | undefined> {
  const grant = await deps.cases.grant({
    reference: wish.case,
    official: wish.official.id,
    officialPseudonym: officialPseudonym(deps.pseudonymKey, provider, wish.official.id),
    subject: wish.subject,
    purpose,
    provider,
  })
  return grant.state === 'refused' ? grant.code : undefined
}

function unavailable(cause?: unknown): PersonError {
  return new PersonError('CONSENT_UNAVAILABLE', 'The issuer of consent gave no usable reply.', {
    cause,
  })
}

/** Where gateways send requests for consent. */
const path = '/v1/consent-requests'

function send(
  request: ConsentRequest,
  { url, authority, http }: KnownConsentIssuer,
  deps: ConsumerDeps,
): Promise<HttpResponse> {
  const body = canonicalBytes({ ...request })
  const { key, ed25519 } = deps
  const headers = signRequest(
    { method: 'POST', authority, path, contentType: 'application/json', body },
    { key, ed25519, createdAtMs: deps.clock.now(), nonce: deps.randomness.bytes(16) },
  )
  const limits = { timeoutMs, maxResponseBytes: largestResponse }
  return http
    .send({ method: 'POST', url: `${url}${path}`, headers, body, ...limits })
    .catch((cause: unknown) => {
      throw unavailable(cause)
    })
}

function read(
  response: HttpResponse,
  exchangeId: ExchangeId,
  issuer: KnownConsentIssuer,
): ConsentStanding {
  try {
    if (response.status !== 200) return { state: 'refused', code: parseProblem(response.body).code }
    const answer = parseConsentAnswer(response.body)
    if (answer.exchangeId !== exchangeId) throw unavailable()
    const { state, consent } = answer
    return { state, exchangeId, consent, page: `${issuer.url}/` }
  } catch (cause) {
    if (cause instanceof ProtocolError) throw unavailable(cause)
    throw cause
  }
}

/**
 * Asks an issuer of consent, who is independent of this organisation, for the person's consent to one
 * question, or how far it is: the same wish with the `exchangeId` of before. Nothing is kept here, and
 * nothing is asked of the provider. The question goes out with the same `exchangeId` and the token.
 *
 * @throws {@link PersonError} `AGREEMENT_UNKNOWN`, `CONSENT_ISSUER_UNKNOWN`, `CONSENT_UNAVAILABLE`,
 * `CASE_SOURCE_UNAVAILABLE`
 */
export async function obtainConsent(
  wish: ConsentWish,
  deps: ConsumerDeps,
): Promise<ConsentStanding> {
  const agreement = agreementOf(wish, deps)
  const issuer = issuerOf(agreement, deps)
  const code = await caseRefusal(wish, agreement, deps)
  if (code !== undefined) return { state: 'refused', code }
  const exchangeId = wish.exchangeId ?? makeExchangeId(deps.randomness.bytes(16))
  const { id, version } = agreement
  const { elements, subject } = wish
  const request = { v: 1, exchangeId, agreement: id, version, elements, subject } as const
  return read(await send(request, issuer, deps), exchangeId, issuer)
}
