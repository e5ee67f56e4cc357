import { loadConfig, loopbackHttp, ownListener } from '../node/index.ts'
import { oidcIdentity, readIdentityFile } from '../node/identity/index.ts'
import { systemClock, systemRandomness } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import {
  type Asset,
  type IdentityPort,
  namedSites,
  type PageOrganisation,
  type Site,
  type Sites,
} from '../web/index.ts'
import { ownBackend } from './own-backend.ts'
import { ownDesks } from './own-desks.ts'
import { type OwnGateway, ownGateway, type PagesCall } from './own-gateway.ts'
import { type LoadedPagesConfig, type PagesRole, pagesRoles } from './pages-config.ts'
import { PagesError } from './pages-error.ts'
import { type ServedPages, servePages } from './serve-pages.ts'
import { someGatewayStarts } from './starting-gateways.ts'

/** What pages are started with beside their settings. */
export interface PagesGround {
  /** Files of the pages by path. */
  readonly assets: ReadonlyMap<string, Asset>
  /** Told about failures of pages with their reference, without personal data. */
  readonly tell: (what: string) => void
}

const callOf: Readonly<Partial<Record<PagesRole, PagesCall>>> = {
  person: 'disclose',
  dpo: 'act',
  analyst: 'analyse',
  admin: 'administer',
}

/** A site whose gateway would refuse every call is a mistake in the settings. */
function requireCallers(
  { sites, gateway_file: file }: LoadedPagesConfig,
  gateway: OwnGateway,
): void {
  for (const role of pagesRoles) {
    const call = sites[role] === undefined ? undefined : callOf[role]
    if (call !== undefined && gateway.as(call) === undefined)
      throw new PagesError(
        'CONFIG_INVALID',
        `"sites.${role}" needs a caller with the role "${call}" and a token_file in "callers" of ${file}.`,
      )
  }
}

function siteOf(role: PagesRole, organisation: string): Site {
  return { role, organisation: role === 'verify' ? undefined : organisation }
}

function sitesOf({ sites }: LoadedPagesConfig, organisation: string): Sites {
  return namedSites(
    pagesRoles.flatMap((role) => {
      const url = sites[role]
      return url === undefined ? [] : [{ site: siteOf(role, organisation), url }]
    }),
  )
}

/** Nobody signs in: for public sites alone. */
const nobody: IdentityPort = {
  formTargets: () => [],
  start: () => Promise.reject(new PagesError('CONFIG_INVALID', 'nobody signs in here')),
  finish: async () => ({ kind: 'refused', code: 'SIGN_IN_UNAVAILABLE' }),
  signOutUrl: async () => '/',
}

async function identityOf(
  { identity_file: file }: LoadedPagesConfig,
  sites: Sites,
  http: HttpClient,
): Promise<IdentityPort> {
  if (file === undefined) return nobody
  return oidcIdentity(await readIdentityFile(file, (site) => sites.urlOf(site)), loopbackHttp(http))
}

/**
 * Starts the pages of one organisation over its own gateway, which must run.
 *
 * @throws {@link PagesError} `CONFIG_INVALID`, `REQUEST_FAILED`; `NodeError` for the gateway's settings and the identity file
 */
export async function startPages(
  config: LoadedPagesConfig,
  { assets, tell }: PagesGround,
): Promise<ServedPages> {
  await using stack = new AsyncDisposableStack()
  const loaded = await loadConfig(config.gateway_file)
  const { url, http: owned } = await ownListener(loaded)
  const http = stack.use(owned)
  const gateway = await ownGateway(loaded, { url, http })
  requireCallers(config, gateway)
  const { organisation } = gateway
  const sites = sitesOf(config, organisation)
  const names = { [organisation]: { en: gateway.name }, ...config.names }
  const organisations: readonly PageOrganisation[] = Object.entries(names).map(([id, name]) => ({
    id,
    name,
  }))
  const world = { gateway, http, clock: systemClock, randomness: systemRandomness }
  const pages = stack.use(
    await servePages(
      {
        backend: ownBackend(world),
        desks: new Map([[organisation, ownDesks(gateway, http)]]),
        identity: await identityOf(config, sites, http),
        organisations,
        sites,
        assets,
        isStarting: () => someGatewayStarts([gateway.open], http),
        host: config.host,
        port: config.port,
      },
      tell,
    ),
  )
  const running = stack.move()
  return { port: pages.port, [Symbol.asyncDispose]: () => running.disposeAsync() }
}
