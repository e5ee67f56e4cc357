/** Why a plan, a step or a message of a join is refused. `spec/join.md`. */
export type JoinErrorCode =
  | JoinFaultCode
  /** The text is no plan, or one that breaks a rule of plans. */
  | 'PLAN_INVALID'
  /** This organisation has begun the plan before: it runs once. */
  | 'PLAN_RAN'
  /** Own rows do not fit the plan: two for one person, or more than there is room for. */
  | 'ROWS_REFUSED'
  /** What the step needs has been destroyed after the audit. */
  | 'SECRETS_DESTROYED'
  /** A kept state is not of this form. */
  | 'STATE_INVALID'

/** Faults of a message, each of which stops the plan. */
export type JoinFaultCode = (typeof joinFaultCodes)[number]

/** All codes that a `join.abort` may carry. */
export const joinFaultCodes = [
  'PLAN_EXPIRED',
  'GIVEN_UP',
  'STATE_DAMAGED',
  'PLAN_MISMATCH',
  'MESSAGE_MALFORMED',
  'MESSAGE_UNEXPECTED',
  'MESSAGE_CHANGED',
  'SIZE_WRONG',
  'LENGTH_WRONG',
  'POINT_NOT_CANONICAL',
  'POINT_REPEATED',
  'POINT_OFF_CURVE',
  'KEY_REFLECTED',
  'KEY_REUSED',
  'POINT_REFLECTED',
  'POINT_SMALL_ORDER',
  'POINT_ALIASED',
  'LIST_DISPUTED',
  'CHALLENGE_WRONG',
  'OPENING_INVALID',
  'RESULT_WRONG',
] as const

/** A refusal in a join. Never holds an identifier, a point or a scalar. */
export class JoinError extends Error {
  override readonly name = 'JoinError'
  readonly code: JoinErrorCode

  constructor(code: JoinErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

/** Whether what a party kept of a run does not open, or is no state: trying again would come to the same. */
export function isStateDamaged(error: unknown): error is JoinError {
  return error instanceof JoinError && ['STATE_DAMAGED', 'STATE_INVALID'].includes(error.code)
}

/** Whether a refusal is about a message, and so stops the plan. */
export function isJoinFault(error: unknown): error is JoinError & { code: JoinFaultCode } {
  const codes: readonly string[] = joinFaultCodes
  return error instanceof JoinError && codes.includes(error.code)
}
