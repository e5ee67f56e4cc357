import { problemDocument, type ProblemResponse } from './problem-response.ts'

/** What goes wrong with signals and draws. */
export type OversightCode =
  | 'SIGNAL_UNKNOWN'
  | 'SIGNAL_DECIDED'
  | 'DRAW_UNKNOWN'
  | 'DRAW_DONE'
  | 'DRAW_NOT_FIXED'
  | 'DRAW_NONCE_WRONG'
  | 'DRAW_RANGE_REFUSED'

/** Status and title of each. */
export const oversightProblems: Readonly<
  Record<OversightCode, readonly [status: number, title: string]>
> = {
  SIGNAL_UNKNOWN: [404, 'There is no signal of this id. List them with "cloison signals list".'],
  SIGNAL_DECIDED: [409, 'This signal was decided before. A decision is an entry and stays.'],
  DRAW_UNKNOWN: [
    404,
    'No draw was committed to at this entry of the present log. Check the number.',
  ],
  DRAW_DONE: [409, 'The nonce of this draw was revealed before. A draw is made once.'],
  DRAW_NOT_FIXED: [
    409,
    'No cosigned checkpoint is fixed for this draw yet. Wait until the log has been published and witnessed.',
  ],
  DRAW_NONCE_WRONG: [
    422,
    'The nonce is not the one that was committed to. Use the file that "cloison audit commit" wrote.',
  ],
  DRAW_RANGE_REFUSED: [
    422,
    'The range must lie among the entries that the log has now, and have as many as are drawn.',
  ],
}

/** The refusal as a problem document (RFC 9457). */
export function oversightProblem(code: OversightCode): ProblemResponse {
  const [status, title] = oversightProblems[code]
  return problemDocument({ code, status, title })
}
