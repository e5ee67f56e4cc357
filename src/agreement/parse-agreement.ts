import type { z } from 'zod'

import { BytesError, canonicalBytes, readCanonicalJson } from '../bytes/index.ts'
import type { Json } from '../bytes/index.ts'
import type { Agreement } from './agreement.ts'
import { AgreementError } from './agreement-error.ts'
import type { AgreementErrorCode, AgreementProblem } from './agreement-error.ts'
import { agreementSchema } from './agreement-schema.ts'

/**
 * Reads an agreement: canonical JSON of at most 64 KiB, of the closed schema, within every rule.
 * Signatures are not verified here.
 *
 * @throws {@link AgreementError} with every problem found
 */
export function parseAgreement(bytes: Uint8Array): Agreement {
  return compile(readJson(bytes))
}

/**
 * Compiles what a person wrote (say, in YAML) to an agreement, under the same rules as
 * {@link parseAgreement}; `canonicalBytes` of the result is what is signed and sent.
 *
 * @throws {@link AgreementError} with every problem found
 */
export function compileAgreement(source: Json): Agreement {
  try {
    return parseAgreement(canonicalBytes(source))
  } catch (cause) {
    if (cause instanceof BytesError) throw notCanonical(cause)
    throw cause
  }
}

function readJson(bytes: Uint8Array): Json {
  try {
    return readCanonicalJson(bytes)
  } catch (cause) {
    if (cause instanceof BytesError) throw notCanonical(cause)
    throw cause
  }
}

function notCanonical(cause: BytesError): AgreementError {
  const message = `not an agreement in canonical JSON: ${cause.message}`
  return new AgreementError([{ code: 'NOT_CANONICAL', path: '', message }], { cause })
}

function compile(json: Json): Agreement {
  const parsed = agreementSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const [first, ...others] = parsed.error.issues.map((issue) => problemOf(issue))
  const unknown: AgreementProblem = { code: 'FIELD_INVALID', path: '', message: 'is no agreement' }
  throw new AgreementError([first ?? unknown, ...others])
}

function problemOf(issue: z.core.$ZodIssue): AgreementProblem {
  return { code: codeOf(issue), path: issue.path.join('.'), message: issue.message }
}

const ruleCodes: ReadonlySet<string> = new Set<AgreementErrorCode>([
  'PURPOSE_UNKNOWN',
  'RULE_PARTIES',
  'RULE_TERM',
  'RULE_ELEMENT',
  'RULE_PROTECTED',
  'RULE_LOCATING',
  'RULE_CONSENT_ISSUER',
  'RULE_CAPS',
  'RULE_NOTICE',
  'RULE_CONTEST',
  'RULE_BUDGET',
])

function isRuleCode(code: unknown): code is AgreementErrorCode {
  return typeof code === 'string' && ruleCodes.has(code)
}

function codeOf(issue: z.core.$ZodIssue): AgreementErrorCode {
  if (issue.code === 'unrecognized_keys') return 'UNKNOWN_KEY'
  if (issue.code === 'custom' && isRuleCode(issue.params?.['code'])) return issue.params['code']
  return issue.path.length === 1 && issue.path[0] === 'purpose'
    ? 'PURPOSE_UNKNOWN'
    : 'FIELD_INVALID'
}
