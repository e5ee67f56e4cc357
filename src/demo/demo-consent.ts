import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Agreement } from '../agreement/index.ts'
import { canonicalBytes, encodeBase64Url } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import { type FoundedOrganisation, makeKeyFile } from '../node/index.ts'
import { type OidcClient } from '../node/identity/index.ts'
import type { Randomness } from '../ports/index.ts'
import { demoOrganisations, portOffsets } from './demo-layout.ts'
import { demoClaims, demoScope, loginIssuer } from './login/login-clients.ts'
import { organisationNames } from './organisation-names.ts'

/** Whose issuer of consent the demo has: never an organisation that asks. */
export const consentOrganisation = 'inspector'

/** Where the demo's issuer of consent is reached, by gateways and by persons. */
export function consentUrl(basePort: number): string {
  return `http://consent.${consentOrganisation}.localhost:${basePort + portOffsets.consent}`
}

/** The issuer's client at the demo's own log-in. */
export function consentClient(basePort: number, clientSecret: string): OidcClient {
  const url = consentUrl(basePort)
  return {
    role: 'person',
    organisation: consentOrganisation,
    clientId: `consent.${consentOrganisation}`,
    clientSecret,
    redirectUri: `${url}/callback`,
    signedOutUri: `${url}/`,
  }
}

/** The issuer's key and secret, made before the agreements that name it. */
export interface ConsentKeys {
  /** 32 bytes, public. */
  readonly publicKey: Uint8Array
  readonly clientSecret: string
}

/** Makes the folder of the issuer with its key, and its secret at the log-in. */
export async function makeConsentKeys(
  dir: string,
  { randomness, ed25519 }: { readonly randomness: Randomness; readonly ed25519: Ed25519 },
): Promise<ConsentKeys> {
  const folder = join(dir, 'consent')
  const seed = await makeKeyFile(join(folder, 'consent.key'), randomness)
  const clientSecret = encodeBase64Url(randomness.bytes(32))
  await writeFile(join(folder, 'client.secret'), `${clientSecret}\n`, { mode: 0o600, flag: 'wx' })
  return { publicKey: ed25519.publicKey(seed), clientSecret }
}

function identity(basePort: number): object {
  return {
    version: 1,
    issuer: loginIssuer(basePort + portOffsets.login),
    scope: demoScope,
    claims: demoClaims,
    roles: Object.fromEntries(
      ['caseworker', 'dpo', 'person', 'inspector', 'admin'].map((role) => [role, role]),
    ),
    clients: [
      {
        role: 'person',
        organisation: consentOrganisation,
        client_id: `consent.${consentOrganisation}`,
        client_secret_file: 'client.secret',
      },
    ],
  }
}

/** Writes everything else that `cloison consent serve` reads: settings, log-in, and the agreements that name it. */
export async function prepareConsent(
  dir: string,
  {
    basePort,
    founded,
    agreements,
  }: {
    readonly basePort: number
    readonly founded: ReadonlyMap<string, FoundedOrganisation>
    readonly agreements: readonly Agreement[]
  },
): Promise<void> {
  const folder = join(dir, 'consent')
  await mkdir(join(folder, 'agreements'))
  for (const agreement of agreements) {
    if (agreement.kind !== 'person' || agreement.consentIssuers.length === 0) continue
    const file = join(folder, 'agreements', `${agreement.id}.json`)
    await writeFile(file, canonicalBytes(agreement))
  }
  const organisations = demoOrganisations.map(({ id }) => ({
    id,
    name: organisationNames[id],
    dpo_key: founded.get(id)?.dpoPublicKey,
    gateway_keys: id === 'housing' ? [founded.get(id)?.gatewayPublicKey] : [],
  }))
  const settings = {
    version: 1,
    organisation: consentOrganisation,
    listen: `127.0.0.1:${basePort + portOffsets.consent}`,
    url: consentUrl(basePort),
    key_file: 'consent.key',
    identity_file: 'identity.yaml',
    agreements_folder: 'agreements',
    records_file: 'consents.jsonl',
    organisations,
  }
  await writeFile(join(folder, 'identity.yaml'), stringify(identity(basePort)))
  await writeFile(join(folder, 'consent.yaml'), stringify(settings))
}
