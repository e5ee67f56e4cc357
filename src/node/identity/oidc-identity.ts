import * as oidc from 'openid-client'
import * as z from 'zod'
import { utf8 } from '../../bytes/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import type { Account, IdentityPort, SignInResult, SignInRole } from '../../web/index.ts'
import { signInRoles } from '../../web/index.ts'

/** The site of the pages that a client stands for. */
type Site = Parameters<IdentityPort['start']>[0]

/** The names of the claims that say who somebody is; an organisation's own provider has its own. */
export interface ClaimNames {
  /** A word or a list of words; must hold the one of {@link OidcSettings.roles}. */
  readonly role: string
  /** Whose official it is, by organisation id. Not looked at for persons. */
  readonly organisation: string
  /** The official as the organisation's case system knows them. */
  readonly account: string
  readonly name: string
  /** A person's identifier: `{scheme, value}`. */
  readonly subject: string
}

/** One client at the provider: one role at one organisation. */
export interface OidcClient {
  readonly role: SignInRole
  readonly organisation: string
  readonly clientId: string
  /** Read from a file; never logged. */
  readonly clientSecret: string
  readonly redirectUri: string
  readonly signedOutUri: string
}

/** How the pages sign people in. */
export interface OidcSettings {
  readonly issuer: string
  readonly claims: ClaimNames
  /** What the role claim holds for each role. */
  readonly roles: Readonly<Record<SignInRole, string>>
  /** Scopes asked for, `openid` among them. */
  readonly scope: string
  readonly clients: readonly OidcClient[]
}

/** How old a log-in may be when it is used to sign in, in seconds. */
const maxAgeSeconds = 900

const timeoutMs = 10_000
const maxResponseBytes = 262_144

const subjectSchema = z.strictObject({
  scheme: z.string().min(1).max(32),
  value: z.string().min(1).max(64),
})
const wordsSchema = z.union([z.string().transform((word) => [word]), z.array(z.string())])
const textSchema = z.string().min(1).max(200)

/** Clients that authenticate by secret send forms alone. */
function bytesOf(body: oidc.FetchBody): Uint8Array | undefined {
  if (body === undefined || body === null) return undefined
  if (body instanceof URLSearchParams || typeof body === 'string') return utf8(body.toString())
  throw new TypeError('the body of a request to the provider is no form')
}

/** The library's requests, through the port: with a limit of time and of size, and no redirects. */
function throughPort(http: HttpClient): oidc.CustomFetch {
  return async (url, { method, headers, body }) => {
    const sent = bytesOf(body)
    const response = await http.send({
      method: z.enum(['GET', 'POST']).parse(method),
      url,
      headers,
      ...(sent === undefined ? {} : { body: sent }),
      timeoutMs,
      maxResponseBytes,
    })
    const { status } = response
    const bare = status === 204 || status === 304
    return new Response(bare ? null : Buffer.from(response.body), {
      status,
      headers: response.headers,
    })
  }
}

/** Plain HTTP is for a provider on this very machine alone. */
function isLoopback(issuer: URL): boolean {
  return /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127\.0\.0\.1|\[::1\])$/.test(issuer.hostname)
}

type Checked = { readonly kind: 'account'; readonly account: Account } | { readonly kind: 'role' }

/** Reads who it is from the token's claims, for one client and no other role or organisation. */
function accountOf(
  claims: oidc.IDToken,
  authTimeMs: number,
  { settings, client }: { readonly settings: OidcSettings; readonly client: OidcClient },
): Checked {
  const { claims: names, roles } = settings
  const { role, organisation } = client
  const held = wordsSchema.safeParse(claims[names.role])
  if (!held.success || !held.data.includes(roles[role])) return { kind: 'role' }
  const name = textSchema.parse(claims[names.name])
  if (role === 'person') {
    const subject = subjectSchema.parse(claims[names.subject])
    return {
      kind: 'account',
      account: { role, organisation, id: claims.sub, name, subject, authTimeMs },
    }
  }
  if (claims[names.organisation] !== organisation) return { kind: 'role' }
  const id = textSchema.parse(claims[names.account])
  return {
    kind: 'account',
    account: { role, organisation, id, name, subject: undefined, authTimeMs },
  }
}

/** One client with what was discovered about its provider; kept only when that worked. */
class DiscoveredClients {
  readonly #settings: OidcSettings
  readonly #http: HttpClient
  readonly #known = new Map<OidcClient, Promise<oidc.Configuration>>()

  constructor(settings: OidcSettings, http: HttpClient) {
    this.#settings = settings
    this.#http = http
  }

  clientOf(site: Site): OidcClient {
    const found = this.#settings.clients.find(
      ({ role, organisation }) => role === site.role && organisation === site.organisation,
    )
    if (found === undefined) throw new RangeError('nobody can sign in at this site')
    return found
  }

  configurationOf(client: OidcClient): Promise<oidc.Configuration> {
    const known = this.#known.get(client)
    if (known !== undefined) return known
    const asked = this.#discover(client)
    this.#known.set(client, asked)
    asked.catch(() => this.#known.delete(client))
    return asked
  }

  #discover({ clientId, clientSecret }: OidcClient): Promise<oidc.Configuration> {
    const issuer = new URL(this.#settings.issuer)
    const plain = issuer.protocol === 'http:' && isLoopback(issuer)
    return oidc.discovery(
      issuer,
      clientId,
      { require_auth_time: true },
      oidc.ClientSecretBasic(clientSecret),
      {
        [oidc.customFetch]: throughPort(this.#http),
        execute: [oidc.enableNonRepudiationChecks, ...(plain ? [oidc.allowInsecureRequests] : [])],
        timeout: timeoutMs / 1000,
      },
    )
  }
}

function challengeOf(codeVerifier: string): Promise<string> {
  return oidc.calculatePKCECodeChallenge(codeVerifier)
}

const oldLogInSchema = z.object({ claim: z.literal('auth_time') })

/** Whether a check failed, somewhere down its causes, on the age of the log-in. */
function isOldLogIn(cause: unknown): boolean {
  if (oldLogInSchema.safeParse(cause).success) return true
  return cause instanceof Error && cause.cause !== undefined && isOldLogIn(cause.cause)
}

/** Which refusal a failed exchange is: only an old log-in has one of its own. */
function refusalOf(cause: unknown): SignInResult {
  const code = isOldLogIn(cause) ? 'SIGN_IN_TOO_OLD' : 'SIGN_IN_REJECTED'
  return { kind: 'refused', code, cause }
}

/**
 * Signing in by OpenID Connect: authorization code with PKCE, state, nonce, the issuer in the answer
 * (RFC 9207), a log-in at most 15 minutes old. One client for each role and organisation: what is
 * meant for one is worth nothing at another.
 */
export function oidcIdentity(settings: OidcSettings, http: HttpClient): IdentityPort {
  const clients = new DiscoveredClients(settings, http)
  const origin = new URL(settings.issuer).origin
  return {
    formTargets: (site) => (signInRoles.some((role) => role === site.role) ? [origin] : []),
    async start(site, { state, nonce, codeVerifier, language }) {
      const client = clients.clientOf(site)
      const configuration = await clients.configurationOf(client)
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: client.redirectUri,
        response_type: 'code',
        scope: settings.scope,
        state,
        nonce,
        code_challenge: await challengeOf(codeVerifier),
        code_challenge_method: 'S256',
        prompt: 'login',
        max_age: String(maxAgeSeconds),
        ui_locales: language,
      })
      return url.href
    },
    async finish(site, { state, nonce, codeVerifier, query }) {
      const client = clients.clientOf(site)
      try {
        const configuration = await clients.configurationOf(client)
        const tokens = await oidc.authorizationCodeGrant(
          configuration,
          new URL(`${client.redirectUri}?${query}`),
          {
            pkceCodeVerifier: codeVerifier,
            expectedState: state,
            expectedNonce: nonce,
            maxAge: maxAgeSeconds,
            idTokenExpected: true,
          },
        )
        const claims = tokens.claims()
        if (claims?.auth_time === undefined)
          return refusalOf(new TypeError('the ID token has no auth_time'))
        const checked = accountOf(claims, claims.auth_time * 1000, { settings, client })
        return checked.kind === 'role'
          ? { kind: 'refused', code: 'SIGN_IN_ROLE' }
          : { kind: 'signed-in', account: checked.account }
      } catch (cause) {
        return refusalOf(cause)
      }
    },
    async signOutUrl(site, language) {
      const client = clients.clientOf(site)
      const configuration = await clients.configurationOf(client)
      // No `id_token_hint`: the token would carry who somebody is through an address.
      return oidc.buildEndSessionUrl(configuration, {
        post_logout_redirect_uri: client.signedOutUri,
        client_id: client.clientId,
        ui_locales: language,
      }).href
    },
  }
}
