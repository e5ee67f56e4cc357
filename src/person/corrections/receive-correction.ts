import { canonicalBytes, encodeBase64 } from '../../bytes/index.ts'
import { type Ed25519, sha256 } from '../../crypto/index.ts'
import type { Clock, Randomness } from '../../ports/index.ts'
import {
  type CorrectionMessage,
  organisationOfKeyId,
  parseCorrectionMessage,
  type ProblemCode,
  problemOf,
  ProtocolError,
  type SignatureKey,
  type SignedRequest,
  type SignedResponse,
  signResponse,
  verifyRequest,
} from '../../protocol/index.ts'
import type { PersonWriter } from '../writer.ts'

/** Where a provider tells those who had data that it was corrected. */
export const correctionPath = '/v1/corrections'

/** What taking the word of a correction needs. */
export interface CorrectionReceiverDeps {
  readonly key: SignatureKey
  readonly ed25519: Ed25519
  readonly clock: Clock
  readonly randomness: Randomness
  readonly writer: PersonWriter
  /** Gateway keys of every peer, by organisation. */
  readonly peers: ReadonlyMap<string, { readonly gatewayKeys: ReadonlyMap<string, Uint8Array> }>
  /** Whether this peer may have a request looked at now. */
  readonly mayAsk: (peer: string) => boolean
  /** Whether the log is fit for entries now. */
  readonly mayAnswer: () => boolean
  /** Counts what leaves no entry, by code. */
  readonly countNoise: (code: ProblemCode) => void
}

interface Reply {
  readonly status: number
  readonly contentType: string
  readonly body: Uint8Array
}

function problemReply(code: ProblemCode): Reply {
  const problem = problemOf(code)
  const body = canonicalBytes({ ...problem })
  return { status: problem.status, contentType: 'application/problem+json', body }
}

function senderOf(
  request: SignedRequest,
  { peers, clock, ed25519 }: CorrectionReceiverDeps,
): { readonly peer: string } | ProblemCode {
  const keysOf = (keyId: string): ReadonlyMap<string, Uint8Array> | undefined =>
    peers.get(organisationOfKeyId(keyId) ?? '')?.gatewayKeys
  const verdict = verifyRequest(request, {
    keyOf: (keyId) => keysOf(keyId)?.get(keyId),
    nowMs: clock.now(),
    ed25519,
  })
  if (!verdict.ok) return verdict.code
  const peer = organisationOfKeyId(verdict.keyId)
  return peer === undefined ? 'PEER_UNKNOWN' : { peer }
}

function readBody(body: Uint8Array): CorrectionMessage | ProblemCode {
  try {
    return parseCorrectionMessage(body)
  } catch (cause) {
    if (cause instanceof ProtocolError)
      return cause.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'MALFORMED'
    throw cause
  }
}

async function take(
  request: SignedRequest,
  deps: CorrectionReceiverDeps,
): Promise<Uint8Array | ProblemCode> {
  const sender = senderOf(request, deps)
  if (typeof sender === 'string') return sender
  if (!deps.mayAsk(sender.peer)) return 'RATE_LIMITED'
  const message = readBody(request.body)
  if (typeof message === 'string') return message
  if (!deps.mayAnswer()) return 'LOG_UNAVAILABLE'
  const { exchangeId, elements, correctedAtMs } = message
  const digest = encodeBase64(sha256(request.body))
  const done = await deps.writer.commit({
    type: 'correction',
    act: 'receive',
    provider: sender.peer,
    exchangeId,
    elements,
    correctedAtMs,
    digest,
  })
  if (done.type !== 'correction' || done.act !== 'receive')
    throw new TypeError('the writer answered another intent')
  if (done.state === 'unknown') return 'EXCHANGE_UNKNOWN'
  const { place, commitment } = done.row
  return canonicalBytes({ v: 1, digest, log: place.origin, entry: place.index, commitment })
}

function signed(
  reply: Reply,
  request: SignedRequest,
  { key, clock, randomness, ed25519 }: CorrectionReceiverDeps,
): SignedResponse {
  const nonce = randomness.bytes(16)
  try {
    const headers = signResponse(reply, request, { key, createdAtMs: clock.now(), nonce, ed25519 })
    return { status: reply.status, headers, body: reply.body }
  } catch (cause) {
    // A request without a signature has nothing that an answer's could cover.
    if (!(cause instanceof ProtocolError)) throw cause
    return {
      status: reply.status,
      headers: { 'content-type': reply.contentType },
      body: reply.body,
    }
  }
}

/**
 * Serves `POST /v1/corrections`: the signed word of a provider that data which this organisation had was
 * corrected becomes an entry, once, and the answer is its receipt. Never rejects.
 */
export async function receiveCorrection(
  request: SignedRequest,
  deps: CorrectionReceiverDeps,
): Promise<SignedResponse> {
  const taken = await take(request, deps).catch((): ProblemCode => 'LOG_UNAVAILABLE')
  if (typeof taken !== 'string')
    return signed({ status: 200, contentType: 'application/json', body: taken }, request, deps)
  deps.countNoise(taken)
  return signed(problemReply(taken), request, deps)
}
