import type { ClientMetadata, Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { exportJWK, generateKeyPair } from 'jose'
import { encodeBase64Url } from '../../bytes/index.ts'
import type { OidcClient } from '../../node/identity/index.ts'
import type { Randomness } from '../../ports/index.ts'
import { DemoError } from '../demo-error.ts'
import type { DemoAccount, DemoAccounts } from './demo-accounts.ts'
import { demoScope, loginIssuer } from './login-clients.ts'

/** What the provider says with pages of ours. */
export interface ProviderPages {
  error(ctx: KoaContextWithOIDC): string
  signOut(ctx: KoaContextWithOIDC, form: string | undefined): string
}

/** What a demo's provider is made of. */
export interface ProviderParts {
  readonly port: number
  readonly clients: readonly OidcClient[]
  readonly accounts: DemoAccounts
  readonly pages: ProviderPages
  readonly randomness: Randomness
}

const minutes = 60

function claimsOf(account: DemoAccount): Record<string, unknown> & { sub: string } {
  return {
    sub: account.sub,
    name: account.name,
    cloison_role: account.role,
    ...(account.organisation === undefined ? {} : { cloison_organisation: account.organisation }),
    ...(account.subject === undefined
      ? { cloison_account: account.id }
      : { cloison_subject: account.subject }),
  }
}

function registration(client: OidcClient): ClientMetadata {
  return {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uris: [client.redirectUri],
    post_logout_redirect_uris: [client.signedOutUri],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'ES256',
  }
}

/** All clients are the demo's own: there is nobody to ask for consent to. */
async function grantEverything({
  oidc,
}: KoaContextWithOIDC): Promise<InstanceType<Provider['Grant']> | undefined> {
  const { client, session } = oidc
  if (client === undefined || session?.accountId === undefined) return undefined
  const grant = new oidc.provider.Grant({
    clientId: client.clientId,
    accountId: session.accountId,
  })
  grant.addOIDCScope(demoScope)
  await grant.save()
  return grant
}

async function configurationOf(parts: ProviderParts): Promise<Configuration> {
  const { clients, accounts, pages, randomness } = parts
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return {
    clients: clients.map(registration),
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'demo' }] },
    cookies: { keys: [encodeBase64Url(randomness.bytes(32))] },
    claims: {
      openid: ['sub'],
      cloison: [
        'name',
        'cloison_role',
        'cloison_organisation',
        'cloison_account',
        'cloison_subject',
      ],
    },
    scopes: demoScope.split(' '),
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic'],
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    pkce: { required: () => true },
    ttl: {
      AuthorizationCode: minutes,
      AccessToken: minutes,
      IdToken: 5 * minutes,
      Interaction: 10 * minutes,
      Grant: 60 * minutes,
      Session: 60 * minutes,
    },
    findAccount: (_ctx, sub) => {
      const account = accounts.find(sub)
      return account && { accountId: sub, claims: () => claimsOf(account) }
    },
    loadExistingGrant: grantEverything,
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => void (ctx.body = pages.signOut(ctx, form)),
        postLogoutSuccessSource: (ctx) => void (ctx.body = pages.signOut(ctx, undefined)),
      },
    },
    renderError: (ctx) => {
      ctx.type = 'html'
      ctx.body = pages.error(ctx)
    },
  }
}

/**
 * The demo's OpenID provider, with a key of its own that goes with the process.
 *
 * @throws DemoError `REQUEST_FAILED` when `oidc-provider` is not installed
 */
export async function makeProvider(parts: ProviderParts): Promise<Provider> {
  const configuration = await configurationOf(parts)
  const { default: OidcProvider } = await import('oidc-provider').catch((cause: unknown) => {
    throw new DemoError(
      'REQUEST_FAILED',
      'The log-in of the demo needs the package oidc-provider; run: npm install oidc-provider',
      { cause },
    )
  })
  return new OidcProvider(loginIssuer(parts.port), configuration)
}
