import { encodeBase64 } from '../../bytes/index.ts'
import {
  organisationOfKeyId,
  type ProblemCode,
  type RequestHead,
  type SignatureVerdict,
  type VerifyingOptions,
} from '../../protocol/index.ts'
import type { NonceMemory } from './nonce-memory.ts'
import type { AskingOrganisation, PopulationDeps } from './population-deps.ts'

/** What is known of the connection that a request came over. */
export interface Connection {
  /** Who may ask over it. */
  readonly consumers: ReadonlyMap<string, AskingOrganisation>
  /** Whether this peer may send a request now. */
  readonly mayAsk: (consumer: string) => boolean
}

/** What verifying a sender needs. */
export interface SenderDeps extends Connection, Pick<PopulationDeps, 'clock' | 'ed25519'> {
  readonly nonces: NonceMemory
}

/** Who has signed a request. */
export interface VerifiedSender {
  readonly keyId: string
  readonly consumer: AskingOrganisation
}

/** As long as a signature may still be taken after its end. */
const graceMs = 65_000

/**
 * Verifies who sent a request: by its signature, by its connection's bounds, and once. `verify` is of the whole request or of
 * its head.
 */
export function verifiedSender<Request extends RequestHead, Verdict extends SignatureVerdict>(
  request: Request,
  verify: (request: Request, options: VerifyingOptions) => Verdict,
  deps: SenderDeps,
): (VerifiedSender & { readonly verdict: Extract<Verdict, { ok: true }> }) | ProblemCode {
  const { consumers, mayAsk, nonces, clock, ed25519 } = deps
  const consumerOf = (keyId: string): AskingOrganisation | undefined =>
    consumers.get(organisationOfKeyId(keyId) ?? '')
  const verdict = verify(request, {
    keyOf: (keyId) => consumerOf(keyId)?.gatewayKeys.get(keyId),
    nowMs: clock.now(),
    ed25519,
  })
  if (!isGood(verdict)) return codeOf(verdict)
  const { keyId } = verdict
  const consumer = consumerOf(keyId)
  if (consumer === undefined) return 'PEER_UNKNOWN'
  if (!mayAsk(consumer.id)) return 'RATE_LIMITED'
  const nonce = `${keyId} ${encodeBase64(verdict.nonce)}`
  if (!nonces.take(nonce, verdict.expiresAtMs + graceMs)) return 'REPLAYED'
  return { keyId, consumer, verdict }
}

function isGood<Verdict extends SignatureVerdict>(
  verdict: Verdict,
): verdict is Extract<Verdict, { ok: true }> {
  return verdict.ok
}

function codeOf(verdict: SignatureVerdict): ProblemCode {
  return verdict.ok ? 'INTERNAL' : verdict.code
}
