import type { AgreementErrorCode } from '../../../agreement/index.ts'

/** Keys of what to do about a problem of an agreement. */
export type AdviceKey = `problemDo.${AgreementErrorCode}`

/** What to do about each problem of an agreement, in English. */
export const problemAdvice = {
  'problemDo.NOT_CANONICAL':
    'Remove characters that do not print, and write accented letters as one character.',
  'problemDo.UNKNOWN_KEY': 'Correct the key, or remove it with its value.',
  'problemDo.FIELD_INVALID': 'Correct the value.',
  'problemDo.PURPOSE_UNKNOWN': 'Choose one of the purposes that are offered.',
  'problemDo.RULE_PARTIES':
    'Name different organisations, four for a join; each signs once, an inspector is no party.',
  'problemDo.RULE_TERM':
    'Choose a last day after the first one and at most 18 months later; renew then.',
  'problemDo.RULE_ELEMENT':
    'Give every element its own name, one question, and at most two thresholds.',
  'problemDo.RULE_PROTECTED':
    'Name an independent issuer of consent and a basis of GDPR 9(2), or leave the element out.',
  'problemDo.RULE_LOCATING':
    'Compare with what the question brings, or name an independent issuer of consent.',
  'problemDo.RULE_CONSENT_ISSUER':
    'Name an issuer that is neither the one who asks nor its case system.',
  'problemDo.RULE_CAPS': 'Lower the limit to that ceiling.',
  'problemDo.RULE_NOTICE': 'Let the notice open within the term and within 12 months.',
  'problemDo.RULE_CONTEST': 'Leave the person at least 30 days.',
  'problemDo.RULE_BUDGET': 'Lower the budget to that ceiling.',
  'problemDo.REGISTER_MISMATCH':
    'Compare register, fact and threshold with the register’s description.',
  'problemDo.SUPERSEDES_MISMATCH':
    'Name the earlier agreement between the same two by id, version and digest.',
  'problemDo.LOCK_TOO_SHORT': 'Set a time lock that the legal basis allows.',
  'problemDo.VALUE_MISMATCH': 'Compare the predicate with the register’s description.',
} as const
