/** Every reason for which a gateway refuses, as it appears in problem documents and denials. */
export type ProblemCode =
  | 'MALFORMED'
  | 'SIGNATURE_INVALID'
  | 'AGREEMENT_UNKNOWN'
  | 'PEER_UNKNOWN'
  | 'REPLAYED'
  | 'CLOCK_SKEW'
  | 'EXCHANGE_CONFLICT'
  | 'EXCHANGE_UNKNOWN'
  | 'ANSWER_EXPIRED'
  | 'AGREEMENT_NOT_ACTIVE'
  | 'TIME_LOCKED'
  | 'AGREEMENT_EXPIRED'
  | 'AGREEMENT_SUSPENDED'
  | 'PURPOSE_MISMATCH'
  | 'LEGAL_BASIS_MISSING'
  | 'ELEMENT_NOT_AGREED'
  | 'PROTECTED_ELEMENT'
  | 'CONSENT_MISSING'
  | 'CONSENT_INVALID'
  | 'PRECONDITION_FAILED'
  | 'CASE_REQUIRED'
  | 'CASE_CLOSED'
  | 'OFFICIAL_NOT_ASSIGNED'
  | 'OFFICIAL_UNKNOWN'
  | 'OFFICIAL_SUSPENDED'
  | 'CONFIRMATION_INVALID'
  | 'SUBJECT_NOT_PARTY'
  | 'ASKED_RECEIPT_MISSING'
  | 'SUBJECT_ID_INVALID'
  | 'SECRECY_NOT_AUTHORISED'
  | 'CAP_EXCEEDED'
  | 'SUBJECT_RESTRICTED'
  | 'RATE_LIMITED'
  | 'REGISTER_UNAVAILABLE'
  | 'QUOTA_EXCEEDED'
  | 'LOG_UNAVAILABLE'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_MEDIA'
  | 'UNAUTHENTICATED'
  | 'JOIN_UNKNOWN'
  | 'JOIN_OVER'
  | 'NOT_FOUND'
  | 'INTERNAL'

/** A problem document (RFC 9457) of this protocol; canonical JSON on the wire. */
export type Problem = {
  /** Stable: `https://cloison.eu/problems/` and the code in lower case with hyphens. */
  readonly type: string
  /** What to do, in plain words. May be reworded; programs read `code`. */
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
}

const FORBIDDEN = 403

/** Status and title of every code. */
const problems: Readonly<Record<ProblemCode, readonly [status: number, title: string]>> = {
  MALFORMED: [400, 'The message is not in the agreed form. Compare it with the specification.'],
  SIGNATURE_INVALID: [
    401,
    'The signature does not match. Sign exactly the bytes that are sent, with the current key.',
  ],
  PEER_UNKNOWN: [
    401,
    'The signing key is not known here. Publish it in your directory record, then try again.',
  ],
  UNAUTHENTICATED: [401, 'Log in first, or send a valid bearer token.'],
  AGREEMENT_UNKNOWN: [404, 'No agreement of this name and version. Check both.'],
  JOIN_UNKNOWN: [
    404,
    'No join of this number that your organisation has a part in has begun here. Send it again later.',
  ],
  JOIN_OVER: [409, 'The join has stopped, and takes no message any more.'],
  EXCHANGE_UNKNOWN: [
    404,
    'No exchange of this id between you and this organisation is known here, or it is no more.',
  ],
  NOT_FOUND: [404, 'There is nothing here. Check the address.'],
  EXCHANGE_CONFLICT: [
    409,
    'This exchange id was used for another question. Start a new exchange with a new id.',
  ],
  TOO_LARGE: [
    413,
    'The message is too long. Send at most 64 KiB; of a join, what its plan allows.',
  ],
  UNSUPPORTED_MEDIA: [415, 'Send application/json without a content coding.'],
  CAP_EXCEEDED: [
    429,
    'A limit of the agreement is used up. Wait until the named period has passed, or agree on more.',
  ],
  QUOTA_EXCEEDED: [
    429,
    'Too many questions of your organisation were refused today. Correct what causes the refusals.',
  ],
  RATE_LIMITED: [
    429,
    'Too many requests or connections at a time. Wait a minute, then send it again.',
  ],
  INTERNAL: [500, 'The gateway failed. Nothing was answered. Tell its operator.'],
  REGISTER_UNAVAILABLE: [503, 'The register could not be read in time. Ask again later.'],
  LOG_UNAVAILABLE: [
    503,
    'The log cannot be written, so nothing is answered. Ask again later under the same exchange id.',
  ],
  REPLAYED: [
    FORBIDDEN,
    'This signature was used before. Sign the question again with a new nonce.',
  ],
  CLOCK_SKEW: [
    FORBIDDEN,
    'The signature is too old or from the future. Set the clock and sign the question again.',
  ],
  ANSWER_EXPIRED: [
    FORBIDDEN,
    'The answer was given and is no longer kept. Ask again in a new exchange.',
  ],
  AGREEMENT_NOT_ACTIVE: [
    FORBIDDEN,
    'The agreement is not in force. Both data protection officers must sign and publish it first.',
  ],
  TIME_LOCKED: [
    FORBIDDEN,
    'The agreement is published but its waiting time has not passed. Wait until it takes effect.',
  ],
  AGREEMENT_EXPIRED: [FORBIDDEN, 'The agreement has ended. Agree on a new one.'],
  AGREEMENT_SUSPENDED: [
    FORBIDDEN,
    'The agreement is suspended. Ask the organisation that suspended it.',
  ],
  PURPOSE_MISMATCH: [
    FORBIDDEN,
    'The agreement does not allow this purpose. Ask for its purpose, or under another agreement.',
  ],
  LEGAL_BASIS_MISSING: [
    FORBIDDEN,
    'The agreement does not name this legal basis. Name one that it does.',
  ],
  ELEMENT_NOT_AGREED: [
    FORBIDDEN,
    'The agreement does not cover an element that was asked for. Ask only for what it lists.',
  ],
  PROTECTED_ELEMENT: [
    FORBIDDEN,
    'An element is specially protected, and this purpose or legal basis does not open it.',
  ],
  CONSENT_MISSING: [FORBIDDEN, "The person's consent is required. Obtain it and send it along."],
  CONSENT_INVALID: [
    FORBIDDEN,
    'The consent does not fit this question, has run out or was used. Obtain a new one.',
  ],
  PRECONDITION_FAILED: [
    FORBIDDEN,
    'The question breaks a condition of the agreement. Correct its data and ask again.',
  ],
  CASE_REQUIRED: [
    FORBIDDEN,
    'A valid, current proof of the case is required. Fetch a new one from the case system.',
  ],
  CASE_CLOSED: [FORBIDDEN, 'The case is closed. Ask only in an open case.'],
  OFFICIAL_NOT_ASSIGNED: [
    FORBIDDEN,
    'The case is not assigned to this official. Have it assigned, or let its official ask.',
  ],
  OFFICIAL_UNKNOWN: [
    FORBIDDEN,
    'The official is not enrolled, or logged in too long ago. Enrol the official or log in again.',
  ],
  OFFICIAL_SUSPENDED: [
    FORBIDDEN,
    'An emergency question of the official was not reviewed, or found unjustified. Have it reviewed.',
  ],
  CONFIRMATION_INVALID: [
    FORBIDDEN,
    'The confirmation is not by another enrolled official, logged in lately. Let another confirm.',
  ],
  SUBJECT_NOT_PARTY: [FORBIDDEN, 'The person is not a party to the case. Ask only about parties.'],
  ASKED_RECEIPT_MISSING: [
    FORBIDDEN,
    "The proof that the question stands in the asker's own log is missing or wrong. Log it first.",
  ],
  SUBJECT_ID_INVALID: [
    FORBIDDEN,
    'The identifier does not have the form or the check digits of its scheme. Correct it.',
  ],
  SECRECY_NOT_AUTHORISED: [
    FORBIDDEN,
    'The notice may not be withheld. Ask without secrecy, or obtain the order that the law requires.',
  ],
  SUBJECT_RESTRICTED: [
    FORBIDDEN,
    'Access to this record is restricted. Ask the register by the way that the law provides.',
  ],
}

/** Every code, sorted. */
export const problemCodes: readonly ProblemCode[] = Object.keys(problems)
  .filter(isProblemCode)
  .sort()

/** The stable address of a problem: its code in lower case with hyphens (RFC 9457 §3.1.1). */
export function problemType(code: string): string {
  return `https://cloison.eu/problems/${code.toLowerCase().replaceAll('_', '-')}`
}

/** The problem document of a code. It holds nothing about the question or the person. */
export function problemOf(code: ProblemCode): Problem {
  const [status, title] = problems[code]
  return { type: problemType(code), title, status, code }
}

function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(problems, text)
}
