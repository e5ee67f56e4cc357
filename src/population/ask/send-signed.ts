import { parseProblem, ProtocolError, signRequest, verifyResponse } from '../../protocol/index.ts'
import { mostAnswerBytes } from '../messages/index.ts'
import { PopulationError } from '../population-error.ts'
import type { DeskDeps, StatisticsProvider } from './desk-deps.ts'

const timeoutMs = 20_000

function problemOf(body: Uint8Array): PopulationError {
  try {
    const { code, title } = parseProblem(body)
    return new PopulationError('PEER_REFUSED', title, { detail: code })
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    return new PopulationError(
      'PEER_UNAVAILABLE',
      'The provider answered in no form that can be used.',
    )
  }
}

/** What a signed request is sent with. */
export type SendDeps = Pick<DeskDeps, 'key' | 'ed25519' | 'clock' | 'randomness' | 'http'>

/**
 * Sends one signed request and returns the body of the provider's signed 200. What it has not signed for this request counts
 * as no reply.
 *
 * @throws {@link PopulationError} `PEER_UNAVAILABLE`, `PEER_REFUSED`
 */
export async function sendSigned(
  path: string,
  body: Uint8Array,
  provider: StatisticsProvider,
  deps: SendDeps,
): Promise<Uint8Array> {
  const { key, ed25519, clock, randomness, http } = deps
  const target = { method: 'POST' as const, authority: provider.authority, path }
  const headers = signRequest(
    { ...target, contentType: 'application/json', body },
    { key, createdAtMs: clock.now(), nonce: randomness.bytes(16), ed25519 },
  )
  const url = `${provider.url}${path}`
  const response = await http
    .send({ method: 'POST', url, headers, body, timeoutMs, maxResponseBytes: mostAnswerBytes })
    .catch((cause: unknown) => {
      throw new PopulationError('PEER_UNAVAILABLE', 'The provider cannot be reached.', { cause })
    })
  const verdict = verifyResponse(
    response,
    { ...target, headers },
    { keyOf: (keyId) => provider.gatewayKeys.get(keyId), nowMs: clock.now(), ed25519 },
  )
  if (!verdict.ok)
    throw new PopulationError('PEER_UNAVAILABLE', 'The provider gave no reply that it has signed.')
  if (response.status !== 200) throw problemOf(response.body)
  return response.body
}
