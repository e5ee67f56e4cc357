import type { AgreementProblem } from './agreement-problem.ts'

/**
 * Why an agreement, or something done with one, was refused.
 *
 * `NOT_CANONICAL`: the bytes are not the canonical JSON of what they say. `UNKNOWN_KEY`: a member that
 * the closed schema does not have. `FIELD_INVALID`: a member is missing or has the wrong form.
 * `PURPOSE_UNKNOWN`: the purpose is not in the vocabulary, or not one of this kind of agreement.
 * `RULE_*`: the fields are well formed and together break a rule of `spec/agreement.md`.
 * `REGISTER_MISMATCH`: the agreement does not fit the register's description. `SUPERSEDES_MISMATCH`: it
 * cites an earlier agreement that is not the one it says, or of other parties. `LOCK_TOO_SHORT`: a time
 * lock below the floor. `VALUE_MISMATCH`: a register's value is not of the predicate's type.
 */
export type AgreementErrorCode =
  | 'NOT_CANONICAL'
  | 'UNKNOWN_KEY'
  | 'FIELD_INVALID'
  | 'PURPOSE_UNKNOWN'
  | 'RULE_PARTIES'
  | 'RULE_TERM'
  | 'RULE_ELEMENT'
  | 'RULE_PROTECTED'
  | 'RULE_LOCATING'
  | 'RULE_CONSENT_ISSUER'
  | 'RULE_CAPS'
  | 'RULE_NOTICE'
  | 'RULE_CONTEST'
  | 'RULE_BUDGET'
  | 'REGISTER_MISMATCH'
  | 'SUPERSEDES_MISMATCH'
  | 'LOCK_TOO_SHORT'
  | 'VALUE_MISMATCH'

/** A refused agreement. `code` is the first problem's; agreements hold no personal data. */
export class AgreementError extends Error {
  override readonly name = 'AgreementError'
  readonly code: AgreementErrorCode
  readonly problems: readonly AgreementProblem[]

  constructor(
    problems: readonly [AgreementProblem, ...AgreementProblem[]],
    options?: ErrorOptions,
  ) {
    super(
      problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; '),
      options,
    )
    this.code = problems[0].code
    this.problems = problems
  }
}
