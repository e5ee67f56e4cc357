import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { concatBytes, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { createPages, localSites, pageAssets, readForm } from '../../web/index.ts'
import type {
  Asset,
  ConsentDesk,
  DemoBackend,
  InspectorDesk,
  JoinTablesDesk,
  Desks,
  PageRequest,
  Pages,
  PagesDeps,
  PopulationDesk,
} from '../../web/index.ts'
import { createFixtureIdentity } from './fixture-identity.ts'
import type { FixtureIdentity } from './fixture-identity.ts'
import { fixtureNowMs } from './fixture-backend.ts'
import type { FixtureRequests } from './fixture-requests.ts'
import { createFixtureConsentPages } from './consent/index.ts'
import { fixtureOrganisations } from './fixture-organisations.ts'

/** Pages that listen on this machine until disposed of. */
export interface ServedPages extends AsyncDisposable {
  readonly port: number
  /** Failures that the pages reported, oldest first. */
  readonly failures: readonly unknown[]
}

async function bundle(name: string): Promise<Uint8Array> {
  const entry = fileURLToPath(new URL(`../../web/browser/${name}.ts`, import.meta.url))
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    write: false,
  })
  const [file] = result.outputFiles
  if (file === undefined) throw new Error(`${name} was not bundled`)
  return file.contents
}

/** The assets of the pages, made from the sources as they are now. */
export async function fixtureAssets(): Promise<ReadonlyMap<string, Asset>> {
  const style = import.meta.resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css')
  const [designSystemStyle, pageScript, verifyScript] = await Promise.all([
    readFile(fileURLToPath(style), 'utf8'),
    bundle('page'),
    bundle('verify'),
  ])
  return pageAssets({ designSystemStyle, pageScript, verifyScript })
}

async function readRequest(request: IncomingMessage): Promise<PageRequest> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const chunks: Uint8Array[] = []
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk)
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.search.slice(1),
    headers,
    form: await readForm(concatBytes(...chunks), request.headers['content-type'] ?? ''),
  }
}

async function answer(
  pages: Pages,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, headers, setCookies, body } = await pages(await readRequest(request))
  response.writeHead(status, { ...headers, 'set-cookie': [...setCookies] })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** Options that differ between tests. */
export interface FixturePagesOptions {
  readonly backend: DemoBackend & {
    readonly desk?: PopulationDesk
    readonly joins?: JoinTablesDesk
    /** By organisation. */
    readonly desks?: ReadonlyMap<string, Desks>
    readonly inspection?: InspectorDesk
    readonly held?: FixtureRequests
  }
  readonly identity?: FixtureIdentity
  readonly port: number
  readonly assets: ReadonlyMap<string, Asset>
  readonly onFailure: (reference: string, cause: unknown) => void
  /** {@link fixtureNowMs} unless given. */
  readonly now?: () => number
  readonly isStarting?: () => Promise<boolean>
}

/** The desks of every organisation of the fixture; analysts ask at housing and at social. */
function desksOf(backend: FixturePagesOptions['backend']): PagesDeps['desks'] {
  const { desk, joins, held, inspection, desks = new Map() } = backend
  return new Map<string, Desks>([
    ...desks,
    ['tax', { ...desks.get('tax'), requests: held?.officer }],
    ['housing', { ...desks.get('housing'), population: desk }],
    ['social', { ...desks.get('social'), joins }],
    ['inspector', { ...desks.get('inspector'), inspector: inspection }],
  ])
}

/** Pages over a backend, with a fixed clock and draws that repeat. */
export function createFixturePages(options: FixturePagesOptions): Pages {
  const { backend, port, assets, onFailure, now = () => fixtureNowMs } = options
  const login = options.identity ?? createFixtureIdentity(port, now)
  let drawn = 0
  const pages = createPages({
    backend,
    cases: backend,
    demo: backend,
    desks: desksOf(backend),
    identity: login.identity,
    clock: { now },
    randomness: {
      bytes: (length) => {
        drawn += 1
        return sha256(utf8(`draw ${drawn}`)).slice(0, length)
      },
    },
    assets,
    organisations: fixtureOrganisations,
    sites: localSites(
      fixtureOrganisations.map(({ id }) => id),
      port,
    ),
    secureCookies: true,
    timeZone: 'Europe/Paris',
    onFailure,
    ...(options.isStarting !== undefined && { isStarting: options.isStarting }),
  })
  return (request) => {
    const host = request.headers['host'] ?? ''
    const ours = host.startsWith('login.localhost') && !request.path.startsWith('/assets/')
    return ours ? login.pages(request) : pages(request)
  }
}

/** Serves pages over `backend` at a port of the machine's choosing. */
export function servePages(backend: FixturePagesOptions['backend']): Promise<ServedPages> {
  return serve((parts) => createFixturePages({ backend, ...parts }))
}

/** Serves the pages of an issuer of consent, `inspector`, at `person.inspector.localhost`. */
export function serveConsentPages(desk: ConsentDesk): Promise<ServedPages> {
  return serve((parts) => createFixtureConsentPages({ desk, ...parts }))
}

async function serve(
  make: (parts: Pick<FixturePagesOptions, 'port' | 'assets' | 'onFailure'>) => Pages,
): Promise<ServedPages> {
  const assets = await fixtureAssets()
  const failures: unknown[] = []
  let pages: Pages | undefined
  const server = createServer((request, response) => {
    if (pages !== undefined) void answer(pages, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const onFailure = (_reference: string, cause: unknown): void => void failures.push(cause)
  pages = make({ port, assets, onFailure })
  return {
    port,
    failures,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
