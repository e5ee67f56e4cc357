import * as z from 'zod'
import { canonicalBytes, concatBytes, decodeBase64, utf8 } from '../../bytes/index.ts'
import type { ExchangeRecord } from '../../log/index.ts'

/** One of the two parties for whom an identity is sealed. */
export interface SealingHolder {
  readonly organisation: string
  /** X25519 public key, 32 bytes; made for this alone. */
  readonly key: Uint8Array
}

/** Both parties: neither opens anything without the other. */
export interface SealingHolders {
  /** Of the organisation that asks. */
  readonly dpo: SealingHolder
  /** Of another organisation. */
  readonly inspector: SealingHolder
}

/** Which of the two parties. */
export type HolderRole = keyof SealingHolders

/** The members of an entry's record that say whose identity is sealed there. */
export type IdentityOf = Pick<
  ExchangeRecord,
  'consumer' | 'provider' | 'exchangeId' | 'official' | 'questionDigest'
>

function base64Of(bytes: number): z.ZodType<string> {
  return z.string().refine((text) => {
    try {
      return decodeBase64(text).length === bytes
    } catch {
      return false
    }
  })
}

/** Bytes of a share as it is sealed: digest of the context ‖ half of the key. */
export const shareBytes: number = 64

/** Bytes of what is sealed of every id, however long it is. */
export const paddedBytes: number = 256

const holder = z.strictObject({
  organisation: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
  key: base64Of(32),
  share: base64Of(shareBytes + 48),
})

/** An official's identity as it is kept and handed out: for two holders together. */
export const sealedIdentitySchema: z.ZodType<SealedIdentity> = z.strictObject({
  v: z.literal(1),
  dpo: holder,
  inspector: holder,
  identity: base64Of(paddedBytes + 28),
})

/** One holder of a {@link SealedIdentity}, with the share that only they can open. */
export interface SealedShare {
  readonly organisation: string
  /** X25519 public key, base64 of 32 bytes. */
  readonly key: string
  /** Sealed box, base64. */
  readonly share: string
}

/** What {@link sealedIdentitySchema} accepts; spec/sealed-identity.md. */
export interface SealedIdentity {
  readonly v: 1
  readonly dpo: SealedShare
  readonly inspector: SealedShare
  /** AES-256-GCM under the joined key, base64. */
  readonly identity: string
}

/** The holders of a sealed identity, or those for whom one is about to be sealed, as the context names them. */
export type NamedHolders = Readonly<
  Record<HolderRole, { readonly organisation: string; readonly key: string }>
>

/** What ties a sealed identity to its entry and its holders; spec/sealed-identity.md. */
export function identityContext(of: IdentityOf, { dpo, inspector }: NamedHolders): Uint8Array {
  const { consumer, provider, exchangeId, official, questionDigest } = of
  const named = canonicalBytes({
    consumer,
    provider,
    exchangeId,
    official,
    questionDigest,
    dpo: { organisation: dpo.organisation, key: dpo.key },
    inspector: { organisation: inspector.organisation, key: inspector.key },
  })
  return concatBytes(utf8('cloison/sealed-identity/v1\n'), named)
}

/** The exclusive or of two halves of a key, 32 bytes each. */
export function joinHalves(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((byte, place) => byte ^ (other[place] ?? 0))
}
