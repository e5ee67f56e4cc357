import {
  type AboutPersons,
  type DecisionCode,
  isAboutPersons,
  type NoticeTime,
} from '../agreement/index.ts'
import { canonicalBytes, encodeBase64, type JsonObject, utf8 } from '../bytes/index.ts'
import { sha256 } from '../crypto/index.ts'
import {
  type ExchangeId,
  makeExchangeId,
  parsePersonQuestion,
  type QuestionCore,
  type SubjectReference,
  type SuppliedValue,
} from '../protocol/index.ts'
import { askedNotice } from './asked-notice.ts'
import { askedRecordPart } from './asked-record.ts'
import { askedTrace } from './asked-trace.ts'
import type { AskOutcome } from './ask-outcome.ts'
import { readCaseWord } from './case-word.ts'
import type { CaseGrant, ConsumerDeps, KnownProvider } from './consumer-deps.ts'
import { type AskedQuestionParts, deliverQuestion } from './deliver-question.ts'
import type { AskRow } from './exchange-store.ts'
import { officialPseudonym } from './handles.ts'
import { outcomeOfRow } from './outcome-of-row.ts'
import { resumeQuestion } from './resume-question.ts'
import { PersonError } from './person-error.ts'
import { sealIdentity } from './identity/index.ts'
import { findAgreement, type KnownAgreement } from './question-facts.ts'
import { stoppedHere } from './stopped-here.ts'
import { chainOf } from './subject-chain.ts'
import type { AskedRecordPart } from './writer.ts'

/** An official as the consumer's own systems name them. */
export interface AskingOfficial {
  readonly id: string
  readonly authTimeMs: number
}

/** What a caseworker or a case system wants to know. Personal data. */
export interface AskRequest {
  readonly agreement: string
  readonly elements: readonly string[]
  readonly subject: SubjectReference
  /** The case's reference in the consumer's case system. */
  readonly case: string
  readonly official: AskingOfficial
  /** Chosen by the caller where a consent must be bound to the exchange before it is asked. */
  readonly exchangeId?: ExchangeId
  /** The person's consent to this exchange: its issuer's JWS. */
  readonly consent?: string
  /** What `equals-supplied` elements are compared with. */
  readonly supplied?: readonly SuppliedValue[]
  /** The second official, who confirms a question in an emergency. */
  readonly confirmation?: AskingOfficial
  /** The caller's own key: the same request under the same key is asked once. */
  readonly idempotencyKey: string
}

interface AskTerms {
  readonly request: AskRequest
  readonly known: KnownAgreement
  readonly agreement: AboutPersons
  readonly provider: KnownProvider
  readonly pseudonym: string
}

function newestVersion(agreements: readonly KnownAgreement[], id: string): number {
  return Math.max(
    0,
    ...agreements
      .filter(({ agreement }) => agreement.id === id)
      .map(({ agreement }) => agreement.version),
  )
}

/** While a newer version's lock runs, the older one is asked under; where none is in force, the newest says why. */
async function versionToAsk(id: string, deps: ConsumerDeps): Promise<number> {
  const { agreements, stateHere } = deps
  const versions = agreements.filter(({ agreement }) => agreement.id === id)
  const inForce: KnownAgreement[] = []
  if (versions.length > 1 && stateHere !== undefined)
    for (const one of versions) if ((await stateHere(one)) === 'active') inForce.push(one)
  return newestVersion(inForce.length === 0 ? versions : inForce, id)
}

async function readTerms(request: AskRequest, deps: ConsumerDeps): Promise<AskTerms> {
  const version = await versionToAsk(request.agreement, deps)
  const known = findAgreement(deps.agreements, { agreement: request.agreement, version })
  const agreement = known?.agreement
  if (
    known === undefined ||
    agreement === undefined ||
    !isAboutPersons(agreement) ||
    agreement.consumer !== deps.organisation
  ) {
    throw new PersonError(
      'AGREEMENT_UNKNOWN',
      'This organisation has no agreement of that name to ask under.',
    )
  }
  const provider = deps.providers.get(agreement.provider)
  if (provider === undefined)
    throw new PersonError(
      'PEER_UNKNOWN',
      'The agreement names a provider that is no peer of this gateway.',
    )
  const pseudonym = officialPseudonym(deps.pseudonymKey, provider.id, request.official.id)
  return { request, known, agreement, provider, pseudonym }
}

/** What was sent along, and nothing where it was not: the same request has the same digest. */
function optionalParts({ exchangeId, consent, supplied, confirmation }: AskRequest): JsonObject {
  return {
    ...(exchangeId !== undefined && { exchangeId }),
    ...(consent !== undefined && { consent }),
    ...(supplied !== undefined && { supplied: supplied.map((one) => ({ ...one })) }),
    ...(confirmation !== undefined && { confirmation: confirmation.id }),
  }
}

function requestDigest(request: AskRequest): string {
  const { agreement, elements, subject, official } = request
  const identity = {
    agreement,
    elements,
    subject: { ...subject },
    case: request.case,
    official: official.id,
    ...optionalParts(request),
  }
  return encodeBase64(sha256(utf8('cloison/ask/v1\n'), canonicalBytes(identity)))
}

function grantCase(terms: AskTerms, deps: ConsumerDeps): Promise<CaseGrant> {
  const { request, agreement, provider, pseudonym } = terms
  // An emergency has no case: the reference names the incident, and nobody vouches for it.
  if (agreement.kind === 'emergency') return Promise.resolve({ state: 'granted', token: '' })
  return deps.cases.grant({
    reference: request.case,
    official: request.official.id,
    officialPseudonym: pseudonym,
    subject: request.subject,
    purpose: agreement.purpose,
    provider: provider.id,
  })
}

/** The members of a question that only some have. */
function optionalMembers(
  { request, provider }: AskTerms,
  deps: ConsumerDeps,
): Pick<QuestionCore, 'consent' | 'supplied' | 'confirmation'> {
  const { consent, supplied, confirmation: second } = request
  const pseudonymOf = (id: string): string => officialPseudonym(deps.pseudonymKey, provider.id, id)
  return {
    ...(consent !== undefined && { consent }),
    ...(supplied !== undefined && { supplied }),
    ...(second !== undefined && {
      confirmation: { pseudonym: pseudonymOf(second.id), authTimeMs: second.authTimeMs },
    }),
  }
}

function makeCore(terms: AskTerms, token: string, deps: ConsumerDeps): QuestionCore {
  const { request, agreement, pseudonym } = terms
  const [legalBasis = ''] = agreement.legalBasis
  return {
    v: 1,
    exchangeId: request.exchangeId ?? makeExchangeId(deps.randomness.bytes(16)),
    agreement: agreement.id,
    version: agreement.version,
    purpose: agreement.purpose,
    legalBasis,
    elements: request.elements,
    subject: request.subject,
    case: { reference: request.case, token },
    official: { pseudonym, authTimeMs: request.official.authTimeMs },
    createdAtMs: deps.clock.now(),
    ...optionalMembers(terms, deps),
  }
}

/** Who asks, for two holders together; before the commit, so that nothing is asked where it fails. */
function sealedOfficial(
  { official }: AskRequest,
  record: AskedRecordPart,
  { sealing, aead, randomness }: ConsumerDeps,
): Uint8Array | undefined {
  return sealing && sealIdentity(official.id, record, { ...sealing, aead, randomness })
}

/** The own case system said no, or the own log: an entry here, and nothing leaves. */
async function refuseHere(
  terms: AskTerms,
  { code, bystander = false }: { readonly code: DecisionCode; readonly bystander?: boolean },
  deps: ConsumerDeps,
): Promise<AskOutcome> {
  const core = makeCore(terms, '', deps)
  const notice = await askedNotice(core, terms.known, deps)
  const record = askedRecordPart(core, terms.known, { consumer: deps.organisation, notice })
  const committed = await deps.writer.commit({
    type: 'refused',
    subjectHandle: deps.subjects.handleOf(terms.request.subject, chainOf(notice)),
    reference: terms.request.case,
    bystander,
    sealedOfficial: sealedOfficial(terms.request, record, deps),
    record: { ...record, code },
  })
  if (committed.type !== 'refused') throw new TypeError('the writer answered another intent')
  return {
    exchangeId: core.exchangeId,
    outcome: 'deny',
    code,
    results: [],
    obligations: null,
    receipt: null,
    entries: { asked: committed.index, received: null },
    provisional: false,
  }
}

/**
 * The question as it is kept. It is read as its provider will read it, so that what nobody could
 * answer is refused before it is an entry.
 */
function coreBytes(core: QuestionCore): Uint8Array {
  const bytes = canonicalBytes({ ...core, lastSeenCheckpoint: null })
  parsePersonQuestion(bytes)
  return bytes
}

async function writeAsked(
  terms: AskTerms,
  { core, notice }: { readonly core: QuestionCore; readonly notice: NoticeTime },
  deps: ConsumerDeps,
): Promise<AskedQuestionParts | AskRow> {
  const { request, known, provider } = terms
  const record = askedRecordPart(core, known, { consumer: deps.organisation, notice })
  const word = await readCaseWord(core, terms.agreement, deps)
  const committed = await deps.writer.commit({
    type: 'asked',
    exchangeId: core.exchangeId,
    idempotencyKey: request.idempotencyKey,
    requestDigest: requestDigest(request),
    provider: provider.id,
    providerOrigins: provider.origins,
    subjectHandle: deps.subjects.handleOf(request.subject, chainOf(notice)),
    questionCore: coreBytes(core),
    reference: request.case,
    trace: askedTrace(core, { agreement: terms.agreement, word }, deps),
    bystander: word.bystander,
    sealedOfficial: sealedOfficial(request, record, deps),
    record,
  })
  if (committed.type !== 'asked') throw new TypeError('the writer answered another intent')
  if (committed.state === 'new') {
    const { index, commitment, receipt, lastSeenCheckpoint } = committed
    return {
      core,
      known,
      provider,
      askedIndex: index,
      askedCommitment: commitment,
      receipt,
      lastSeenCheckpoint,
    }
  }
  if (committed.state === 'taken')
    throw new PersonError(
      'EXCHANGE_CONFLICT',
      'This exchange id stands for another question; choose a new one.',
    )
  return knownRow(committed.exchangeId, committed.sameRequest, deps)
}

async function knownRow(
  exchangeId: string,
  sameRequest: boolean,
  deps: ConsumerDeps,
): Promise<AskRow> {
  if (!sameRequest) {
    throw new PersonError(
      'IDEMPOTENCY_CONFLICT',
      'This idempotency key was used for another request; use a new one.',
    )
  }
  const row = await deps.reader.ask(exchangeId)
  if (row === undefined)
    throw new PersonError(
      'OUTCOME_GONE',
      'The outcome of this request is no longer kept; ask again under a new key.',
    )
  return row
}

async function findRepeat(request: AskRequest, deps: ConsumerDeps): Promise<AskRow | undefined> {
  const row = await deps.reader.askByIdempotencyKey(request.idempotencyKey)
  if (row === undefined) return undefined
  return knownRow(row.exchangeId, row.requestDigest === requestDigest(request), deps)
}

function finishRow(row: AskRow, deps: ConsumerDeps): Promise<AskOutcome> {
  return row.state === 'asked'
    ? resumeQuestion(row, deps)
    : Promise.resolve(outcomeOfRow(row, deps))
}

/**
 * Asks one question about one person: case system, entry "asked", question, verification of the
 * answer, entry "received", outcome. The outcome is handed out only once "received" is on disk.
 *
 * @throws {@link PersonError} `AGREEMENT_UNKNOWN`, `PEER_UNKNOWN`, `CASE_SOURCE_UNAVAILABLE`,
 * `PEER_UNAVAILABLE` (the question stays asked and is sent again), `ANSWER_REFUSED` (the provider's
 * answer did not prove what it must), `IDEMPOTENCY_CONFLICT`, `EXCHANGE_CONFLICT`, `OUTCOME_GONE`
 * @throws {@link ProtocolError} `MALFORMED` for a request that makes no well-formed question
 */
export async function askQuestion(request: AskRequest, deps: ConsumerDeps): Promise<AskOutcome> {
  const terms = await readTerms(request, deps)
  const repeat = await findRepeat(request, deps)
  if (repeat !== undefined) return finishRow(repeat, deps)
  const stopped = await stoppedHere(terms.known, deps)
  if (stopped !== undefined) return refuseHere(terms, { code: stopped }, deps)
  const grant = await grantCase(terms, deps)
  if (grant.state === 'refused') return refuseHere(terms, { code: grant.code }, deps)
  const core = makeCore(terms, grant.token, deps)
  const notice = await askedNotice(core, terms.known, deps)
  // Its own entries would tell the person: without the order, here too, nothing is asked in secret.
  if (notice.isUnauthorised) {
    const { bystander } = await readCaseWord(core, terms.agreement, deps)
    return refuseHere(terms, { code: 'SECRECY_NOT_AUTHORISED', bystander }, deps)
  }
  const asked = await writeAsked(terms, { core, notice }, deps)
  return 'state' in asked ? finishRow(asked, deps) : deliverQuestion(asked, deps)
}
