import { type AboutPersons, agreementDigest } from '../../agreement/index.ts'
import { type ConsumerLog, consumerLog } from '../../bench/index.ts'
import { canonicalBytes, decodeUtf8, encodeBase64 } from '../../bytes/index.ts'
import { type ExchangeRecord, makeEntry } from '../../log/index.ts'
import { personQuestionPath } from '../../person/index.ts'
import { bestEd25519, systemClock, systemRandomness } from '../../platform/index.ts'
import {
  type AskedReceipt,
  caseDigest,
  type CaseTokenClaims,
  type ExchangeId,
  makeExchangeId,
  type QuestionCore,
  questionDigest,
  signCaseToken,
  signRequest,
  type SubjectReference,
  type SuppliedValue,
} from '../../protocol/index.ts'
import type { FoundedProvider } from './found-provider.ts'
import { redCaseIssuer, redPurpose, type RedAgreementId } from './red-agreements.ts'
import { redConsumerOrigin, redKeyId, type RedSecrets } from './red-consumer.ts'
import { redSubject } from './red-people.ts'
import { type RedReply, readReply } from './red-reply.ts'
import { sendOnce, type WireRequest } from './wire.ts'

/** A case that the consumer's case system has open: its official, and whom it is about. */
export interface RedCase {
  readonly reference: string
  readonly official: string
  /** Which made-up person. */
  readonly place: number
}

/** What a question says that an honest one about the case would not. */
export interface QuestionWish {
  readonly agreement?: RedAgreementId
  readonly elements?: readonly string[]
  readonly subject?: SubjectReference
  readonly official?: string
  readonly purpose?: string
  readonly legalBasis?: string
  readonly authTimeMs?: number
  readonly createdAtMs?: number
  readonly exchangeId?: ExchangeId
  readonly supplied?: readonly SuppliedValue[]
  /** A second official, in an emergency. */
  readonly confirmation?: QuestionCore['official']
  /** What the case source's token says otherwise. */
  readonly claims?: Partial<CaseTokenClaims>
  /** Signs the case token in place of the case source. */
  readonly tokenSeed?: Uint8Array
  /** In place of a token. */
  readonly token?: string
  readonly reference?: string
}

/** How a body is sent otherwise than an honest gateway does. */
export interface Delivery {
  readonly seed?: Uint8Array
  readonly keyId?: string
  readonly nonce?: Uint8Array
  readonly signedAtMs?: number
  /** What the signature covers as authority; where it is sent unless told. */
  readonly authority?: string
}

const ed25519 = bestEd25519()

/**
 * Somebody inside the consumer with all that its gateway has: gateway key and log key, and the case tokens that
 * the case source gives out. Keeps the consumer's log in memory: one history, whatever is asked.
 */
export class Insider {
  readonly secrets: RedSecrets
  readonly #log: ConsumerLog

  constructor(secrets: RedSecrets) {
    this.secrets = secrets
    this.#log = consumerLog(redConsumerOrigin, secrets.log, ed25519)
  }

  /** A question about the case, honest but for the wish. */
  async draft(at: FoundedProvider, own: RedCase, wish: QuestionWish = {}): Promise<QuestionCore> {
    const { agreement: id, claims: _claims, tokenSeed: _seed, ...rest } = wish
    const { token = await this.#token(at, own, wish), official = own.official, ...said } = rest
    const agreement = agreementOf(at, id)
    const nowMs = systemClock.now()
    const { reference = own.reference, authTimeMs = nowMs - 5_000, ...members } = said
    return {
      v: 1,
      exchangeId: makeExchangeId(systemRandomness.bytes(16)),
      agreement: agreement.id,
      version: agreement.version,
      purpose: agreement.purpose,
      legalBasis: agreement.legalBasis[0] ?? '',
      elements: [agreement.dataElements[0]?.name ?? ''],
      subject: { scheme: 'demo-nin', value: redSubject(own.place) },
      case: { reference, token },
      official: { pseudonym: official, authTimeMs },
      createdAtMs: nowMs,
      ...members,
    }
  }

  /** Logs "asked" in the consumer's log, and returns the receipt. */
  async log(at: FoundedProvider, core: QuestionCore): Promise<AskedReceipt> {
    const entry = makeEntry(askedRecord(at, core), systemRandomness.bytes(32))
    return {
      r: encodeBase64(entry.r),
      record: decodeUtf8(entry.recordBytes),
      proof: await this.#log.append(entry.leaf),
    }
  }

  /** The body of a logged question. */
  async body(at: FoundedProvider, core: QuestionCore): Promise<Uint8Array> {
    return bodyOf(core, await this.log(at, core))
  }

  /** A body as it goes out, signed now. */
  signed(at: FoundedProvider, body: Uint8Array, how: Delivery = {}): WireRequest {
    const { seed = this.secrets.gateway } = how
    const headers = signRequest(
      {
        method: 'POST',
        authority: how.authority ?? at.authority,
        path: personQuestionPath,
        contentType: 'application/json',
        body,
      },
      {
        key: { keyId: how.keyId ?? redKeyId(seed, ed25519), seed },
        createdAtMs: how.signedAtMs ?? systemClock.now(),
        nonce: how.nonce ?? systemRandomness.bytes(16),
        ed25519,
      },
    )
    return { headers, body }
  }

  /** Sends a body, signed now, and reads what comes back. */
  async send(at: FoundedProvider, body: Uint8Array, how: Delivery = {}): Promise<RedReply> {
    return this.deliver(at, this.signed(at, body, how))
  }

  /** Sends a request as it is, and reads what comes back. */
  async deliver(at: FoundedProvider, request: WireRequest): Promise<RedReply> {
    return readReply(await sendOnce(at.authority, request), at.organisation)
  }

  /** Drafts, logs, signs and sends. */
  async ask(at: FoundedProvider, own: RedCase, wish: QuestionWish = {}): Promise<RedReply> {
    return this.send(at, await this.body(at, await this.draft(at, own, wish)))
  }

  async #token(at: FoundedProvider, own: RedCase, wish: QuestionWish): Promise<string> {
    const iat = Math.floor(systemClock.now() / 1000)
    const claims: CaseTokenClaims = {
      iss: redCaseIssuer,
      aud: at.organisation.id,
      iat,
      exp: iat + 600,
      case: own.reference,
      subject: { scheme: 'demo-nin', value: redSubject(own.place) },
      official: own.official,
      purpose: agreementOf(at, wish.agreement).purpose,
      open: true,
      ...wish.claims,
    }
    return signCaseToken(claims, wish.tokenSeed ?? this.secrets.cases)
  }
}

/** The body of a question with its receipt, or without one. */
export function bodyOf(core: QuestionCore, receipt: AskedReceipt | undefined): Uint8Array {
  const asked = receipt === undefined ? {} : { askedReceipt: receipt }
  return canonicalBytes({ ...core, ...asked, lastSeenCheckpoint: null })
}

function agreementOf(at: FoundedProvider, id: RedAgreementId = 'rent-income'): AboutPersons {
  const found = at.agreements.get(id)
  if (found === undefined) throw new TypeError(`the provider has no agreement ${id}`)
  return found
}

function askedRecord(at: FoundedProvider, core: QuestionCore): ExchangeRecord {
  const known = [...at.agreements.values()].find(({ id }) => id === core.agreement)
  const digest = known === undefined ? new Uint8Array(32) : agreementDigest(known)
  return {
    v: 1,
    class: 'exchange',
    kind: 'person.asked',
    timeMs: core.createdAtMs,
    exchangeId: core.exchangeId,
    consumer: 'housing',
    provider: at.organisation.id,
    agreement: { id: core.agreement, version: core.version, digest: encodeBase64(digest) },
    purpose: core.purpose.startsWith('https://') ? core.purpose : redPurpose,
    legalBasis: core.legalBasis,
    elements: core.elements,
    outcome: null,
    code: null,
    cap: null,
    official: core.official.pseudonym,
    case: encodeBase64(caseDigest(systemRandomness.bytes(32), core.case.reference)),
    consent: null,
    notice: 'immediate',
    noticeUntilMs: null,
    questionDigest: encodeBase64(questionDigest(core)),
    resultDigest: null,
    peer: null,
    chain: encodeBase64(systemRandomness.bytes(32)),
  }
}
