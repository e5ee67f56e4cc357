import type { AgreementErrorCode } from '../agreement-error.ts'

/**
 * Why a draft is not an agreement yet: every code of {@link AgreementErrorCode}, and those of the draft's
 * own form. `YAML_INVALID`: it is not YAML 1.2. `YAML_SHARED`: an anchor, an alias or a tag, which a
 * draft does not have. `KEY_MISSING`: a key is not there or has no value. `WORDS_UNKNOWN`: a value is
 * not in the words that a draft uses.
 */
export type DraftProblemCode =
  AgreementErrorCode | 'YAML_INVALID' | 'YAML_SHARED' | 'KEY_MISSING' | 'WORDS_UNKNOWN'

/** One thing that is wrong with a draft, and where in its text. */
export interface DraftProblem {
  readonly code: DraftProblemCode
  /** Line in the YAML text, from 1. */
  readonly line: number
  /** Keys and list positions in the YAML, joined by dots. */
  readonly path: string
  readonly message: string
  /** What to do about it. */
  readonly advice: string
}

/** What to do about each problem; `docs/reference/agreement-draft.md` has the same. */
export const advices: Readonly<Record<DraftProblemCode, string>> = {
  YAML_INVALID: 'Mend the text: keys and values are divided by ": ", lists begin with "- ".',
  YAML_SHARED: 'Write the value out where it belongs; "&", "*" and "!" have no meaning here.',
  KEY_MISSING: 'Write the key with a value.',
  WORDS_UNKNOWN: 'Use one of the forms that the message shows.',
  NOT_CANONICAL:
    'Remove characters that do not print, and write accented letters as one character.',
  UNKNOWN_KEY: 'Correct the key, or remove it with its value.',
  FIELD_INVALID: 'Correct the value.',
  PURPOSE_UNKNOWN:
    'Choose a purpose of the vocabulary (spec/agreement.md). No configuration adds one.',
  RULE_PARTIES:
    'Name different organisations, four for a join; each signs once, an inspector is no party.',
  RULE_TERM: 'Choose a last day after the first one and at most 18 months later; renew then.',
  RULE_ELEMENT: 'Give every element its own name, one question, and at most two thresholds.',
  RULE_PROTECTED:
    'Name an independent issuer of consent and a basis of GDPR 9(2), or leave the element out.',
  RULE_LOCATING: 'Ask "equals the supplied value", or name an independent issuer of consent.',
  RULE_CONSENT_ISSUER: 'Name an issuer that is neither the consumer nor its case source.',
  RULE_CAPS: 'Lower the cap to the ceiling that the message names.',
  RULE_NOTICE: 'Let the notice open within the term and within 12 months.',
  RULE_CONTEST: 'Leave the person at least 30 days.',
  RULE_BUDGET: 'Lower the budget to the ceiling that the message names.',
  REGISTER_MISMATCH: "Compare register, source and threshold with the register's description.",
  SUPERSEDES_MISMATCH: 'Name the earlier agreement between the same two by id, version and digest.',
  LOCK_TOO_SHORT: 'Set a time lock that the legal basis allows.',
  VALUE_MISMATCH: "Compare the predicate with the register's description.",
}

/** What to do about a problem of that code. */
export function adviceOf(code: DraftProblemCode): string {
  return advices[code]
}
