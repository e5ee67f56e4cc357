import { utf8 } from '../../bytes/index.ts'
import type { Clock, HttpClient, Randomness } from '../../ports/index.ts'
import { type SignatureKey, signRequest } from '../../protocol/index.ts'
import { seenCheckpointPath } from '../http/seen-checkpoint.ts'
import { type OwnLog, requireContinued } from './own-log.ts'

/** A peer that may have seen this log. */
export interface AskablePeer {
  readonly id: string
  readonly url: string
}

/** What asking one peer at the start came to. */
export interface PeerSeen {
  readonly id: string
  /** Size of the newest checkpoint it has of this log; `undefined` when it has or said none. */
  readonly size: number | undefined
  readonly reached: boolean
}

/** What asking peers needs. */
export interface PeerQuestions {
  readonly key: SignatureKey
  readonly http: HttpClient
  readonly clock: Clock
  readonly randomness: Randomness
}

const body = utf8('{"v":1}')

async function fetchSeen(
  { url }: AskablePeer,
  { ed25519 }: OwnLog,
  { key, http, clock, randomness }: PeerQuestions,
): Promise<Uint8Array | 'none' | undefined> {
  const target = { method: 'POST' as const, authority: new URL(url).host, path: seenCheckpointPath }
  const headers = signRequest(
    { ...target, contentType: 'application/json', body },
    { key, createdAtMs: clock.now(), nonce: randomness.bytes(16), ed25519 },
  )
  try {
    const reply = await http.send({
      method: 'POST',
      url: `${url}${seenCheckpointPath}`,
      headers,
      body,
      timeoutMs: 2_000,
      maxResponseBytes: 131_072,
    })
    return reply.status === 200 ? reply.body : 'none'
  } catch {
    return undefined
  }
}

/**
 * Asks a peer for the newest checkpoint that it has of this log, and holds it against the stores.
 * A peer can keep one back, but cannot make one up: only what this log has signed counts.
 *
 * @throws {@link NodeError} `LOG_REGRESSED`, `LOG_FORKED`
 */
export async function checkPeer(
  peer: AskablePeer,
  own: OwnLog,
  questions: PeerQuestions,
): Promise<PeerSeen> {
  const { id } = peer
  const note = await fetchSeen(peer, own, questions)
  if (note === undefined) return { id, size: undefined, reached: false }
  const size = note === 'none' ? undefined : await requireContinued(note, `The peer ${id}`, own)
  return { id, size, reached: true }
}
