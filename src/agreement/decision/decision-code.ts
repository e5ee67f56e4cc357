import type { ProblemCode } from '../../protocol/index.ts'

/** Why a person question gets no answer. Stable: on the wire, in the log, in pages. */
export type DecisionCode = Exclude<ProblemCode, TransportCode>

/** Problems of the transport, about which nothing is decided. */
type TransportCode =
  | 'QUOTA_EXCEEDED'
  | 'RATE_LIMITED'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_MEDIA'
  | 'UNAUTHENTICATED'
  | 'EXCHANGE_UNKNOWN'
  | 'JOIN_UNKNOWN'
  | 'JOIN_OVER'
  | 'NOT_FOUND'
  | 'INTERNAL'

interface Consequence {
  readonly entry: 'entry' | 'noise'
  readonly charge: boolean
}

const noise: Consequence = { entry: 'noise', charge: false }
const free: Consequence = { entry: 'entry', charge: false }
const charged: Consequence = { entry: 'entry', charge: true }

const consequences: Readonly<Record<DecisionCode, Consequence>> = {
  MALFORMED: noise,
  PEER_UNKNOWN: noise,
  SIGNATURE_INVALID: noise,
  AGREEMENT_UNKNOWN: noise,
  LOG_UNAVAILABLE: noise,
  REPLAYED: free,
  CLOCK_SKEW: free,
  EXCHANGE_CONFLICT: free,
  ANSWER_EXPIRED: free,
  AGREEMENT_NOT_ACTIVE: charged,
  TIME_LOCKED: charged,
  AGREEMENT_EXPIRED: charged,
  AGREEMENT_SUSPENDED: charged,
  PURPOSE_MISMATCH: charged,
  LEGAL_BASIS_MISSING: charged,
  ELEMENT_NOT_AGREED: charged,
  PROTECTED_ELEMENT: charged,
  CONSENT_MISSING: charged,
  CONSENT_INVALID: charged,
  PRECONDITION_FAILED: charged,
  CASE_REQUIRED: charged,
  CASE_CLOSED: charged,
  OFFICIAL_NOT_ASSIGNED: charged,
  OFFICIAL_UNKNOWN: charged,
  OFFICIAL_SUSPENDED: charged,
  CONFIRMATION_INVALID: charged,
  SUBJECT_NOT_PARTY: charged,
  ASKED_RECEIPT_MISSING: charged,
  SUBJECT_ID_INVALID: charged,
  SECRECY_NOT_AUTHORISED: charged,
  CAP_EXCEEDED: free,
  SUBJECT_RESTRICTED: charged,
  REGISTER_UNAVAILABLE: charged,
}

/** Every code, in the order of `spec/decision.md`. */
export const decisionCodes: readonly DecisionCode[] = [
  'MALFORMED',
  'PEER_UNKNOWN',
  'SIGNATURE_INVALID',
  'AGREEMENT_UNKNOWN',
  'LOG_UNAVAILABLE',
  'CLOCK_SKEW',
  'REPLAYED',
  'EXCHANGE_CONFLICT',
  'ANSWER_EXPIRED',
  'AGREEMENT_NOT_ACTIVE',
  'TIME_LOCKED',
  'AGREEMENT_EXPIRED',
  'AGREEMENT_SUSPENDED',
  'PURPOSE_MISMATCH',
  'LEGAL_BASIS_MISSING',
  'ELEMENT_NOT_AGREED',
  'PROTECTED_ELEMENT',
  'CONSENT_MISSING',
  'CONSENT_INVALID',
  'PRECONDITION_FAILED',
  'CASE_REQUIRED',
  'CASE_CLOSED',
  'OFFICIAL_NOT_ASSIGNED',
  'OFFICIAL_UNKNOWN',
  'OFFICIAL_SUSPENDED',
  'CONFIRMATION_INVALID',
  'SUBJECT_NOT_PARTY',
  'ASKED_RECEIPT_MISSING',
  'SUBJECT_ID_INVALID',
  'SECRECY_NOT_AUTHORISED',
  'CAP_EXCEEDED',
  'SUBJECT_RESTRICTED',
  'REGISTER_UNAVAILABLE',
]

/**
 * Whether a denial is an entry of the log, or noise that is only counted: what anybody can cause, or, with
 * `LOG_UNAVAILABLE`, what no log can take.
 */
export function entryOf(code: DecisionCode): 'entry' | 'noise' {
  return consequences[code].entry
}

/**
 * Whether a denial counts on the caps like an answer would. The official's window always; those of case
 * and subject where the subject's identifier is valid.
 */
export function chargesCap(code: DecisionCode): boolean {
  return consequences[code].charge
}
