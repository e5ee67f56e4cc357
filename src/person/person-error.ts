/** Why an exchange could not be brought to an outcome. */
export type PersonErrorCode =
  | 'PEER_UNAVAILABLE'
  | 'PEER_RESPONSE_INVALID'
  | 'ANSWER_REFUSED'
  | 'IDEMPOTENCY_CONFLICT'
  | 'EXCHANGE_CONFLICT'
  | 'OUTCOME_GONE'
  | 'CASE_SOURCE_UNAVAILABLE'
  | 'CONSENT_ISSUER_UNKNOWN'
  | 'CONSENT_UNAVAILABLE'
  | 'AGREEMENT_UNKNOWN'
  | 'PEER_UNKNOWN'

/** A failure on the way of a question; carries no personal data. */
export class PersonError extends Error {
  override readonly name = 'PersonError'
  readonly code: PersonErrorCode

  constructor(code: PersonErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
