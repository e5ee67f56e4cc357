import * as z from 'zod'
import {
  BytesError,
  concatBytes,
  decodeBase64,
  encodeBase64,
  readCanonicalJson,
  utf8,
} from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { SignatureKey } from '../../protocol/index.ts'
import type { Side } from '../psi/index.ts'

/** What precedes the hash of a plan in what its parties sign; no other format has it. */
const context = utf8('cloison/join-agreed/v1\n')

/** A party's word that it has agreed to the plan: Ed25519 over `cloison/join-agreed/v1\n` and its hash. */
export interface PlanSignature {
  readonly keyId: string
  /** Base64. */
  readonly value: string
}

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

/** Whether one of an organisation's keys, by key id, has signed the plan. Never throws. */
export function isPlanSigned(
  hash: Uint8Array,
  { keyId, value }: PlanSignature,
  by: { readonly keys: ReadonlyMap<string, Uint8Array>; readonly ed25519: Ed25519 },
): boolean {
  const key = by.keys.get(keyId)
  const signature = bytesOf(value)
  if (key === undefined || signature === undefined) return false
  return by.ed25519.verify(signature, concatBytes(context, hash), key)
}

/** The schema lets bits stray at the end of a text, which are no signature. */
function bytesOf(value: string): Uint8Array | undefined {
  try {
    return decodeBase64(value)
  } catch (cause) {
    if (cause instanceof BytesError) return undefined
    throw cause
  }
}

/** Signatures as a run's row keeps them. */
export function readPlanSignatures(bytes: Uint8Array): PlanSignatures {
  return planSignaturesSchema.parse(readCanonicalJson(bytes))
}
