import { encodeBase64Url } from '../../bytes/index.ts'
import type { OidcClient, OidcSettings } from '../../node/identity/index.ts'
import type { Randomness } from '../../ports/index.ts'
import { callbackUrl, type SignInRole, signInRoles, siteUrl } from '../../web/index.ts'
import { demoOrganisations } from '../demo-layout.ts'

/** The scope that the demo's clients ask for. */
export const demoScope = 'openid cloison'

/** The claims of the demo's provider, all in the scope `cloison`. */
export const demoClaims: OidcSettings['claims'] = {
  role: 'cloison_role',
  organisation: 'cloison_organisation',
  account: 'cloison_account',
  name: 'name',
  subject: 'cloison_subject',
}

/** Where a demo's provider is. */
export function loginIssuer(port: number): string {
  return `http://login.localhost:${port}`
}

function clientOf(
  {
    role,
    organisation,
    pagesPort,
  }: {
    readonly role: SignInRole
    readonly organisation: string
    readonly pagesPort: number
  },
  randomness: Randomness,
): OidcClient {
  const site = { role, organisation }
  return {
    ...site,
    clientId: `${role}.${organisation}`,
    clientSecret: encodeBase64Url(randomness.bytes(32)),
    redirectUri: callbackUrl(site, pagesPort),
    signedOutUri: `${siteUrl(site, pagesPort)}/`,
  }
}

/** One client for each role at each organisation, with a fresh secret that stays in this process. */
export function loginClients(pagesPort: number, randomness: Randomness): readonly OidcClient[] {
  return demoOrganisations.flatMap(({ id }) =>
    signInRoles.map((role) => clientOf({ role, organisation: id, pagesPort }, randomness)),
  )
}

/** How the pages of the demo sign people in. */
export function loginSettings(port: number, clients: readonly OidcClient[]): OidcSettings {
  return {
    issuer: loginIssuer(port),
    claims: demoClaims,
    roles: {
      caseworker: 'caseworker',
      analyst: 'analyst',
      dpo: 'dpo',
      person: 'person',
      inspector: 'inspector',
      admin: 'admin',
    },
    scope: demoScope,
    clients,
  }
}
