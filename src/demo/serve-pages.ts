import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { bodyCoder } from './code-body.ts'
import { demoOrganisations } from './demo-layout.ts'
import { organisationNames } from './organisation-names.ts'
import { systemClock, systemRandomness } from '../platform/index.ts'
import {
  type Asset,
  createPages,
  type DemoBackend,
  type Desks,
  largestUpload,
  type IdentityPort,
  type PageOrganisation,
  type PageRequest,
  type Pages,
  readForm,
} from '../web/index.ts'

/** Served pages; disposing closes the port. */
export interface ServedPages extends AsyncDisposable {
  readonly port: number
}

/** What the pages are served from, and where. */
export interface PagesServed {
  readonly backend: DemoBackend
  readonly desks: ReadonlyMap<string, Desks>
  readonly identity: IdentityPort
  readonly assets: ReadonlyMap<string, Asset>
  readonly port: number
  /** Whether a gateway that the pages ask is still starting. */
  readonly isStarting: () => Promise<boolean>
}

const organisations: readonly PageOrganisation[] = demoOrganisations.map(({ id }) => ({
  id,
  name: organisationNames[id],
}))

const largestForm = 65_536

function headersOf(request: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  )
}

async function pageRequest(request: FastifyRequest): Promise<PageRequest> {
  const [path = '/', query = ''] = request.url.split('?', 2)
  const body = request.body instanceof Uint8Array ? request.body : new Uint8Array()
  const form = await readForm(body, request.headers['content-type'] ?? '')
  return { method: request.method, path, query, headers: headersOf(request), form }
}

async function answer(
  { pages, code }: { readonly pages: Pages; readonly code: ReturnType<typeof bodyCoder> },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const asked = await pageRequest(request)
  const response = await pages(asked)
  for (const [name, value] of Object.entries(response.headers)) void reply.header(name, value)
  if (response.setCookies.length > 0) void reply.header('set-cookie', [...response.setCookies])
  const { body, coding } = await code(asked, response)
  void reply.header('vary', 'accept-encoding, sec-fetch-site')
  if (coding !== undefined) void reply.header('content-encoding', coding)
  return await reply.code(response.status).send(Buffer.from(body))
}

function pagesApp(pages: Pages): FastifyInstance {
  const app = Fastify({ logger: false, bodyLimit: largestForm, requestTimeout: 60_000 })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  )
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: largestUpload },
    (_request, body, done) => done(null, body),
  )
  const code = bodyCoder()
  app.all('/*', (request, reply) => answer({ pages, code }, request, reply))
  return app
}

/**
 * Serves the pages of every role on one port of this machine. `tell` gets the reference of a failed
 * page and its reason, without personal data.
 */
export async function servePages(
  { backend, desks, identity, assets, port, isStarting }: PagesServed,
  tell: (what: string) => void,
): Promise<ServedPages> {
  const pages = createPages({
    backend,
    desks,
    identity,
    organisations,
    port,
    clock: systemClock,
    randomness: systemRandomness,
    assets,
    secureCookies: true,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    isStarting,
    onFailure: (reference, cause) =>
      tell(`page failure ${reference}: ${cause instanceof Error ? cause.message : String(cause)}`),
  })
  const app = pagesApp(pages)
  await app.listen({ host: '127.0.0.1', port })
  return { port, [Symbol.asyncDispose]: () => app.close() }
}
