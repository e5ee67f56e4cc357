import { signCaseToken } from '../protocol/index.ts'
import type { CaseBook, CaseParty, CaseRecord } from './case-system-cases.ts'
import { type CaseJournal, countIdle, noteLookUp } from './case-system-journal.ts'

/** What a gateway asks the case source to vouch for. */
export interface CaseTokenRequest {
  readonly reference: string
  /** The official's id in the case system. */
  readonly official: string
  /** What the provider will know the official by. */
  readonly officialPseudonym: string
  /** Organisation that the token is for. */
  readonly provider: string
  /** Which party; the case's subject when absent. */
  readonly subject?: CaseParty | undefined
}

/** Why the case source does not vouch. */
export type CaseTokenRefusal =
  'CASE_UNKNOWN' | 'OFFICIAL_NOT_ASSIGNED' | 'CASE_CLOSED' | 'SUBJECT_NOT_PARTY'

/** A signed token, or why there is none. */
export type CaseTokenOutcome =
  | { readonly outcome: 'signed'; readonly token: string; readonly expiresAtMs: number }
  | { readonly outcome: 'refused'; readonly code: CaseTokenRefusal }

/** Whose key signs, when, and what has happened by then. */
export interface CaseTokenSigner {
  readonly issuer: string
  /** 32 bytes, secret: in no gateway's hands. */
  readonly seed: Uint8Array
  readonly journal: CaseJournal
  readonly nowMs: number
}

/** Well under the quarter of an hour that a provider accepts. */
const lifeSeconds = 600

/** Related are the official and the subject; of other parties the case system does not know. */
function isKin({ related, subject: own }: CaseRecord, official: string, asked: CaseParty): boolean {
  return related.includes(official) && own.scheme === asked.scheme && own.value === asked.value
}

/** Whether the party appears in the case because of another person. */
function isBystander({ bystanders }: CaseRecord, asked: CaseParty): boolean {
  return bystanders.some(({ scheme, value }) => scheme === asked.scheme && value === asked.value)
}

/**
 * Vouches for a question: the case exists and is open, the official works on it, the person is a
 * party to it. In that order; the first that fails is the refusal. The token also says what denies
 * nothing: whether official and person are related, whether the person appears because of another one, and how many look-ups of the official's nothing
 * followed. It is noted as a look-up itself.
 */
export async function issueCaseToken(
  book: CaseBook,
  request: CaseTokenRequest,
  signer: CaseTokenSigner,
): Promise<CaseTokenOutcome> {
  const found = book.cases.find(({ reference }) => reference === request.reference)
  if (found === undefined) return { outcome: 'refused', code: 'CASE_UNKNOWN' }
  if (!found.officials.includes(request.official)) {
    return { outcome: 'refused', code: 'OFFICIAL_NOT_ASSIGNED' }
  }
  if (found.state !== 'open') return { outcome: 'refused', code: 'CASE_CLOSED' }
  const subject = request.subject ?? found.subject
  const isParty = found.parties.some(
    ({ scheme, value }) => scheme === subject.scheme && value === subject.value,
  )
  if (!isParty) return { outcome: 'refused', code: 'SUBJECT_NOT_PARTY' }
  const issued = Math.floor(signer.nowMs / 1000)
  const token = await signCaseToken(
    {
      iss: signer.issuer,
      aud: request.provider,
      iat: issued,
      exp: issued + lifeSeconds,
      case: found.reference,
      subject,
      official: request.officialPseudonym,
      purpose: found.purpose,
      open: true,
      ...(isKin(found, request.official, subject) && { kin: true }),
      ...(isBystander(found, subject) && { bystander: true }),
      idle: countIdle(book, signer.journal, { official: request.official, nowMs: signer.nowMs }),
    },
    signer.seed,
  )
  noteLookUp(signer.journal, found.reference, { official: request.official, atMs: signer.nowMs })
  return { outcome: 'signed', token, expiresAtMs: (issued + lifeSeconds) * 1000 }
}
