import {
  canonicalBytes,
  decodeBase64,
  encodeBase64,
  equalBytes,
  readCanonicalJson,
  utf8,
} from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { ExchangeRecord } from '../../log/index.ts'
import { openEntry, verifyReceipt } from '../../log/verify/index.ts'
import type { LoggedEntry } from '../../protocol/index.ts'
import type { PopulationParties } from '../commit/index.ts'
import type { RefusedAnswer, ReleasedAnswer } from '../messages/index.ts'
import { type PopulationQuery, queryJson } from '../query/index.ts'
import { isReleaseSigned, parseRelease, releaseDigest } from '../release/index.ts'
import type { StatisticsProvider } from './desk-deps.ts'

/** Why an outcome is refused although its provider signed it. */
export type OutcomeFault =
  | 'LEAF_MISMATCH'
  | 'RECORD_MISMATCH'
  | 'RELEASE_MISMATCH'
  | 'SIGNATURE_INVALID'
  | 'TIME_IMPLAUSIBLE'
  | 'RECEIPT_INVALID'

/** What a good outcome proves. */
export type OutcomeCheck =
  | {
      readonly ok: true
      /** Commitment of the provider's entry, base64. */
      readonly commitment: string
      /** Digest of the release, base64; `null` of a refusal. */
      readonly resultDigest: string | null
    }
  | { readonly ok: false; readonly code: OutcomeFault }

/** What was asked of whom. */
export interface ExpectedOutcome {
  readonly parties: PopulationParties
  readonly query: PopulationQuery
  readonly provider: StatisticsProvider
  readonly nowMs: number
  readonly ed25519: Ed25519
}

type Outcome = ReleasedAnswer | RefusedAnswer

const skewMs = 300_000

function readRecord(entry: LoggedEntry): ExchangeRecord | undefined {
  const record = readCanonicalJson(utf8(entry.opening.record))
  const opened = openEntry(decodeBase64(entry.leaf), { r: decodeBase64(entry.opening.r), record })
  return opened.ok && opened.record.class === 'exchange' ? opened.record : undefined
}

/** Whether the provider's record is between these organisations, under this agreement. */
function citesParties(record: ExchangeRecord, { parties, provider }: ExpectedOutcome): boolean {
  const { agreement } = record
  return (
    record.consumer === parties.consumer &&
    record.provider === provider.id &&
    agreement?.id === parties.agreement.id &&
    agreement.version === parties.agreement.version &&
    agreement.digest === parties.agreement.digest
  )
}

/** Whether the provider's record is about exactly this question, and of this outcome. */
function citesQuestion(
  record: ExchangeRecord,
  outcome: Outcome,
  { parties }: ExpectedOutcome,
): boolean {
  const isReleased = outcome.state === 'released'
  return (
    record.kind === (isReleased ? 'population.released' : 'population.refused') &&
    record.exchangeId === parties.exchangeId &&
    outcome.exchangeId === parties.exchangeId &&
    record.official === parties.analyst &&
    record.questionDigest === parties.query &&
    record.code === (isReleased ? null : outcome.code)
  )
}

function releaseFault(
  { release, signature }: ReleasedAnswer,
  record: ExchangeRecord,
  { query, provider, ed25519 }: ExpectedOutcome,
): OutcomeFault | undefined {
  const bytes = canonicalBytes(release)
  const read = parseRelease(bytes)
  const isAsked =
    read.provider === provider.id &&
    equalBytes(canonicalBytes(queryJson(read.query)), canonicalBytes(queryJson(query)))
  if (!isAsked || record.resultDigest !== releaseDigest(bytes)) return 'RELEASE_MISMATCH'
  const key = provider.gatewayKeys.get(signature.keyId)
  const isSigned = key !== undefined && isReleaseSigned(bytes, signature, { key, ed25519 })
  return isSigned ? undefined : 'SIGNATURE_INVALID'
}

function check(outcome: Outcome, expected: ExpectedOutcome): OutcomeCheck {
  const record = readRecord(outcome)
  if (record === undefined) return { ok: false, code: 'LEAF_MISMATCH' }
  if (!citesParties(record, expected) || !citesQuestion(record, outcome, expected))
    return { ok: false, code: 'RECORD_MISMATCH' }
  const fault = outcome.state === 'released' ? releaseFault(outcome, record, expected) : undefined
  if (fault !== undefined) return { ok: false, code: fault }
  if (Math.abs(record.timeMs - expected.nowMs) > skewMs)
    return { ok: false, code: 'TIME_IMPLAUSIBLE' }
  const leaf = decodeBase64(outcome.leaf)
  const { receiptPolicy: policy, origins } = expected.provider
  const { ed25519 } = expected
  const verdict = verifyReceipt({ proof: outcome.inclusion, leaf, policy, ed25519 })
  if (!verdict.ok || !origins.includes(verdict.checkpoint.origin))
    return { ok: false, code: 'RECEIPT_INVALID' }
  return {
    ok: true,
    commitment: encodeBase64(leaf.subarray(2)),
    resultDigest: record.resultDigest,
  }
}

/**
 * Checks an outcome before anything of it is used: the release is of exactly this query and bears its provider's signature, the
 * entry is about it and in the provider's log. Never throws.
 */
export function checkOutcome(outcome: Outcome, expected: ExpectedOutcome): OutcomeCheck {
  try {
    return check(outcome, expected)
  } catch {
    return { ok: false, code: 'RELEASE_MISMATCH' }
  }
}
