import type { PersonAgreement } from '../agreement/index.ts'
import { canonicalBytes, decodeUtf8, encodeBase64 } from '../bytes/index.ts'
import type { Clock } from '../ports/index.ts'
import {
  consentDigest,
  type ConsentAnswer,
  type ConsentRequest,
  type ConsentState,
  type ProblemCode,
  signConsentToken,
} from '../protocol/index.ts'
import type { ConsentDesk, PersonIdentifier, ShownConsent } from '../web/index.ts'
import { consentLogInMs } from '../web/index.ts'
import type { ConsentRecords } from './consent-records.ts'
import { type IssuerTerms, judgeRequest } from './judge-request.ts'

/** How long a person may take to decide. */
export const decisionMs: number = 24 * 3_600_000
/** The longest life of a consent, and how long after the log-in it ends at the latest, seconds. */
const lifeSeconds = 600
const longestAfterLogIn = 900
/** Requests of one consumer about one person in {@link decisionMs}. */
const requestsPerPerson = 5
/** Most requests that are held at once. */
const mostHeld = 20_000

interface Held {
  readonly consumer: string
  readonly request: ConsentRequest
  readonly agreement: PersonAgreement
  /** The canonical request: another one under the same id is a conflict. */
  readonly form: string
  readonly askedAtMs: number
  /** `deciding` until the record is on disk; to everybody else that is still waiting. */
  decision: 'none' | 'deciding' | 'given' | 'declined'
  token: { readonly text: string; readonly expiresAtMs: number } | undefined
}

/** What the book works with. */
export interface ConsentBookDeps {
  readonly terms: IssuerTerms
  readonly records: ConsentRecords
  readonly clock: Clock
}

function isSubject({ request }: Held, { scheme, value }: PersonIdentifier): boolean {
  return request.subject.scheme === scheme && request.subject.value === value
}

/**
 * The requests for consent that an issuer holds, in memory: what is lost at a restart is asked for again by
 * the consumer, except what was decided, which the records keep.
 */
export class ConsentBook implements ConsentDesk {
  readonly #held = new Map<string, Held>()
  readonly #deps: ConsentBookDeps

  constructor(deps: ConsentBookDeps) {
    this.#deps = deps
  }

  /** Takes a request of a consumer that has proved who it is, or tells the state of the same one. */
  submit(request: ConsentRequest, consumer: string): ConsentAnswer | ProblemCode {
    const nowMs = this.#deps.clock.now()
    this.#forget(nowMs)
    const agreement = judgeRequest(request, consumer, { ...this.#deps.terms, nowMs })
    if (typeof agreement === 'string') return agreement
    const { exchangeId } = request
    const form = `${consumer} ${decodeUtf8(canonicalBytes({ ...request }))}`
    const held = this.#held.get(exchangeId)
    if (held !== undefined) return held.form === form ? this.#answer(held) : 'EXCHANGE_CONFLICT'
    const decidedFor = this.#deps.records.decided.get(exchangeId)
    if (decidedFor !== undefined) {
      if (decidedFor !== consumer) return 'EXCHANGE_CONFLICT'
      return { v: 1, exchangeId, state: 'expired', consent: null }
    }
    if (this.#isTooMany(request, consumer)) return 'RATE_LIMITED'
    const fresh: Held = {
      consumer,
      request,
      agreement,
      form,
      askedAtMs: nowMs,
      decision: 'none',
      token: undefined,
    }
    this.#held.set(exchangeId, fresh)
    return this.#answer(fresh)
  }

  waiting(person: PersonIdentifier): readonly ShownConsent[] {
    return [...this.#held.values()]
      .filter((held) => isSubject(held, person) && this.#stateOf(held) === 'waiting')
      .map((held) => this.#show(held))
      .toReversed()
  }

  find(exchangeId: string, person: PersonIdentifier): ShownConsent | undefined {
    const held = this.#held.get(exchangeId)
    return held !== undefined && isSubject(held, person) ? this.#show(held) : undefined
  }

  /** The decision counts once its record is on disk. Whoever decides twice at once is heard once. */
  async decide(
    exchangeId: string,
    by: { readonly person: PersonIdentifier; readonly authTimeMs: number },
    decision: 'given' | 'declined',
  ): Promise<'done' | 'gone' | 'log-in-too-old'> {
    const held = this.#held.get(exchangeId)
    if (held === undefined || !isSubject(held, by.person)) return 'gone'
    if (held.decision !== 'none' || this.#stateOf(held) !== 'waiting') return 'gone'
    const nowMs = this.#deps.clock.now()
    if (nowMs - by.authTimeMs > consentLogInMs) return 'log-in-too-old'
    held.decision = 'deciding'
    const token = decision === 'given' ? await this.#sign(held, by.authTimeMs, nowMs) : undefined
    const { consumer, agreement } = held
    await this.#deps.records.add({
      atMs: nowMs,
      exchangeId,
      consumer,
      decision,
      agreement: agreement.id,
      version: agreement.version,
      consent: token === undefined ? null : encodeBase64(consentDigest(token.text)),
    })
    held.token = token
    held.decision = decision
    return 'done'
  }

  async #sign(held: Held, authTimeMs: number, nowMs: number): Promise<NonNullable<Held['token']>> {
    const { request, agreement } = held
    const iat = Math.floor(nowMs / 1000)
    const authTime = Math.floor(authTimeMs / 1000)
    const exp = Math.min(iat + lifeSeconds, authTime + longestAfterLogIn)
    const text = await signConsentToken(
      {
        iat,
        exp,
        auth_time: authTime,
        iss: this.#deps.terms.organisation,
        aud: agreement.provider,
        exchangeId: request.exchangeId,
        agreement: request.agreement,
        version: request.version,
        elements: request.elements,
        subject: request.subject,
      },
      this.#deps.terms.seed,
    )
    return { text, expiresAtMs: exp * 1000 }
  }

  #stateOf({ decision, token, askedAtMs }: Held): ConsentState {
    const nowMs = this.#deps.clock.now()
    if (decision === 'declined') return 'declined'
    if (decision !== 'given') return nowMs - askedAtMs < decisionMs ? 'waiting' : 'expired'
    return token !== undefined && nowMs < token.expiresAtMs ? 'given' : 'expired'
  }

  #answer(held: Held): ConsentAnswer {
    const state = this.#stateOf(held)
    const consent = state === 'given' ? (held.token?.text ?? null) : null
    return { v: 1, exchangeId: held.request.exchangeId, state, consent }
  }

  #show(held: Held): ShownConsent {
    const { agreement, request, consumer, askedAtMs } = held
    const elements = agreement.dataElements.filter(({ name }) => request.elements.includes(name))
    return {
      consumer,
      askedAtMs,
      exchangeId: request.exchangeId,
      provider: agreement.provider,
      purpose: agreement.purpose,
      legalBasis: agreement.legalBasis,
      justification: agreement.justification,
      agreement: { id: agreement.id, version: agreement.version },
      facts: elements.map(({ name, predicate }) => ({ name, isYesOrNo: predicate !== null })),
      retentionDays: agreement.retention.days,
      state: this.#stateOf(held),
    }
  }

  #isTooMany({ subject }: ConsentRequest, consumer: string): boolean {
    if (this.#held.size >= mostHeld) return true
    const own = [...this.#held.values()].filter(
      (held) => held.consumer === consumer && isSubject(held, subject),
    )
    return own.length >= requestsPerPerson
  }

  #forget(nowMs: number): void {
    for (const [exchangeId, { askedAtMs }] of this.#held) {
      if (nowMs - askedAtMs <= decisionMs + longestAfterLogIn * 1000) break
      this.#held.delete(exchangeId)
    }
  }
}
