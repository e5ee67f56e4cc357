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
import { organisationIdSchema } from '../../protocol/index.ts'

/** What precedes the canonical declaration in what is signed; no other format has it. */
const context = utf8('cloison/breach/v1\n')

/**
 * That a key was in wrong hands for a time, as the organisation's data protection officer signs it
 * (`spec/breach.md`). Public; names no person.
 */
export type BreachDeclaration = {
  readonly v: 1
  readonly organisation: string
  /** Id of the key that was exposed, or an official's pseudonym: see {@link exposedKeyForm}. */
  readonly key: string
  readonly fromMs: number
  /** Exclusive; not in the future. */
  readonly untilMs: number
  /** When the organisation learnt of it: the 72 hours of GDPR 33(1) run from here. */
  readonly knownAtMs: number
  readonly keyId: string
  /** Ed25519 over the context and the canonical declaration without this member; base64. */
  readonly signature: string
}

/** A declaration before it is signed. */
export type UnsignedBreach = Omit<BreachDeclaration, 'keyId' | 'signature'>

/** Organisation, use and the key's own part; for an official its pseudonym. */
export const exposedKeyForm: RegExp =
  /^([a-z][a-z0-9-]{1,30})\/(gateway|tls|dpo|case|consent|official)\/([A-Za-z0-9_-]{1,120})$/

const time = z.int().nonnegative()

const declarationSchema: z.ZodType<BreachDeclaration> = z
  .strictObject({
    v: z.literal(1),
    organisation: organisationIdSchema,
    key: z.string().regex(exposedKeyForm),
    fromMs: time,
    untilMs: time,
    knownAtMs: time,
    keyId: z.string().regex(/^[a-z0-9][A-Za-z0-9/_.-]{0,99}$/),
    signature: z.string().regex(/^[A-Za-z0-9+/]{85}[AQgw]==$/),
  })
  .refine(({ fromMs, untilMs }) => fromMs < untilMs)

/** The declaration in `bytes`, canonical JSON of the closed schema, or `undefined`. Its signature is not looked at. */
export function parseBreachDeclaration(bytes: Uint8Array): BreachDeclaration | undefined {
  try {
    return declarationSchema.safeParse(readCanonicalJson(bytes)).data
  } catch (cause) {
    if (cause instanceof BytesError) return undefined
    throw cause
  }
}

function signedBytes({ signature: _signature, ...rest }: BreachDeclaration): Uint8Array {
  return concatBytes(context, canonicalBytes(rest))
}

/** The canonical bytes of a declaration: what is handed in. */
export function breachBytes(declaration: BreachDeclaration): Uint8Array {
  return canonicalBytes(declaration)
}

/** Signs a declaration with the officer's key, a seed of 32 bytes. */
export function signBreach(
  breach: UnsignedBreach,
  seed: Uint8Array,
  ed25519: Ed25519,
): BreachDeclaration {
  const digest = encodeHex(sha256(ed25519.publicKey(seed)))
  const keyId = `${breach.organisation}/dpo/${digest.slice(0, 8)}`
  const unsigned = { ...breach, keyId, signature: '' }
  return { ...unsigned, signature: encodeBase64(ed25519.sign(signedBytes(unsigned), seed)) }
}

/** Whether one of the officer's keys, 32 bytes each, has signed the declaration. */
export function isBreachSigned(
  declaration: BreachDeclaration,
  keys: readonly Uint8Array[],
  ed25519: Ed25519,
): boolean {
  const message = signedBytes(declaration)
  const signature = decodeBase64(declaration.signature)
  return keys.some((key) => ed25519.verify(signature, message, key))
}
