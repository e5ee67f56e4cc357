import { equalBytes } from '../../../bytes/index.ts'
import {
  parseProblem,
  ProtocolError,
  signRequestHead,
  verifyResponse,
} from '../../../protocol/index.ts'
import type { JoinContext, JoinPeer } from '../join-context.ts'
import { joinMessagePath, mostReceiptBytes, parseJoinReceipt } from '../messages/index.ts'
import { isStateDamaged, type JoinError } from '../../psi/index.ts'
import type { RunLeg } from '../run/index.ts'

/** A message that is to be sent, with its bytes wherever they are kept. */
export interface SendableMessage {
  readonly qid: string
  readonly leg: RunLeg
  readonly sha256: Uint8Array
  readonly length: number
  readonly isList: boolean
  readonly pieces: () => Iterable<Uint8Array>
}

/** How long a message of any size may be on its way: a minute, and a second for each 256 KiB. */
function timeoutMs(length: number): number {
  return 60_000 + Math.ceil(length / 262_144) * 1_000
}

/**
 * Sends one message; whether its receiver has said, under its signature, that it is kept and in its log. Anything else is no
 * receipt, and the message is sent again.
 *
 * @throws JoinError for a message that does not open
 */
export async function deliverMessage(
  message: SendableMessage,
  peer: JoinPeer,
  deps: Pick<JoinContext, 'key' | 'ed25519' | 'clock' | 'randomness' | 'http'>,
): Promise<'received' | 'refused' | 'unreachable'> {
  const { key, ed25519, clock, randomness, http } = deps
  const { sha256, length, isList, qid, leg } = message
  const contentType = isList ? 'application/octet-stream' : 'application/json'
  const path = joinMessagePath(qid, leg)
  const target = { method: 'POST' as const, authority: peer.authority, path }
  const headers = signRequestHead(
    { ...target, contentType, bodySha256: sha256 },
    { key, createdAtMs: clock.now(), nonce: randomness.bytes(16), ed25519 },
  )
  const seen: { damage?: JoinError } = {}
  const pieces = watched(message.pieces(), (damage) => {
    seen.damage = damage
  })
  const response = await http
    .send({
      method: 'POST',
      url: `${peer.url}${path}`,
      headers: { ...headers, 'content-length': String(length) },
      pieces,
      timeoutMs: timeoutMs(length),
      maxResponseBytes: mostReceiptBytes,
    })
    .catch(() => undefined)
  if (seen.damage !== undefined) throw seen.damage
  if (response === undefined) return 'unreachable'
  const verdict = verifyResponse(
    response,
    { ...target, headers },
    { keyOf: (keyId) => peer.gatewayKeys.get(keyId), nowMs: clock.now(), ed25519 },
  )
  if (!verdict.ok) return 'unreachable'
  if (response.status !== 200) return isProblem(response.body) ? 'refused' : 'unreachable'
  return isReceipt(response.body, sha256) ? 'received' : 'unreachable'
}

/** The pieces, and to `note` that they did not open, whatever whoever sends them makes of it. */
function* watched(
  pieces: Iterable<Uint8Array>,
  note: (damage: JoinError) => void,
): Generator<Uint8Array, void> {
  try {
    yield* pieces
  } catch (cause) {
    if (isStateDamaged(cause)) note(cause)
    throw cause
  }
}

function isReceipt(body: Uint8Array, sha256: Uint8Array): boolean {
  try {
    return equalBytes(parseJoinReceipt(body).digest, sha256)
  } catch (cause) {
    if (cause instanceof ProtocolError) return false
    throw cause
  }
}

function isProblem(body: Uint8Array): boolean {
  try {
    return parseProblem(body).code.length > 0
  } catch (cause) {
    if (cause instanceof ProtocolError) return false
    throw cause
  }
}
