import { CompactSign, compactVerify } from 'jose'
import type { JWK } from 'jose'
import * as z from 'zod'

import {
  canonicalBytes,
  decodeBase64Url,
  decodeUtf8,
  encodeBase64Url,
  utf8,
} from '../../bytes/index.ts'
import type { Json } from '../../bytes/index.ts'
import { isStrictEncoding, nobleEd25519 } from '../../crypto/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'

/** The longest life of a token, in seconds. */
export const MAX_TOKEN_SECONDS = 900
/** How far in the future a token may have been issued, for clocks that differ, in seconds. */
const ISSUED_SKEW_SECONDS = 60
const MAX_TOKEN_LENGTH = 4096

/** The claims that every token has. */
export type TokenClaims = {
  /** Who signed. */
  readonly iss: string
  /** For whom; anyone when absent. */
  readonly aud?: string
  /** Seconds since the epoch. */
  readonly iat: number
  /** Seconds since the epoch, at most 15 minutes after `iat` unless its form says longer; exclusive. */
  readonly exp: number
}

/** One kind of token: the `typ` of its header and the closed form of its claims. */
export interface TokenForm<Claims extends TokenClaims> {
  readonly typ: string
  readonly claims: z.ZodType<Claims>
  /** The longest life of such a token; {@link MAX_TOKEN_SECONDS} unless told. */
  readonly longestSeconds?: number
}

/** What a token turned out to be. */
export type TokenState<Claims> =
  | { readonly state: 'valid'; readonly claims: Claims }
  /** Rightly signed and too old: its claims permit nothing. */
  | { readonly state: 'expired'; readonly claims?: Claims }
  | { readonly state: 'missing' | 'invalid' }

/** Whose token is accepted, and when. */
export interface TokenExpectation {
  readonly issuer: string
  /** Ed25519, 32 bytes: the issuer's. The token cannot name or bring another. */
  readonly publicKey: Uint8Array
  /** When given, a token for someone else, or for nobody in particular, is invalid. */
  readonly audience?: string
  readonly nowMs: number
  /** Verifies in place of the JWS library, several times faster; the verdicts are the same. */
  readonly ed25519?: Ed25519
}

const header = z.strictObject({ alg: z.literal('EdDSA'), typ: z.string() })
const jwks = new WeakMap<Uint8Array, { readonly x: string; readonly jwk: JWK }>()

/**
 * Reads a signed token: a JWS in compact form (RFC 7515) whose header holds `alg` EdDSA and `typ` and
 * nothing else. Resolves to `missing` for the empty text; never rejects because of the token.
 */
export async function readSignedToken<Claims extends TokenClaims>(
  token: string,
  form: TokenForm<Claims>,
  expected: TokenExpectation,
): Promise<TokenState<Claims>> {
  if (token === '') return { state: 'missing' }
  const parts = partsOf(token, form.typ)
  if (parts === undefined || !(await isSigned(token, parts, expected))) return { state: 'invalid' }
  const claims = claimsIn(parts, form)
  if (claims === undefined || !isExpected(claims, form, expected)) return { state: 'invalid' }
  if (claims.exp * 1000 <= expected.nowMs) return { state: 'expired', claims }
  return { state: 'valid', claims }
}

/** Signs claims as a token, in canonical form. `seed`: 32 bytes, secret. */
export async function writeSignedToken(
  typ: string,
  claims: Json,
  seed: Uint8Array,
): Promise<string> {
  const key = jwkOf(nobleEd25519.publicKey(seed))
  return new CompactSign(canonicalBytes(claims))
    .setProtectedHeader({ alg: 'EdDSA', typ })
    .sign({ ...key, d: encodeBase64Url(seed) })
}

interface TokenParts {
  readonly payload: Uint8Array
  readonly signature: Uint8Array
}

/** Payload and signature of a token in the one accepted form, with the one accepted header. */
function partsOf(token: string, typ: string): TokenParts | undefined {
  const [head, payload, signature, more] = token.split('.', 4)
  if (token.length > MAX_TOKEN_LENGTH || more !== undefined) return undefined
  if (head === undefined || payload === undefined || signature === undefined) return undefined
  try {
    const read = header.safeParse(JSON.parse(decodeUtf8(decodeBase64Url(head))))
    if (!read.success || read.data.typ !== typ) return undefined
    return { payload: decodeBase64Url(payload), signature: decodeBase64Url(signature) }
  } catch {
    return undefined
  }
}

async function isSigned(
  token: string,
  { signature }: TokenParts,
  { publicKey, ed25519 }: TokenExpectation,
): Promise<boolean> {
  if (!isStrictEncoding(signature, publicKey)) return false
  const signed = token.slice(0, token.lastIndexOf('.'))
  if (ed25519 !== undefined) return ed25519.verify(signature, utf8(signed), publicKey)
  try {
    await compactVerify(token, jwkOf(publicKey), { algorithms: ['EdDSA'] })
    return true
  } catch {
    return false
  }
}

function claimsIn<Claims extends TokenClaims>(
  { payload }: TokenParts,
  form: TokenForm<Claims>,
): Claims | undefined {
  try {
    return form.claims.safeParse(JSON.parse(decodeUtf8(payload))).data
  } catch {
    return undefined
  }
}

function isExpected(
  claims: TokenClaims,
  { longestSeconds = MAX_TOKEN_SECONDS }: Pick<TokenForm<TokenClaims>, 'longestSeconds'>,
  expected: TokenExpectation,
): boolean {
  const { iss, aud, iat, exp } = claims
  const lifetime = exp - iat
  if (iss !== expected.issuer) return false
  if (expected.audience !== undefined && aud !== expected.audience) return false
  if (lifetime <= 0 || lifetime > longestSeconds) return false
  return iat * 1000 <= expected.nowMs + ISSUED_SKEW_SECONDS * 1000
}

/** The same object for the same array, because the library remembers the keys of objects. */
function jwkOf(publicKey: Uint8Array): JWK {
  const x = encodeBase64Url(publicKey)
  const known = jwks.get(publicKey)
  if (known?.x === x) return known.jwk
  const jwk = { kty: 'OKP', crv: 'Ed25519', x }
  jwks.set(publicKey, { x, jwk })
  return jwk
}
