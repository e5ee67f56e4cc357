import type { PersonAgreement } from '../../agreement/index.ts'
import { canonicalBytes, decodeBase64, decodeUtf8, encodeBase64 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { type ExchangeRecord, makeEntry } from '../../log/index.ts'
import { type KnownAgreement, type KnownProvider, personQuestionPath } from '../../person/index.ts'
import type { Clock, Randomness } from '../../ports/index.ts'
import {
  type AskedReceipt,
  caseDigest,
  makeExchangeId,
  type QuestionCore,
  questionDigest,
  signRequest,
} from '../../protocol/index.ts'
import { benchElement } from '../fixture/bench-agreement.ts'
import { benchSubject } from '../fixture/bench-people.ts'
import type { BenchTrust } from '../fixture/bench-trust.ts'
import { benchCaseToken } from '../fixture/case-token.ts'
import { checkResponse } from './check-response.ts'
import { type ConsumerLog, consumerLog } from './consumer-log.ts'
import { postBytes } from './http-request.ts'
import { benchProvider, readBenchAgreement } from './known-parties.ts'
import type { PreparedRequest, RequestMaker } from './prepared-request.ts'

/** What making questions needs from outside. */
export interface QuestionMakerDeps {
  readonly clock: Clock
  readonly randomness: Randomness
  readonly ed25519: Ed25519
}

/** One answer in so many is checked in full. */
export const checkedEvery = 20
/** Distance between the subjects of consecutive questions, prime, so that all of them come up. */
const subjectStep = 7919
/** Questions in one case; a case may have six subjects. */
const questionsPerCase = 4

class QuestionMaker implements RequestMaker {
  readonly #trust: BenchTrust
  readonly #deps: QuestionMakerDeps
  readonly #provider: KnownProvider
  readonly #known: KnownAgreement
  readonly #agreement: PersonAgreement
  readonly #log: ConsumerLog
  readonly #seeds: { readonly gateway: Uint8Array; readonly cases: Uint8Array }
  #made = 0
  /** The newest checkpoint that a checked answer proved. */
  #lastSeen: { readonly checkpoint: string; readonly size: number } | undefined

  constructor(trust: BenchTrust, deps: QuestionMakerDeps) {
    const { consumer } = trust
    const { known, agreement } = readBenchAgreement(trust)
    this.#trust = trust
    this.#deps = deps
    this.#provider = benchProvider(trust)
    this.#known = known
    this.#agreement = agreement
    this.#log = consumerLog(consumer.origin, decodeBase64(consumer.logSeed), deps.ed25519)
    this.#seeds = {
      gateway: decodeBase64(consumer.gatewaySeed),
      cases: decodeBase64(consumer.caseSeed),
    }
  }

  async make(count: number): Promise<readonly PreparedRequest[]> {
    const requests: PreparedRequest[] = []
    for (let left = count; left > 0; left -= 1) requests.push(await this.#makeOne())
    return requests
  }

  async #makeOne(): Promise<PreparedRequest> {
    const core = this.#core(this.#made)
    const checked = this.#made % checkedEvery === 0
    this.#made += 1
    const { receipt, commitment } = await this.#ask(core)
    const lastSeenCheckpoint = this.#lastSeen?.checkpoint ?? null
    const body = canonicalBytes({ ...core, askedReceipt: receipt, lastSeenCheckpoint })
    const { clock, randomness, ed25519 } = this.#deps
    const target = { authority: this.#provider.authority, path: personQuestionPath }
    const headers = signRequest(
      { ...target, method: 'POST', contentType: 'application/json', body },
      {
        key: { keyId: this.#trust.consumer.gatewayKeyId, seed: this.#seeds.gateway },
        createdAtMs: clock.now(),
        ttlSeconds: 120,
        nonce: randomness.bytes(16),
        ed25519,
      },
    )
    const check = this.#checkOf(headers, core, { commitment, lastSeenCheckpoint })
    return { bytes: postBytes(target, headers, body), check: checked ? check : undefined }
  }

  #core(number: number): QuestionCore {
    const { clock, randomness, ed25519 } = this.#deps
    const { officials } = this.#trust.consumer
    const official = officials[number % officials.length] ?? ''
    const place = (number * subjectStep) % this.#trust.people
    const subject = { scheme: 'demo-nin', value: benchSubject(place) }
    const reference = `RENT-${Math.floor(number / questionsPerCase)}`
    const { id, version, purpose, legalBasis } = this.#agreement
    const nowMs = clock.now()
    const token = benchCaseToken(
      { provider: this.#trust.provider.id, reference, subject, official, purpose },
      { seed: this.#seeds.cases, nowMs, ed25519 },
    )
    return {
      v: 1,
      exchangeId: makeExchangeId(randomness.bytes(16)),
      agreement: id,
      version,
      purpose,
      legalBasis: legalBasis[0] ?? '',
      elements: [benchElement],
      subject,
      case: { reference, token },
      official: { pseudonym: official, authTimeMs: nowMs - 60_000 },
      createdAtMs: nowMs,
    }
  }

  /** Logs "asked" and returns its receipt. */
  async #ask(
    core: QuestionCore,
  ): Promise<{ readonly receipt: AskedReceipt; readonly commitment: string }> {
    const { randomness } = this.#deps
    const record = this.#askedRecord(core)
    const entry = makeEntry(record, randomness.bytes(32))
    const receipt = {
      r: encodeBase64(entry.r),
      record: decodeUtf8(entry.recordBytes),
      proof: await this.#log.append(entry.leaf),
    }
    return { receipt, commitment: encodeBase64(entry.commitment) }
  }

  #askedRecord(core: QuestionCore): ExchangeRecord {
    const { randomness } = this.#deps
    const { id, version } = this.#agreement
    return {
      v: 1,
      class: 'exchange',
      kind: 'person.asked',
      timeMs: core.createdAtMs,
      exchangeId: core.exchangeId,
      consumer: this.#trust.consumer.id,
      provider: this.#trust.provider.id,
      agreement: { id, version, digest: this.#known.digest },
      purpose: core.purpose,
      legalBasis: core.legalBasis,
      elements: core.elements,
      outcome: null,
      code: null,
      cap: null,
      official: core.official.pseudonym,
      case: encodeBase64(caseDigest(randomness.bytes(32), core.case.reference)),
      consent: null,
      notice: 'immediate',
      noticeUntilMs: null,
      questionDigest: encodeBase64(questionDigest(core)),
      resultDigest: null,
      peer: null,
      chain: encodeBase64(randomness.bytes(32)),
    }
  }

  #checkOf(
    headers: Readonly<Record<string, string>>,
    core: QuestionCore,
    asked: { readonly commitment: string; readonly lastSeenCheckpoint: string | null },
  ): PreparedRequest['check'] {
    const { ed25519 } = this.#deps
    const expected = {
      core,
      consumer: this.#trust.consumer.id,
      provider: this.#provider,
      known: this.#known,
      askedCommitment: asked.commitment,
      lastSeenCheckpoint: asked.lastSeenCheckpoint,
      nowMs: core.createdAtMs,
      ed25519,
    }
    return (response) => {
      const verdict = checkResponse(response, { headers, expected }, ed25519)
      if (!verdict.ok) return verdict.code
      if (verdict.size > (this.#lastSeen?.size ?? 0)) this.#lastSeen = verdict
      return undefined
    }
  }
}

/**
 * Makes signed questions as the consumer: each about another subject, under a case token and with a
 * receipt of its own, all valid for the minute after they were made. Every twentieth answer is
 * checked in full; the newest checkpoint so proven is sent as last seen from then on.
 */
export function questionMaker(trust: BenchTrust, deps: QuestionMakerDeps): RequestMaker {
  return new QuestionMaker(trust, deps)
}
