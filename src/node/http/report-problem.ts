import { problemDocument, type ProblemResponse } from './problem-response.ts'

/** What goes wrong with reports and declared breaches. */
export type ReportProblemCode =
  | 'REPORT_PENDING'
  | 'REPORT_AGREEMENT_UNKNOWN'
  | 'BREACH_MALFORMED'
  | 'BREACH_FOREIGN'
  | 'BREACH_SIGNATURE_INVALID'
  | 'BREACH_AHEAD'
  | 'BREACH_KEY_UNKNOWN'
  | 'BREACH_DECLARED'

/** Status and title of each. */
export const reportProblems: Readonly<
  Record<ReportProblemCode, readonly [status: number, title: string]>
> = {
  REPORT_PENDING: [
    503,
    'Not every log of this organisation is published and witnessed up to now. Ask again in a while.',
  ],
  REPORT_AGREEMENT_UNKNOWN: [
    404,
    'This organisation has no agreement of this id and version. List them with "cloison agreement list".',
  ],
  BREACH_MALFORMED: [400, 'This is no declaration of a breach in the form of the specification.'],
  BREACH_FOREIGN: [409, 'The declaration is of another organisation.'],
  BREACH_SIGNATURE_INVALID: [
    403,
    "The declaration is not signed by this organisation's data protection officer.",
  ],
  BREACH_AHEAD: [
    409,
    'The time of the breach ends, or was known, after now. Declare what has happened by now; the rest is another declaration.',
  ],
  BREACH_KEY_UNKNOWN: [
    404,
    'No agreement of this organisation names this key. Look for its id with "cloison key list" or in the agreement.',
  ],
  BREACH_DECLARED: [409, 'This breach is declared already. Nothing was written.'],
}

/** The refusal as a problem document (RFC 9457). */
export function reportProblem(code: ReportProblemCode): ProblemResponse {
  const [status, title] = reportProblems[code]
  return problemDocument({ code, status, title })
}
