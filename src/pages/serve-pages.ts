import { Buffer } from 'node:buffer'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { bodyCoder } from './code-body.ts'
import { systemClock, systemRandomness } from '../platform/index.ts'
import {
  createPages,
  largestUpload,
  type PageRequest,
  type Pages,
  type PagesDeps,
  readForm,
} from '../web/index.ts'

/** Served pages; disposing closes the port. */
export interface ServedPages extends AsyncDisposable {
  readonly port: number
}

/** What the pages are served from, and where. */
export interface PagesServed extends Pick<
  PagesDeps,
  | 'backend'
  | 'cases'
  | 'demo'
  | 'desks'
  | 'identity'
  | 'assets'
  | 'organisations'
  | 'sites'
  | 'isStarting'
> {
  /** A loopback address. */
  readonly host: string
  readonly port: number
}

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
  { host, port, ...served }: PagesServed,
  tell: (what: string) => void,
): Promise<ServedPages> {
  const pages = createPages({
    ...served,
    clock: systemClock,
    randomness: systemRandomness,
    secureCookies: true,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    onFailure: (reference, cause) =>
      tell(`page failure ${reference}: ${cause instanceof Error ? cause.message : String(cause)}`),
  })
  const app = pagesApp(pages)
  await app.listen({ host, port })
  const address = app.server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return { port: bound, [Symbol.asyncDispose]: () => app.close() }
}
