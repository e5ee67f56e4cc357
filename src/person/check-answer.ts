import { isAboutPersons } from '../agreement/index.ts'
import type { KnownAgreement } from './question-facts.ts'
import { decodeBase64, encodeBase64, readCanonicalJson, utf8 } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import type { ExchangeRecord } from '../log/index.ts'
import {
  type Checkpoint,
  openEntry,
  parseCheckpoint,
  parseNote,
  parseTlogProof,
  verifyConsistency,
  verifyReceipt,
} from '../log/verify/index.ts'
import {
  caseDigest,
  consentDigest,
  type LoggedEntry,
  type PersonAnswer,
  type PersonDenial,
  type QuestionCore,
  questionDigest,
  resultDigest,
} from '../protocol/index.ts'
import type { KnownProvider } from './consumer-deps.ts'
import { agreedPadding } from './question-bodies.ts'

/** Why an answer or denial is refused although its provider signed it. */
export type AnswerFault =
  | 'ENTRY_MISSING'
  | 'EXCHANGE_MISMATCH'
  | 'LEAF_MISMATCH'
  | 'RECORD_MISMATCH'
  | 'RESULT_MISMATCH'
  | 'TERMS_MISMATCH'
  | 'TIME_IMPLAUSIBLE'
  | 'RECEIPT_INVALID'
  | 'CONSISTENCY_FAILED'

/** What a good outcome proves. */
export type AnswerCheck =
  | {
      readonly ok: true
      readonly record: ExchangeRecord
      /** Commitment of the provider's entry, base64. */
      readonly commitment: string
      readonly index: number
      /** The receipt's checkpoint, a whole note. */
      readonly checkpointNote: string
      readonly checkpoint: Checkpoint
    }
  | { readonly ok: false; readonly code: AnswerFault }

/** What the consumer knows about the exchange that the outcome must be of. */
export interface ExpectedExchange {
  readonly core: QuestionCore
  readonly consumer: string
  readonly provider: KnownProvider
  readonly known: KnownAgreement
  /** Commitment of the own "asked" entry, base64. */
  readonly askedCommitment: string
  /** The provider's checkpoint that was sent as last seen; verified when it was taken up. */
  readonly lastSeenCheckpoint: string | null
  /** Milliseconds since the epoch. */
  readonly nowMs: number
  readonly ed25519: Ed25519
}

type Outcome = PersonAnswer | PersonDenial

const dayMs = 86_400_000
/** How far clocks of two organisations may lie apart. */
const skewMs = 300_000

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, place) => text === other[place])
}

/** Whether the provider's record is about exactly this exchange. */
function citesExchange(
  record: ExchangeRecord,
  outcome: Outcome,
  expected: ExpectedExchange,
): boolean {
  const { core, known } = expected
  const { agreement } = record
  const kind = outcome.outcome === 'permit' ? 'person.answered' : 'person.denied'
  return (
    record.kind === kind &&
    record.outcome === outcome.outcome &&
    record.exchangeId === core.exchangeId &&
    record.consumer === expected.consumer &&
    record.provider === expected.provider.id &&
    agreement?.id === known.agreement.id &&
    agreement.version === known.agreement.version &&
    agreement.digest === known.digest &&
    record.questionDigest === encodeBase64(questionDigest(core)) &&
    isPeer(record, outcome, expected)
  )
}

/** A denial for a missing or bad receipt cites nothing; everything else cites the own "asked". */
function isPeer(record: ExchangeRecord, outcome: Outcome, expected: ExpectedExchange): boolean {
  if (record.peer === null) return outcome.outcome === 'deny'
  return record.peer === expected.askedCommitment
}

/** Whether purpose, basis, elements, official and case are the ones that were sent. */
function citesTerms(record: ExchangeRecord, outcome: Outcome, { core }: ExpectedExchange): boolean {
  const s = decodeBase64(outcome.opening.s)
  return (
    record.purpose === core.purpose &&
    record.legalBasis === core.legalBasis &&
    sameTexts(record.elements, core.elements) &&
    record.official === core.official.pseudonym &&
    citesConsent(record, core) &&
    record.case === encodeBase64(caseDigest(s, core.case.reference))
  )
}

/** An answer that a consent was sent for cites it; a denial may not have looked at it. */
function citesConsent(record: ExchangeRecord, { consent }: QuestionCore): boolean {
  const sent = consent === undefined ? null : encodeBase64(consentDigest(consent))
  return record.consent === sent || (record.outcome === 'deny' && record.consent === null)
}

function citesResult(
  record: ExchangeRecord,
  outcome: Outcome,
  { core }: ExpectedExchange,
): boolean {
  if (outcome.outcome === 'deny') {
    return record.code === outcome.code && record.cap === (outcome.cap ?? null)
  }
  const { results, opening } = outcome
  const names = results.map(({ element }) => element)
  const digest = encodeBase64(resultDigest(decodeBase64(opening.s), results))
  return sameTexts(names, core.elements) && record.resultDigest === digest
}

/** A predicate says yes, no or, with revealed presence, nothing; it can carry no text and no figure. */
function isAgreedValue(
  { element, value }: PersonAnswer['results'][number],
  { known }: ExpectedExchange,
): boolean {
  const agreed = known.agreement.dataElements.find(({ name }) => name === element)
  if (agreed === undefined) return false
  return agreed.answerType === 'attribute' || value === null || typeof value === 'boolean'
}

/** Whether the values are of agreed types and nothing is in their padding. */
function isAgreedForm(
  { results, padding }: Pick<PersonAnswer, 'results' | 'padding'>,
  expected: ExpectedExchange,
): boolean {
  const { agreement } = expected.known
  return (
    results.every((result) => isAgreedValue(result, expected)) &&
    padding === agreedPadding(results, agreement)
  )
}

/** Whether values, obligations and notice are what the agreement says, not what the provider likes. */
function keepsTerms(record: ExchangeRecord, outcome: Outcome, expected: ExpectedExchange): boolean {
  if (outcome.outcome === 'deny') return true
  const { agreement } = expected.known
  if (!isAboutPersons(agreement)) return false
  const { retention, contest, notice } = agreement
  const { obligations, padding, results } = outcome
  const withheld = notice.kind === 'withheld' && record.timeMs < notice.untilMs
  return (
    isAgreedForm({ results, padding }, expected) &&
    obligations.retentionDays === retention.days &&
    obligations.disposal === retention.disposal &&
    obligations.contestUntilMs === record.timeMs + contest.days * dayMs &&
    record.notice === (withheld ? 'withheld' : 'immediate') &&
    (record.noticeUntilMs ?? 0) <= (withheld ? notice.untilMs : 0)
  )
}

/**
 * Whether the entry was made between the question and now, give or take skewed clocks, and an answer
 * in the agreement's time. A denial may say that this time has not come, or is over.
 */
function isPlausibleTime(
  { timeMs, outcome }: ExchangeRecord,
  { core, nowMs, known }: ExpectedExchange,
): boolean {
  const { notBeforeMs, notAfterMs } = known.agreement
  const isNear = timeMs >= core.createdAtMs - skewMs && timeMs <= nowMs + skewMs
  if (outcome === 'deny') return isNear
  return isNear && timeMs >= notBeforeMs - skewMs && timeMs < notAfterMs + skewMs
}

function readRecord(entry: LoggedEntry): ExchangeRecord | undefined {
  const record = readCanonicalJson(utf8(entry.opening.record))
  const opened = openEntry(decodeBase64(entry.leaf), { r: decodeBase64(entry.opening.r), record })
  return opened.ok && opened.record.class === 'exchange' ? opened.record : undefined
}

/**
 * Whether the receipt's tree extends the one that was seen last, or is of a later log: one that was
 * closed says nothing new.
 */
function extendsLastSeen(
  checkpoint: Checkpoint,
  entry: LoggedEntry,
  { lastSeenCheckpoint, provider }: ExpectedExchange,
): boolean {
  if (lastSeenCheckpoint === null) return true
  const seen = parseCheckpoint(parseNote(lastSeenCheckpoint).text)
  const later = provider.origins.indexOf(checkpoint.origin) - provider.origins.indexOf(seen.origin)
  if (later !== 0) return later > 0
  return verifyConsistency({
    from: seen.size,
    fromRoot: seen.root,
    to: checkpoint.size,
    toRoot: checkpoint.root,
    proof: entry.consistency.map((hash) => decodeBase64(hash)),
  })
}

function check(outcome: Outcome, expected: ExpectedExchange): AnswerCheck {
  if (outcome.exchangeId !== expected.core.exchangeId)
    return { ok: false, code: 'EXCHANGE_MISMATCH' }
  const record = readRecord(outcome)
  if (record === undefined) return { ok: false, code: 'LEAF_MISMATCH' }
  if (!citesExchange(record, outcome, expected) || !citesTerms(record, outcome, expected)) {
    return { ok: false, code: 'RECORD_MISMATCH' }
  }
  if (!citesResult(record, outcome, expected)) return { ok: false, code: 'RESULT_MISMATCH' }
  if (!keepsTerms(record, outcome, expected)) return { ok: false, code: 'TERMS_MISMATCH' }
  if (!isPlausibleTime(record, expected)) return { ok: false, code: 'TIME_IMPLAUSIBLE' }
  const leaf = decodeBase64(outcome.leaf)
  const { receiptPolicy: policy } = expected.provider
  const { ed25519 } = expected
  const verdict = verifyReceipt({ proof: outcome.inclusion, leaf, policy, ed25519 })
  if (!verdict.ok || !expected.provider.origins.includes(verdict.checkpoint.origin))
    return { ok: false, code: 'RECEIPT_INVALID' }
  if (!extendsLastSeen(verdict.checkpoint, outcome, expected)) {
    return { ok: false, code: 'CONSISTENCY_FAILED' }
  }
  return {
    ok: true,
    record,
    commitment: encodeBase64(leaf.subarray(2)),
    index: verdict.index,
    checkpointNote: parseTlogProof(outcome.inclusion).checkpoint,
    checkpoint: verdict.checkpoint,
  }
}

/**
 * Checks an outcome that the provider has signed, before anything of it is used: the leaf
 * recomputes from its opening, the record is of exactly this question and these results, the entry
 * is in the provider's log, and that log extends what was seen of it before. Never throws.
 */
export function checkAnswer(outcome: Outcome, expected: ExpectedExchange): AnswerCheck {
  try {
    return check(outcome, expected)
  } catch {
    return { ok: false, code: 'LEAF_MISMATCH' }
  }
}
