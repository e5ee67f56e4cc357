import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { decodeBase64, decodeUtf8, encodeBase64Url, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { HttpClient, HttpResponse } from '../../ports/index.ts'

/** What a provider does otherwise than it should; what is left out is honest. */
export interface ProviderBend {
  /** Claims of the ID token in place of the honest ones; `undefined` leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** Signs with a key that is not in its key set. */
  readonly strangeKey?: boolean
  /** The issuer that its discovery document names. */
  readonly discoveredIssuer?: string
}

/** The bend of a provider that does nothing wrong. */
export const honest: ProviderBend = {}

/** A provider that runs in this process behind the port of the network. */
export interface BentProvider {
  readonly http: HttpClient
  /** Lets somebody log in at an address made by the pages; returns the query that comes back. */
  logIn(address: string, claims: Readonly<Record<string, unknown>>): string
  bend(bend: ProviderBend): void
  /** Requests of the token endpoint so far. */
  readonly exchanges: () => number
}

interface Given {
  readonly claims: Readonly<Record<string, unknown>>
  readonly challenge: string
  readonly redirectUri: string
  readonly clientId: string
}

function json(status: number, body: unknown): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: utf8(JSON.stringify(body)),
  }
}

/** A small OpenID provider for attacks: honest unless it is told what to bend. */
export async function createBentProvider(
  issuer: string,
  nowSeconds: () => number,
): Promise<BentProvider> {
  const [own, strange] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')])
  const jwk = { ...(await exportJWK(own.publicKey)), alg: 'ES256', use: 'sig', kid: 'k' }
  return new Bent({ issuer, nowSeconds, jwk, own: own.privateKey, strange: strange.privateKey })
}

interface BentParts {
  readonly issuer: string
  readonly nowSeconds: () => number
  readonly jwk: unknown
  readonly own: CryptoKey
  readonly strange: CryptoKey
}

class Bent implements BentProvider {
  readonly #parts: BentParts
  readonly #given = new Map<string, Given>()
  #bent: ProviderBend = honest
  #exchanges = 0

  constructor(parts: BentParts) {
    this.#parts = parts
  }

  readonly http: HttpClient = {
    send: async ({ url, body, headers }) => {
      const { pathname } = new URL(url)
      if (pathname === '/.well-known/openid-configuration') return this.#discovery()
      if (pathname === '/jwks') return json(200, { keys: [this.#parts.jwk] })
      if (pathname !== '/token') return json(404, {})
      const form = new URLSearchParams(decodeUtf8(body ?? new Uint8Array()))
      return await this.#exchange(form, headers['authorization'] ?? '')
    },
  }

  readonly exchanges = (): number => this.#exchanges

  bend(bend: ProviderBend): void {
    this.#bent = bend
  }

  logIn(address: string, claims: Readonly<Record<string, unknown>>): string {
    const asked = new URL(address).searchParams
    const { issuer } = this.#parts
    const code = encodeBase64Url(sha256(utf8(`code ${this.#given.size} ${asked.get('state')}`)))
    const now = this.#parts.nowSeconds()
    const clientId = asked.get('client_id') ?? ''
    const honestClaims = {
      iss: issuer,
      aud: clientId,
      iat: now,
      exp: now + 60,
      auth_time: now,
      nonce: asked.get('nonce'),
    }
    this.#given.set(code, {
      challenge: asked.get('code_challenge') ?? '',
      redirectUri: asked.get('redirect_uri') ?? '',
      clientId,
      claims: { ...honestClaims, ...claims },
    })
    return new URLSearchParams({ code, state: asked.get('state') ?? '', iss: issuer }).toString()
  }

  #discovery(): HttpResponse {
    const { issuer } = this.#parts
    return json(200, {
      issuer: this.#bent.discoveredIssuer ?? issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      end_session_endpoint: `${issuer}/out`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      authorization_response_iss_parameter_supported: true,
    })
  }

  async #exchange(body: URLSearchParams, authorization: string): Promise<HttpResponse> {
    this.#exchanges += 1
    const code = body.get('code') ?? ''
    const found = this.#given.get(code)
    this.#given.delete(code)
    const challenge = encodeBase64Url(sha256(utf8(body.get('code_verifier') ?? '')))
    const basic = decodeUtf8(decodeBase64(authorization.replace('Basic ', '')))
    const client = basic.split(':').map(decodeURIComponent).join(':')
    const right =
      found !== undefined &&
      found.challenge === challenge &&
      found.redirectUri === body.get('redirect_uri') &&
      client === `${found.clientId}:secret`
    if (!right) return json(400, { error: 'invalid_grant' })
    const { own, strange } = this.#parts
    const token = new SignJWT({ ...found.claims, ...this.#bent.claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .sign(this.#bent.strangeKey === true ? strange : own)
    const id_token = await token
    return json(200, { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token })
  }
}
