import { canonicalBytes } from '../../bytes/index.ts'
import { problemResponse, type ProblemResponse } from '../http/problem-response.ts'

/** Why a bundle is not handed out. */
export type BundleCode = 'LOG_UNAVAILABLE' | 'BUNDLE_RANGE_REFUSED'

/** The refusal as a problem document (RFC 9457). */
export function bundleProblem(code: BundleCode): ProblemResponse {
  if (code === 'LOG_UNAVAILABLE') return problemResponse(code)
  const status = 422
  const title =
    'The range begins behind what is published of the log. Ask from an earlier entry on.'
  const type = 'https://cloison.eu/problems/bundle-range-refused'
  return {
    status,
    contentType: 'application/problem+json',
    body: canonicalBytes({ type, title, status, code }),
  }
}
