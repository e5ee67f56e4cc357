import { BytesError, canonicalBytes, readCanonicalJson } from '../bytes/index.ts'
import type { Json } from '../bytes/index.ts'
import type { Agreement } from './agreement.ts'
import { AgreementError } from './agreement-error.ts'
import { problem } from './agreement-problem.ts'
import { agreementSchema } from './agreement-schema.ts'
import { issueProblem, noAgreement } from './issue-problem.ts'

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
  const said = { said: cause.message }
  const found = problem('NOT_CANONICAL', '', 'problemSays.not-canonical', said)
  return new AgreementError([found], { cause })
}

function compile(json: Json): Agreement {
  const parsed = agreementSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const [first = noAgreement, ...others] = parsed.error.issues.map((issue) => issueProblem(issue))
  throw new AgreementError([first, ...others])
}
