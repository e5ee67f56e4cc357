import { canonicalBytes } from '../../bytes/index.ts'
import {
  type ProblemCode,
  problemOf,
  ProtocolError,
  type RequestHead,
  type SignedResponse,
  signResponse,
} from '../../protocol/index.ts'
import type { PopulationDeps } from './population-deps.ts'

type Signing = Pick<PopulationDeps, 'key' | 'clock' | 'randomness' | 'ed25519'>

/** A body, signed for the request that it answers. */
export function signedReply(
  body: Uint8Array,
  request: RequestHead,
  deps: Signing,
  as: { readonly status: number; readonly contentType: string } = {
    status: 200,
    contentType: 'application/json',
  },
): SignedResponse {
  const reply = { ...as, body }
  const headers = signResponse(reply, request, {
    key: deps.key,
    createdAtMs: deps.clock.now(),
    nonce: deps.randomness.bytes(16),
    ed25519: deps.ed25519,
  })
  return { status: as.status, headers, body }
}

/** A problem, which is no entry. Unsigned where the request has nothing that a signature could cover. */
export function problemReply(
  code: ProblemCode,
  request: RequestHead,
  deps: Signing,
): SignedResponse {
  const problem = problemOf(code)
  const body = canonicalBytes({ ...problem })
  const contentType = 'application/problem+json'
  try {
    return signedReply(body, request, deps, { status: problem.status, contentType })
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    return { status: problem.status, headers: { 'content-type': contentType }, body }
  }
}
