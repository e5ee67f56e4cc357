import * as z from 'zod'
import {
  concatBytes,
  decodeBase64,
  encodeBase64,
  readCanonicalJson,
  utf8,
} from '../../../bytes/index.ts'
import type { Ed25519 } from '../../../crypto/index.ts'
import type { SignatureKey } from '../../../protocol/index.ts'
import type { PlanSignature } from '../../join-release/index.ts'
import type { Side } from '../../psi/index.ts'

/** What precedes the hash of a plan in what its parties sign; no other format has it. */
const context = utf8('cloison/join-agreed/v1\n')

/** The signatures of the three parties of a run. */
export type PlanSignatures = Readonly<Record<Side | 'tally', PlanSignature>>

/** The closed schema of a {@link PlanSignature}. */
export const planSignatureSchema: z.ZodType<PlanSignature> = z.strictObject({
  keyId: z.string().max(200),
  value: z.base64().length(88),
})

/** The closed schema of {@link PlanSignatures}. */
export const planSignaturesSchema: z.ZodType<PlanSignatures> = z.strictObject({
  left: planSignatureSchema,
  right: planSignatureSchema,
  tally: planSignatureSchema,
})

/** Signs a plan as one of its parties. */
export function signPlan(
  hash: Uint8Array,
  { keyId, seed }: SignatureKey,
  ed25519: Ed25519,
): PlanSignature {
  return { keyId, value: encodeBase64(ed25519.sign(concatBytes(context, hash), seed)) }
}

/** Whether one of an organisation's keys, by key id, has signed the plan. */
export function isPlanSigned(
  hash: Uint8Array,
  { keyId, value }: PlanSignature,
  by: { readonly keys: ReadonlyMap<string, Uint8Array>; readonly ed25519: Ed25519 },
): boolean {
  const key = by.keys.get(keyId)
  return (
    key !== undefined && by.ed25519.verify(decodeBase64(value), concatBytes(context, hash), key)
  )
}

/** Signatures as a run's row keeps them. */
export function readPlanSignatures(bytes: Uint8Array): PlanSignatures {
  return planSignaturesSchema.parse(readCanonicalJson(bytes))
}
