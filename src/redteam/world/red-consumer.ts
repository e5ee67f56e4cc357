import { encodeBase64 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../log/index.ts'
import type { Randomness } from '../../ports/index.ts'
import {
  type DirectoryKey,
  type DirectoryRecord,
  gatewayKeyId,
  parseOrganisationId,
  signDirectoryRecord,
} from '../../protocol/index.ts'

/** Where the consumer's log is. */
export const redConsumerOrigin = 'housing.localhost/log/redteam'

/** All secrets around the consumer, 32 bytes each. What an attacker holds of them, each attack says. */
export interface RedSecrets {
  readonly root: Uint8Array
  readonly dpo: Uint8Array
  readonly log: Uint8Array
  readonly gateway: Uint8Array
  /** A second gateway key in good standing, until it is revoked. */
  readonly stolenGateway: Uint8Array
  readonly cases: Uint8Array
  readonly consents: Uint8Array
  readonly authority: Uint8Array
}

/** Draws them. */
export function drawRedSecrets(randomness: Randomness): RedSecrets {
  const draw = (): Uint8Array => randomness.bytes(32)
  return {
    root: draw(),
    dpo: draw(),
    log: draw(),
    gateway: draw(),
    stolenGateway: draw(),
    cases: draw(),
    consents: draw(),
    authority: draw(),
  }
}

/** The key of the consumer's gateway, by its id. */
export function redKeyId(seed: Uint8Array, ed25519: Ed25519): string {
  return gatewayKeyId(parseOrganisationId('housing'), ed25519.publicKey(seed))
}

const dayMs = 86_400_000

/** What a record of the consumer is made with. */
export interface RedRecordDeps {
  readonly ed25519: Ed25519
  readonly nowMs: number
}

/** The verifier key of the consumer's log. */
export function redConsumerVkey({ log }: RedSecrets, ed25519: Ed25519): string {
  return formatVerifierKey(redConsumerOrigin, SIGNATURE_TYPES.ed25519, ed25519.publicKey(log))
}

/** The consumer's directory record: both gateway keys count, or, in the second version, one is revoked. */
export function redConsumerRecord(
  secrets: RedSecrets,
  version: 1 | 2,
  { ed25519, nowMs }: RedRecordDeps,
): DirectoryRecord {
  const publicOf = (seed: Uint8Array): string => encodeBase64(ed25519.publicKey(seed))
  const key = (use: DirectoryKey['use'], seed: Uint8Array, name: string | null): DirectoryKey => ({
    use,
    name,
    publicKey: publicOf(seed),
    succession: null,
    notBeforeMs: nowMs - 1_000,
    notAfterMs: nowMs + 100 * dayMs,
  })
  const stolen = key('gateway', secrets.stolenGateway, null)
  const kept = [
    key('gateway', secrets.gateway, null),
    key('log', secrets.log, redConsumerOrigin),
    key('dpo', secrets.dpo, null),
  ]
  const { use, name, publicKey } = stolen
  return signDirectoryRecord(
    {
      v: 1,
      organisation: parseOrganisationId('housing'),
      name: 'Housing Agency',
      version,
      issuedAtMs: nowMs,
      validUntilMs: nowMs + 100 * dayMs,
      url: 'http://127.0.0.1:9',
      postalAddress: ['Housing Agency'],
      keys: version === 1 ? [stolen, ...kept] : kept,
      revoked: version === 1 ? [] : [{ use, name, publicKey, revokedAtMs: nowMs }],
      recovery: null,
    },
    secrets.root,
    ed25519,
  )
}
