import { CompactSign, compactVerify } from 'jose'
import type { JWK } from 'jose'
import { z } from 'zod'

import { canonicalBytes, decodeBase64Url, decodeUtf8, encodeBase64Url } from '../../bytes/index.ts'
import type { Json } from '../../bytes/index.ts'
import { isStrictEncoding, nobleEd25519 } from '../../crypto/index.ts'

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
  /** Seconds since the epoch, at most 15 minutes after `iat`; exclusive. */
  readonly exp: number
}

/** One kind of token: the `typ` of its header and the closed form of its claims. */
export interface TokenForm<Claims extends TokenClaims> {
  readonly typ: string
  readonly claims: z.ZodType<Claims>
}

/** What a token turned out to be. */
export type TokenState<Claims> =
  | { readonly state: 'valid'; readonly claims: Claims }
  | { readonly state: 'missing' | 'invalid' | 'expired' }

/** Whose token is accepted, and when. */
export interface TokenExpectation {
  readonly issuer: string
  /** Ed25519, 32 bytes: the issuer's. The token cannot name or bring another. */
  readonly publicKey: Uint8Array
  /** When given, a token for someone else is invalid. */
  readonly audience?: string
  readonly nowMs: number
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
  const claims = hasStrictForm(token, form.typ, expected.publicKey)
    ? await verifiedClaims(token, form, expected.publicKey)
    : undefined
  if (claims === undefined || !isExpected(claims, expected)) return { state: 'invalid' }
  if (claims.exp * 1000 <= expected.nowMs) return { state: 'expired' }
  return { state: 'valid', claims }
}

/** Signs claims as a token, in canonical form. `seed`: 32 bytes, secret. */
export async function writeSignedToken(
  typ: string,
  claims: Json,
  seed: Uint8Array,
): Promise<string> {
  const key = publicJwk(nobleEd25519.publicKey(seed))
  return new CompactSign(canonicalBytes(claims))
    .setProtectedHeader({ alg: 'EdDSA', typ })
    .sign({ ...key, d: encodeBase64Url(seed) })
}

/** One text for given bytes, no header but the two expected, and a signature that all would judge alike. */
function hasStrictForm(token: string, typ: string, publicKey: Uint8Array): boolean {
  const [head, payload, signature, more] = token.split('.', 4)
  if (token.length > MAX_TOKEN_LENGTH || more !== undefined) return false
  if (head === undefined || payload === undefined || signature === undefined) return false
  try {
    decodeBase64Url(payload)
    const read = header.safeParse(JSON.parse(decodeUtf8(decodeBase64Url(head))))
    return (
      read.success &&
      read.data.typ === typ &&
      isStrictEncoding(decodeBase64Url(signature), publicKey)
    )
  } catch {
    return false
  }
}

async function verifiedClaims<Claims extends TokenClaims>(
  token: string,
  form: TokenForm<Claims>,
  publicKey: Uint8Array,
): Promise<Claims | undefined> {
  try {
    const { payload } = await compactVerify(token, publicJwk(publicKey), { algorithms: ['EdDSA'] })
    return form.claims.safeParse(JSON.parse(decodeUtf8(payload))).data
  } catch {
    return undefined
  }
}

function isExpected(claims: TokenClaims, expected: TokenExpectation): boolean {
  const { iss, aud, iat, exp } = claims
  const lifetime = exp - iat
  if (iss !== expected.issuer) return false
  if (aud !== undefined && expected.audience !== undefined && aud !== expected.audience)
    return false
  if (lifetime <= 0 || lifetime > MAX_TOKEN_SECONDS) return false
  return iat * 1000 <= expected.nowMs + ISSUED_SKEW_SECONDS * 1000
}

/** The same object for the same array, because the library remembers the keys of objects. */
function publicJwk(publicKey: Uint8Array): JWK {
  const x = encodeBase64Url(publicKey)
  const known = jwks.get(publicKey)
  if (known?.x === x) return known.jwk
  const jwk = { kty: 'OKP', crv: 'Ed25519', x }
  jwks.set(publicKey, { x, jwk })
  return jwk
}
