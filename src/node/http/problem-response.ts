import { canonicalBytes, type Json } from '../../bytes/index.ts'
import type { DocumentRefusal } from '../agreements/agreement-book.ts'
import { LogError } from '../../log/index.ts'
import {
  type IdentityRefusal,
  type OrderRefusal,
  PersonError,
  type PersonErrorCode,
  type SafeguardRefusal,
} from '../../person/index.ts'
import type { BudgetRefusal, PopulationErrorCode } from '../../population/index.ts'
import {
  type DirectoryRefusal,
  type ProblemCode,
  problemOf,
  problemType,
  ProtocolError,
} from '../../protocol/index.ts'

/** A response that says what went wrong; canonical JSON, `application/problem+json`. */
export interface ProblemResponse {
  readonly status: number
  readonly contentType: 'application/problem+json'
  readonly body: Uint8Array
}

const personProblems: Readonly<
  Record<PersonErrorCode, { readonly status: number; readonly title: string }>
> = {
  PEER_UNAVAILABLE: {
    status: 503,
    title:
      'The provider could not be reached. The question stays asked; ask for its outcome later.',
  },
  PEER_RESPONSE_INVALID: {
    status: 502,
    title: 'The provider answered in no form that can be used. Tell its operator.',
  },
  ANSWER_REFUSED: {
    status: 502,
    title: 'The provider could not prove its answer, so it was refused and kept as evidence.',
  },
  IDEMPOTENCY_CONFLICT: {
    status: 409,
    title: 'This idempotency key was used for another request. Use a new one.',
  },
  EXCHANGE_CONFLICT: {
    status: 409,
    title: 'This exchange id stands for another question. Choose a new one.',
  },
  OUTCOME_GONE: { status: 410, title: 'The outcome is no longer kept. Ask again under a new key.' },
  CASE_SOURCE_UNAVAILABLE: {
    status: 503,
    title: 'The case system could not be reached. Nothing was asked; try again.',
  },
  CONSENT_ISSUER_UNKNOWN: {
    status: 404,
    title:
      'No issuer of consent that the agreement names is configured. Add it under "consent_issuers".',
  },
  CONSENT_UNAVAILABLE: {
    status: 503,
    title: 'The issuer of consent could not be reached. Nothing was asked; try again.',
  },
  AGREEMENT_UNKNOWN: {
    status: 404,
    title: 'This organisation has no agreement of that name to ask under.',
  },
  PEER_UNKNOWN: {
    status: 404,
    title: 'The agreement names a provider that is no peer of this gateway.',
  },
}

/** What a problem says: its code, status and title, and whatever a kind of problem adds. */
export interface ProblemWords {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly [more: string]: Json
}

/** The response of any problem, for the files that hold a table of them (RFC 9457). */
export function problemDocument(words: ProblemWords): ProblemResponse {
  return {
    status: words.status,
    contentType: 'application/problem+json',
    body: canonicalBytes({ ...words, type: problemType(words.code) }),
  }
}

/** No closed epoch is published and witnessed yet: on the inner interface only. */
export function epochPending(): ProblemResponse {
  return problemDocument({
    code: 'EPOCH_PENDING',
    status: 503,
    title: 'No closed epoch of this log is witnessed yet. Ask again in a while.',
  })
}

/** What goes wrong between an organisation's own systems and its gateway alone. */
const innerProblems = {
  OFFICIAL_MISMATCH: {
    status: 403,
    title:
      'The official in the body is not the one of the access token. Leave it out, or log in as that official.',
  },
  IDENTITY_UNAVAILABLE: {
    status: 503,
    title:
      'The keys of the issuer of access tokens could not be fetched. Nothing was asked; try again.',
  },
} as const

/** A problem of the inner interface. */
export function innerProblem(code: keyof typeof innerProblems): ProblemResponse {
  return problemDocument({ code, ...innerProblems[code] })
}

const safeguardProblems: Readonly<
  Record<SafeguardRefusal | OrderRefusal, { readonly status: number; readonly title: string }>
> = {
  EMERGENCY_UNKNOWN: {
    status: 404,
    title:
      'No emergency question of this organisation has this exchange id. Take both from the list.',
  },
  RESTRICTION_UNCHANGED: {
    status: 409,
    title: 'Answers about this person are restricted, or not, as you ask. Nothing was written.',
  },
  ORDER_NOT_NEEDED: {
    status: 409,
    title: 'This agreement withholds no notice, so no order can be given for it.',
  },
  AUTHORITY_NOT_INDEPENDENT: {
    status: 409,
    title:
      'The authority that the agreement names is one of its parties, or has a key of theirs. Agree on another one.',
  },
  ORDER_INVALID: {
    status: 400,
    title:
      'The order is not signed by the authority that the agreement names, or not in the form of the specification.',
  },
  ORDER_NOT_IN_FORCE: {
    status: 409,
    title: 'The order has ended, or is not issued yet. Obtain one that is in force.',
  },
  ORDER_FOREIGN: {
    status: 409,
    title: 'The order is about another agreement, version or law. Obtain one for this agreement.',
  },
  ORDER_TOO_LONG: {
    status: 409,
    title: 'The order lasts longer than 12 months. Obtain a shorter one; it can be extended.',
  },
  ORDER_NOT_LATER: {
    status: 409,
    title: 'An order that ends as late is known already. Nothing was written.',
  },
}

/** An act of the data protection officer that is refused. */
export function safeguardRefused(code: SafeguardRefusal | OrderRefusal): ProblemResponse {
  return problemDocument({ code, ...safeguardProblems[code] })
}

const identityProblems: Readonly<
  Record<IdentityRefusal, { readonly status: number; readonly title: string }>
> = {
  IDENTITY_NOT_SEALED: {
    status: 404,
    title:
      'No identity is sealed at this entry: it is no question of this organisation, older than keys.sealing, or its record is erased.',
  },
  IDENTITY_CAP_REACHED: {
    status: 429,
    title:
      'Ten identities were opened within 30 days, and no more may be. Nothing was written; wait until the oldest opening is older.',
  },
}

/** An opening that is refused. */
export function identityRefused(code: IdentityRefusal): ProblemResponse {
  return problemDocument({ code, ...identityProblems[code] })
}

/** A directory record that is not accepted: `code` says why, and nothing of it counts. */
export function directoryRefused(code: DirectoryRefusal, reason: string): ProblemResponse {
  return problemDocument({
    code,
    status: code === 'RECORD_MALFORMED' ? 400 : 409,
    title: `The directory record is not accepted: ${reason}.`,
  })
}

/** A signed agreement or act that is not taken up: `code` says why, and nothing of it counts. */
export function documentRefused(code: DocumentRefusal, reason: string): ProblemResponse {
  return problemDocument({
    code,
    status: documentStatus(code),
    title: `It is not taken up: ${reason}.`,
  })
}

const statisticsStatus: Readonly<Record<PopulationErrorCode, number>> = {
  AGREEMENT_UNKNOWN: 404,
  PEER_UNKNOWN: 404,
  PEER_UNAVAILABLE: 503,
  PEER_REFUSED: 502,
  ANSWER_REFUSED: 502,
  QUERY_MALFORMED: 400,
  RESULT_UNKNOWN: 404,
}

/** What keeps a question about a population from an outcome; `detail` is the provider's code or a place in the query. */
export function statisticsProblem(
  code: PopulationErrorCode,
  title: string,
  detail: string | undefined,
): ProblemResponse {
  const status = statisticsStatus[code]
  const more = detail === undefined ? {} : { detail }
  return problemDocument({ code, status, title, ...more })
}

const budgetProblems: Readonly<
  Record<BudgetRefusal, { readonly status: number; readonly title: string }>
> = {
  BUDGET_MALFORMED: { status: 400, title: 'This is no budget in the form of the specification.' },
  BUDGET_FOREIGN: { status: 409, title: "The budget is of another organisation's population." },
  BUDGET_SIGNATURE_INVALID: {
    status: 403,
    title:
      "The budget is not signed by this organisation's data protection officer, or has a countersignature that is not good.",
  },
  BUDGET_NOT_COUNTERSIGNED: {
    status: 409,
    title: 'A year is renewed with an inspector’s countersignature alone. Have it countersigned.',
  },
  BUDGET_TIME_LOCKED: {
    status: 409,
    title: 'A renewed year begins after the time lock, counted from now. Choose a later begin.',
  },
  BUDGET_ABOVE_CEILING: {
    status: 409,
    title:
      'A year spends an epsilon of 1 at most, of 2 with an inspector’s countersignature. Ask for less.',
  },
  BUDGET_TOO_EARLY: {
    status: 409,
    title: 'The last year of this population is not over then. Choose a later begin.',
  },
}

/** A budget that is not taken up. */
export function budgetRefused(code: BudgetRefusal): ProblemResponse {
  return problemDocument({ code, ...budgetProblems[code] })
}

function documentStatus(code: DocumentRefusal): number {
  if (code === 'AGREEMENT_MALFORMED' || code === 'ACT_MALFORMED') return 400
  if (code === 'AGREEMENT_SIGNATURE_INVALID' || code === 'ACT_SIGNATURE_INVALID') return 403
  return code === 'AGREEMENT_UNKNOWN' ? 404 : 409
}

function personProblem(code: PersonErrorCode): ProblemResponse {
  return problemDocument({ code, ...personProblems[code] })
}

/** The response for a code of the problem table. */
export function problemResponse(code: ProblemCode): ProblemResponse {
  return problemDocument({ ...problemOf(code) })
}

function fastifyCode(cause: unknown): ProblemCode | undefined {
  if (!(cause instanceof Error) || !('code' in cause)) return undefined
  switch (cause.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return 'TOO_LARGE'
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'UNSUPPORTED_MEDIA'
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return 'MALFORMED'
    default:
      return undefined
  }
}

/**
 * Turns any failure into a response. The one place that does; no text of an unexpected error leaves,
 * for it might quote what it failed on.
 */
export function problemOfFailure(cause: unknown): ProblemResponse {
  if (cause instanceof PersonError) return personProblem(cause.code)
  if (cause instanceof ProtocolError)
    return problemResponse(cause.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'MALFORMED')
  if (cause instanceof LogError) return problemResponse('LOG_UNAVAILABLE')
  return problemResponse(fastifyCode(cause) ?? 'INTERNAL')
}
