import { decodeBase64, decodeUtf8, equalBytes } from '../bytes/index.ts'
import {
  type Checkpoint,
  LogError,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  quorumMet,
  quorumTime,
  verifyConsistency,
} from '../log/verify/index.ts'
import { parseConsistencyAnswer } from '../protocol/index.ts'
import type { ConsumerDeps, KnownProvider } from './consumer-deps.ts'
import { PersonError } from './person-error.ts'

const request = { method: 'GET', headers: {}, timeoutMs: 5_000, maxResponseBytes: 262_144 } as const

/** A peer's checkpoint that a quorum of witnesses has cosigned. */
export interface WitnessedCheckpoint {
  readonly checkpoint: Checkpoint
  /** The oldest of the cosignatures that make the quorum, counted from the newest. */
  readonly witnessedAtMs: number
}

/** One of a peer's logs, with whom to ask and by whose cosignatures it is judged. */
export interface PeerLog {
  readonly provider: KnownProvider
  readonly origin: string
}

function pathOf(origin: string): string {
  return origin.slice(origin.indexOf('/'))
}

/**
 * The published checkpoint of a log; `undefined` while its quorum has not cosigned it. Rejects when it
 * cannot be had or is not that log's.
 */
export async function fetchWitnessed(
  { provider, origin }: PeerLog,
  deps: ConsumerDeps,
): Promise<WitnessedCheckpoint | undefined> {
  const keys = provider.quorumPolicy.logs.map(({ key }) => key)
  const shard = pathOf(origin)
  const response = await deps.http.send({ ...request, url: `${provider.url}${shard}/checkpoint` })
  if (response.status !== 200) return undefined
  const witnesses = provider.quorumPolicy.witnesses.map(({ key }) => key)
  const { ed25519, mlDsa44 } = deps
  const algorithms = mlDsa44 === undefined ? { ed25519 } : { ed25519, mlDsa44 }
  const opened = openCheckpoint(decodeUtf8(response.body), {
    log: keys.filter(({ name }) => name === origin),
    witnesses,
    ...algorithms,
  })
  const { checkpoint, cosignatures } = opened
  const cosigners = cosignatures.map(({ key }) => key)
  if (!quorumMet(provider.quorumPolicy, cosigners)) return undefined
  const seconds = quorumTime(provider.quorumPolicy, cosignatures)
  // A policy that needs nobody is content at once.
  return { checkpoint, witnessedAtMs: seconds === undefined ? deps.clock.now() : seconds * 1000 }
}

async function fetchConsistency(
  { provider, origin }: PeerLog,
  sizes: { readonly from: number; readonly to: number },
  deps: ConsumerDeps,
): Promise<readonly Uint8Array[]> {
  const log = encodeURIComponent(pathOf(origin))
  const url = `${provider.url}/v1/consistency?from=${sizes.from}&to=${sizes.to}&log=${log}`
  const response = await deps.http.send({ ...request, url })
  if (response.status !== 200)
    throw new PersonError('PEER_UNAVAILABLE', 'The provider gave no consistency proof.')
  return parseConsistencyAnswer(response.body).proof.map((hash) => decodeBase64(hash))
}

/**
 * How a checkpoint that was seen of a log stands to the one that its witnesses have cosigned. `not-yet`:
 * nobody has covered it, or no proof came that holds.
 */
export type LogStanding = 'witnessed' | 'not-yet' | 'forked'

/**
 * Compares a checkpoint that was seen, `seen`, with a witnessed one of the same log. A proof that does not hold may be a network's doing, so it settles nothing and is asked for again.
 * Two roots of one size are the log's own, both under its signature: a fork.
 */
export async function standingOf(
  seen: string,
  witnessed: WitnessedCheckpoint,
  log: PeerLog,
  deps: ConsumerDeps,
): Promise<LogStanding> {
  const own = parseCheckpoint(parseNote(seen).text)
  const { checkpoint } = witnessed
  if (own.size > checkpoint.size) return 'not-yet'
  if (own.size === checkpoint.size) {
    return equalBytes(own.root, checkpoint.root) ? 'witnessed' : 'forked'
  }
  const sizes = { from: own.size, to: checkpoint.size }
  const proof = await fetchConsistency(log, sizes, deps)
  const claim = { ...sizes, fromRoot: own.root, toRoot: checkpoint.root, proof }
  return verifyConsistency(claim) ? 'witnessed' : 'not-yet'
}

/** What a peer or the network did settles nothing in this round; a mistake here is no such thing. */
export function passing(cause: unknown): 'not-yet' {
  const isOwn =
    (cause instanceof TypeError || cause instanceof RangeError) && !(cause instanceof LogError)
  if (isOwn) throw cause
  return 'not-yet'
}
