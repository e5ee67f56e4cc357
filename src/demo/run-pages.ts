import { loopbackHttp } from '../node/index.ts'
import {
  oidcIdentity,
  type OidcSettings,
  readIdentityFile,
  readPageAssets,
} from '../node/identity/index.ts'
import { type ServedPages, servePages, someGatewayStarts } from '../pages/index.ts'
import { systemClock, systemRandomness, undiciHttpClient } from '../platform/index.ts'
import { type DemoProcess, localSites, type PageOrganisation, siteUrl } from '../web/index.ts'
import { demoClient } from './demo-client.ts'
import { consentClient, consentOrganisation } from './demo-consent.ts'
import { demoGateway } from './demo-gateway.ts'
import { demoOrganisations, portOffsets } from './demo-layout.ts'
import { demoAccounts } from './login/demo-accounts.ts'
import { loginClients, loginSettings } from './login/login-clients.ts'
import { type LoginParts, serveLogin } from './login/serve-login.ts'
import { organisationNames } from './organisation-names.ts'
import { pageBackend } from './page-backend.ts'
import { pageDesks } from './page-desks.ts'
import type { PreparedDemo } from './prepare-demo.ts'
import type { RunningDemo } from './start-demo.ts'

/** How the process of an organisation's own witness is named: after the organisation. */
const peerWitness = '-witness'

/** Whose process it is, where the name does not say so. */
const runBy: Readonly<Record<string, string>> = { cases: 'housing', consent: consentOrganisation }

function kindOf(name: string): DemoProcess['kind'] {
  if (name === 'witness' || name === 'inspector') return name
  if (name.endsWith(peerWitness)) return 'peer-witness'
  if (name === 'consent') return 'consent-issuer'
  return name === 'cases' ? 'case-system' : 'gateway'
}

interface OwnLogin extends AsyncDisposable {
  readonly settings: OidcSettings
}

/** The demo's own provider, with a client for every site of the pages. */
async function ownLogin(
  {
    demo,
    ...parts
  }: Pick<LoginParts, 'pagesPort' | 'assets' | 'tell'> & { readonly demo: PreparedDemo },
  lately: () => readonly string[],
): Promise<OwnLogin> {
  const port = demo.basePort + portOffsets.login
  const clients = loginClients(parts.pagesPort, systemRandomness)
  const consent = consentClient(demo.basePort, demo.consentSecret)
  const accounts = demoAccounts(demo, systemRandomness.bytes(32), lately)
  const served = await serveLogin({
    ...parts,
    port,
    clients: [...clients, consent],
    accounts,
    randomness: systemRandomness,
  })
  return {
    settings: loginSettings(port, clients),
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  }
}

const organisations: readonly PageOrganisation[] = demoOrganisations.map(({ id }) => ({
  id,
  name: organisationNames[id],
}))

/** How the pages are wanted. */
export interface PagesWish {
  readonly tell: (what: string) => void
  /** The file of an OpenID provider to sign in with; the demo's own unless given. */
  readonly identityFile?: string | undefined
}

/** Serves the demo's pages over its running processes. */
export async function runPages(
  demo: PreparedDemo,
  running: RunningDemo,
  { tell, identityFile }: PagesWish,
): Promise<ServedPages> {
  await using stack = new AsyncDisposableStack()
  const http = stack.use(undiciHttpClient())
  const client = demoClient(demo, http, () => systemClock.now())
  const port = demo.basePort + portOffsets.pages
  const processes: DemoProcess[] = [...running.processes.values()].map(
    ({ name, port: at, pid }) => ({
      organisation: runBy[name] ?? name.replace(peerWitness, ''),
      kind: kindOf(name),
      port: at,
      pid,
    }),
  )
  processes.push({ organisation: 'demo', kind: 'pages', port, pid: process.pid })
  const logBaseUrl = (organisation: string): string => {
    const found = demoOrganisations.find(({ id }) => id === organisation)
    return found === undefined ? '' : client.logUrl(found.id)
  }
  const backend = pageBackend({ demo, client, http, clock: systemClock, processes, logBaseUrl })
  const assets = await readPageAssets()
  const signIn =
    identityFile === undefined
      ? stack.use(await ownLogin({ demo, pagesPort: port, assets, tell }, () => backend.lately()))
      : { settings: await readIdentityFile(identityFile, (site) => siteUrl(site, port)) }
  const identity = oidcIdentity(signIn.settings, loopbackHttp(http))
  const desks = pageDesks(demo, http)
  const isStarting = (): Promise<boolean> =>
    someGatewayStarts(
      demoOrganisations.map(({ id }) => demoGateway(demo, id)),
      http,
    )
  const sites = localSites(
    organisations.map(({ id }) => id),
    port,
  )
  const behind = { backend, cases: backend, demo: backend, desks, identity, isStarting }
  const where = { host: '127.0.0.1', port, sites, organisations, assets }
  const pages = stack.use(await servePages({ ...behind, ...where }, tell))
  const owned = stack.move()
  return { port: pages.port, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
