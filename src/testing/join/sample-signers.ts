import { utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import {
  type JoinProof,
  type JoinRelease,
  proveJoinRelease,
  type SignerKeysAt,
} from '../../population/index.ts'
import { type PlanSignatures, signPlan } from '../../population/join-release/index.ts'
import { type JoinPlan, planHash } from '../../population/psi/index.ts'
import { gatewayKeyId, parseOrganisationId, type SignatureKey } from '../../protocol/index.ts'

/** The gateway key of a made-up organisation. */
export function sampleSigner(
  organisation: string,
): SignatureKey & { readonly publicKey: Uint8Array } {
  const seed = sha256(utf8(`gateway of ${organisation}`))
  const publicKey = bestEd25519().publicKey(seed)
  return { keyId: gatewayKeyId(parseOrganisationId(organisation), publicKey), seed, publicKey }
}

/** What the three parties of a plan sign. */
export function sampleSignatures(plan: JoinPlan): PlanSignatures {
  const of = (organisation: string): PlanSignatures['tally'] =>
    signPlan(planHash(plan), sampleSigner(organisation), bestEd25519())
  return {
    left: of(plan.left.organisation),
    right: of(plan.right.organisation),
    tally: of(plan.tally),
  }
}

/** Each organisation with its {@link sampleSigner}, at any time. */
export const sampleKeysAt: SignerKeysAt = (organisation) => {
  const { keyId, publicKey } = sampleSigner(organisation)
  return new Map([[keyId, { publicKey, isRevoked: false }]])
}

/** What the certificate of a made-up release proves, with the right holder's signature or the table in another state. */
export function sampleJoinProof(
  release: JoinRelease,
  change: {
    readonly signer?: JoinProof['signers'][number]['state']
    readonly table?: JoinProof['table']['state']
  } = {},
): JoinProof {
  const ed25519 = bestEd25519()
  const { right } = release.plan
  const keysAt: SignerKeysAt = (organisation, atMs) => {
    const keys = sampleKeysAt(organisation, atMs)
    const { signer } = change
    if (organisation !== right.organisation || signer === undefined) return keys
    const other = sampleSigner('stranger').publicKey
    if (signer === 'unknown') return new Map()
    return new Map(
      [...keys].map(([keyId, { publicKey }]) => [
        keyId,
        {
          publicKey: signer === 'invalid' ? other : publicKey,
          isRevoked: signer === 'revoked',
        },
      ]),
    )
  }
  const told = proveJoinRelease(release, { keysAt, sentTables: [], ed25519 })
  const { digest } = told.table
  const sentTables = { sent: [digest], changed: ['other'], untold: [] }[change.table ?? 'sent']
  return proveJoinRelease(release, { keysAt, sentTables, ed25519 })
}
