import { parseProblem, ProtocolError, signRequest, verifyResponse } from '../../protocol/index.ts'
import { PopulationError } from '../population-error.ts'
import type { JoinContext, JoinPeer } from './join-context.ts'

const timeoutMs = 20_000

/** A request to one other gateway, and how its answer is read. */
export interface PeerRequest<Answer> {
  readonly path: string
  readonly body: Uint8Array
  readonly parse: (bytes: Uint8Array) => Answer
  readonly maxResponseBytes: number
}

function problemOf(body: Uint8Array): PopulationError {
  try {
    const { code, title } = parseProblem(body)
    return new PopulationError('PEER_REFUSED', title, { detail: code })
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    return unavailable('The other gateway answered in no form that can be used.')
  }
}

function unavailable(message: string, cause?: unknown): PopulationError {
  return new PopulationError('PEER_UNAVAILABLE', message, { cause })
}

/**
 * Asks another gateway, and gives what it has signed for this request.
 *
 * @throws {@link PopulationError} `PEER_UNAVAILABLE`, `PEER_REFUSED`
 */
export async function askPeer<Answer>(
  { path, body, parse, maxResponseBytes }: PeerRequest<Answer>,
  peer: JoinPeer,
  deps: Pick<JoinContext, 'key' | 'ed25519' | 'clock' | 'randomness' | 'http'>,
): Promise<Answer> {
  const { key, ed25519, clock, randomness, http } = deps
  const target = { method: 'POST' as const, authority: peer.authority, path }
  const headers = signRequest(
    { ...target, contentType: 'application/json', body },
    { key, createdAtMs: clock.now(), nonce: randomness.bytes(16), ed25519 },
  )
  const url = `${peer.url}${path}`
  const response = await http
    .send({ method: 'POST', url, headers, body, timeoutMs, maxResponseBytes })
    .catch((cause: unknown) => {
      throw unavailable('The other gateway cannot be reached.', cause)
    })
  const verdict = verifyResponse(
    response,
    { ...target, headers },
    { keyOf: (keyId) => peer.gatewayKeys.get(keyId), nowMs: clock.now(), ed25519 },
  )
  if (!verdict.ok) throw unavailable('The other gateway gave no reply that it has signed.')
  if (response.status !== 200) throw problemOf(response.body)
  return parseOrRefuse(parse, response.body)
}

function parseOrRefuse<Answer>(parse: (bytes: Uint8Array) => Answer, body: Uint8Array): Answer {
  try {
    return parse(body)
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    throw unavailable('The other gateway answered in no form that can be used.')
  }
}
