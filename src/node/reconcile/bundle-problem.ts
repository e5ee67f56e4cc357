import { problemDocument, problemResponse, type ProblemResponse } from '../http/problem-response.ts'

/** Why a bundle is not handed out. */
export type BundleCode = 'LOG_UNAVAILABLE' | 'BUNDLE_RANGE_REFUSED'

/** The refusal as a problem document (RFC 9457). */
export function bundleProblem(code: BundleCode): ProblemResponse {
  if (code === 'LOG_UNAVAILABLE') return problemResponse(code)
  const title =
    'The range begins behind what is published of the log. Ask from an earlier entry on.'
  return problemDocument({ code, status: 422, title })
}
