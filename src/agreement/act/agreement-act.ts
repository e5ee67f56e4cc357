import * as z from 'zod'

import {
  BytesError,
  canonicalBytes,
  concatBytes,
  decodeBase64,
  encodeBase64,
  encodeHex,
  readCanonicalJson,
  utf8,
} from '../../bytes/index.ts'
import { type Ed25519, sha256 } from '../../crypto/index.ts'
import { type OrganisationId, parseOrganisationId } from '../../protocol/index.ts'
import type { AgreementReference } from '../agreement.ts'
import { closedObject } from '../closed-object.ts'

/** What precedes the canonical act in what is signed and hashed; no other format has it. */
const context = utf8('cloison/agreement-act/v1\n')

/** What an officer can do to an agreement besides signing it. */
export const agreementActs = ['reject', 'suspend', 'resume', 'review', 'terminate'] as const

/** One of {@link agreementActs}. */
export type AgreementActName = (typeof agreementActs)[number]

/** An act upon one agreement, signed by an officer. Public; names no person. */
export interface AgreementAct {
  readonly v: 1
  readonly act: AgreementActName
  /** The one document that it is about. */
  readonly agreement: AgreementReference
  readonly organisation: OrganisationId
  readonly role: 'dpo' | 'inspector'
  /** Why, in words for everybody. */
  readonly reason: string
  /** Of `resume`: the suspensions that it is about, as `liftsOf` names them; otherwise empty. */
  readonly lifts: readonly string[]
  /** When it was signed, by the officer's clock. */
  readonly atMs: number
  readonly keyId: string
  /** Ed25519 over the context and the canonical act without this member; base64. */
  readonly signature: string
}

/** An act before it is signed. */
export type UnsignedAct = Omit<AgreementAct, 'keyId' | 'signature' | 'organisation' | 'role'>

const base64Of = (length: number): z.ZodType<string> =>
  z.string().refine((text) => {
    try {
      return decodeBase64(text).length === length
    } catch {
      return false
    }
  }, `is not ${length} bytes in base64`)

const actSchema = closedObject({
  v: z.literal(1),
  act: z.enum(agreementActs, `is none of ${agreementActs.join(', ')}`),
  agreement: closedObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{2,62}$/, 'is no id of an agreement'),
    version: z.int().min(1),
    digest: base64Of(32),
  }),
  organisation: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,30}$/, 'is no organisation id')
    .transform((id) => parseOrganisationId(id)),
  role: z.enum(['dpo', 'inspector']),
  reason: z
    .string()
    .min(1)
    .max(500)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'has characters that do not print'),
  lifts: z
    .array(base64Of(32))
    .max(16)
    .refine(
      (list) => list.every((one, at) => at === 0 || (list[at - 1] ?? '') < one),
      'is not sorted',
    ),
  atMs: z.int().min(0),
  keyId: z.string().regex(/^[a-z0-9][A-Za-z0-9/_.-]{0,99}$/, 'is no key id'),
  signature: base64Of(64),
}).refine(
  ({ act, lifts }) => (act === 'resume') === lifts.length > 0,
  'names suspensions if and only if it resumes',
)

/** Why bytes are no act; it says nothing of what they hold. */
export class ActError extends Error {
  override readonly name = 'ActError'
  readonly code = 'ACT_MALFORMED'
}

/**
 * Reads an act: canonical JSON of at most 64 KiB, of the closed schema. The signature is not verified.
 *
 * @throws {@link ActError}
 */
export function parseAct(bytes: Uint8Array): AgreementAct {
  const parsed = actSchema.safeParse(jsonOf(bytes))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ActError(`${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is no act'}`.trim())
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return readCanonicalJson(bytes)
  } catch (cause) {
    if (!(cause instanceof BytesError)) throw cause
    throw new ActError(`it is no canonical JSON: ${cause.message}`, { cause })
  }
}

function signedBytes(
  act: Omit<AgreementAct, 'signature'> & { readonly signature?: string },
): Uint8Array {
  const { signature: _signature, ...body } = act
  return concatBytes(context, canonicalBytes({ ...body, agreement: { ...body.agreement } }))
}

/** SHA-256 of what is signed, base64: an act is an entry of a log once. */
export function actDigest(act: AgreementAct): string {
  return encodeBase64(sha256(signedBytes(act)))
}

/** The canonical bytes of an act: what is sent and kept. */
export function actBytes(act: AgreementAct): Uint8Array {
  return canonicalBytes({ ...act, agreement: { ...act.agreement } })
}

/** Signs an act with an officer's key (32 bytes, secret). */
export function signAct(
  act: UnsignedAct,
  signer: {
    readonly organisation: OrganisationId
    readonly role: AgreementAct['role']
    readonly seed: Uint8Array
  },
  ed25519: Ed25519,
): AgreementAct {
  const { organisation, role, seed } = signer
  const keyDigest = encodeHex(sha256(ed25519.publicKey(seed)))
  const unsigned = {
    ...act,
    organisation,
    role,
    keyId: `${organisation}/${role}/${keyDigest.slice(0, 8)}`,
  }
  return { ...unsigned, signature: encodeBase64(ed25519.sign(signedBytes(unsigned), seed)) }
}

/** Whether one of these keys (32 bytes each) has signed the act. */
export function isActSigned(
  act: AgreementAct,
  keys: readonly Uint8Array[],
  ed25519: Ed25519,
): boolean {
  const signature = decodeBase64(act.signature)
  const message = signedBytes(act)
  return keys.some((key) => ed25519.verify(signature, message, key))
}
