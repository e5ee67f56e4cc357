import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify } from 'jose'
import type { Clock, HttpClient } from '../../ports/index.ts'
import type { OidcCallerConfig } from '../caller-config.ts'

/** An official as an access token vouches. */
export interface TokenOfficial {
  readonly id: string
  /** When the official last logged in, milliseconds since the epoch. */
  readonly authTimeMs: number
}

/** What a token turned out to be. `unavailable`: the issuer's keys could not be fetched. */
export type TokenVerdict = TokenOfficial | 'invalid' | 'unavailable'

/** Verifies access tokens of one issuer. */
export type VerifyOfficial = (token: string) => Promise<TokenVerdict>

/** A login counts for this long. */
export const longestLoginMs = 900_000
/** Clocks of issuer and gateway may differ by this much. */
const toleranceSeconds = 60
const idPattern = /^[\x21-\x7e]{1,64}$/
const longestToken = 8_192

/** The bounded client in the shape that the library asks for. */
function boundedFetch(http: HttpClient) {
  return async (url: string): Promise<Response> => {
    const { status, body } = await http.send({
      method: 'GET',
      url,
      headers: { accept: 'application/json' },
      timeoutMs: 5_000,
      maxResponseBytes: 65_536,
    })
    return new Response(new Uint8Array(body), { status })
  }
}

function officialOf(
  claims: JWTPayload,
  { official_claim: claim = 'sub' }: OidcCallerConfig,
  nowMs: number,
): TokenVerdict {
  const { [claim]: id, auth_time: authTime } = claims
  if (typeof id !== 'string' || !idPattern.test(id)) return 'invalid'
  if (typeof authTime !== 'number' || !Number.isInteger(authTime)) return 'invalid'
  const authTimeMs = authTime * 1000
  const ageMs = nowMs - authTimeMs
  if (ageMs > longestLoginMs || ageMs < -toleranceSeconds * 1000) return 'invalid'
  return { id, authTimeMs }
}

/** Errors that say nothing about the token. */
function isOfIssuer(cause: unknown): boolean {
  if (cause instanceof errors.JWKSTimeout || cause instanceof errors.JWKSInvalid) return true
  return !(cause instanceof errors.JOSEError) || cause.code === 'ERR_JOSE_GENERIC'
}

/**
 * Verifies access tokens (RFC 9068; OpenID Connect Core, 2): signed by a key that the issuer
 * publishes, for this audience, in time, of an official who logged in at most 15 minutes ago.
 */
export function oidcVerifier(
  config: OidcCallerConfig,
  { http, clock }: { readonly http: HttpClient; readonly clock: Clock },
): VerifyOfficial {
  const keys = createRemoteJWKSet(new URL(config.jwks_url), { [customFetch]: boundedFetch(http) })
  return async (token) => {
    if (token.length > longestToken) return 'invalid'
    const nowMs = clock.now()
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: config.issuer,
        audience: config.audience,
        algorithms: ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'PS256', 'RS256'],
        requiredClaims: ['exp', 'auth_time'],
        clockTolerance: toleranceSeconds,
        currentDate: new Date(nowMs),
      })
      return officialOf(payload, config, nowMs)
    } catch (cause) {
      return isOfIssuer(cause) ? 'unavailable' : 'invalid'
    }
  }
}
