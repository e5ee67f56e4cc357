import { canonicalBytes, decodeUtf8 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { parseBundleHeader } from '../../oversight/index.ts'
import type { Clock, HttpClient, Randomness } from '../../ports/index.ts'
import { type SignatureKey, signRequest } from '../../protocol/index.ts'
import { logOrigins, type Peer } from '../peer.ts'
import { bundlesPath } from './bundle-routes.ts'

/** What taking bundles of peers needs. */
export interface TakeBundleDeps {
  readonly key: SignatureKey
  readonly ed25519: Ed25519
  readonly clock: Clock
  readonly randomness: Randomness
  readonly http: HttpClient
}

/** A bundle as a peer has given it, or why there is none. */
export type TakenBundle =
  | { readonly state: 'taken'; readonly origin: string; readonly bytes: Uint8Array }
  /** It does not answer, or its log is shut: what it owes is pending. */
  | { readonly state: 'away' }
  /** It gives something else than a bundle of one of its own logs, or refuses this gateway. */
  | { readonly state: 'refused'; readonly reason: string }

/** Above what a quarter of a million entries take; a longer range is for bundles in files. */
const limits = { timeoutMs: 60_000, maxResponseBytes: 268_435_456 }

function codeIn(body: Uint8Array): string {
  const text = new TextDecoder().decode(body.subarray(0, 2_000))
  return /"code":"([A-Z_]{1,40})"/.exec(text)?.[1] ?? 'it gives no code'
}

function taken(bytes: Uint8Array, peer: Peer): TakenBundle {
  const line = decodeUtf8(bytes.subarray(0, bytes.indexOf(0x0a)))
  const { organisation, checkpoint } = parseBundleHeader(line)
  const origin = checkpoint.slice(0, checkpoint.indexOf('\n'))
  if (organisation !== peer.id || !logOrigins(peer).includes(origin))
    return { state: 'refused', reason: 'the bundle is of another log' }
  return { state: 'taken', origin, bytes }
}

/** Asks a peer by a signed request for what its log has from `first` on. */
export async function takeBundle(
  peer: Peer,
  { log, first }: { readonly log: string | null; readonly first: number },
  { key, ed25519, clock, randomness, http }: TakeBundleDeps,
): Promise<TakenBundle> {
  const body = canonicalBytes({ v: 1, log, first })
  const { host: authority } = new URL(peer.url)
  const headers = signRequest(
    { method: 'POST', authority, path: bundlesPath, contentType: 'application/json', body },
    { key, createdAtMs: clock.now(), nonce: randomness.bytes(16), ed25519 },
  )
  const url = `${peer.url}${bundlesPath}`
  const response = await http
    .send({ method: 'POST', url, headers, body, ...limits })
    .catch(() => undefined)
  if (response === undefined || response.status === 503 || response.status === 429)
    return { state: 'away' }
  if (response.status !== 200) return { state: 'refused', reason: codeIn(response.body) }
  try {
    return taken(response.body, peer)
  } catch {
    return { state: 'refused', reason: 'it is no bundle' }
  }
}
