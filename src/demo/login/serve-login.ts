import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { OidcClient } from '../../node/identity/index.ts'
import type { Randomness } from '../../ports/index.ts'
import {
  type Asset,
  choiceOf,
  chosenOf,
  logInErrorPage,
  type LogInFrame,
  logInPage,
  logInPolicy,
  pickLanguage,
  signOutPage,
  siteUrl,
  wordsOf,
} from '../../web/index.ts'
import type { DemoAccounts } from './demo-accounts.ts'
import { makeProvider } from './make-provider.ts'

/** What the log-in of the demo is served from. */
export interface LoginParts {
  readonly port: number
  readonly pagesPort: number
  readonly clients: readonly OidcClient[]
  readonly accounts: DemoAccounts
  readonly assets: ReadonlyMap<string, Asset>
  readonly randomness: Randomness
  /** Told that something failed, without personal data. */
  readonly tell: (what: string) => void
}

/** A log-in that is served; disposing closes the port. */
export interface ServedLogin extends AsyncDisposable {
  readonly port: number
}

const largestForm = 4_096
const interactionPath = /^\/interaction\/([A-Za-z0-9_-]{1,64})$/

interface Asking {
  readonly path: string
  readonly query: URLSearchParams
  readonly accept: string | undefined
}

function askingOf(request: IncomingMessage): Asking {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2)
  return {
    path,
    query: new URLSearchParams(query),
    accept: request.headers['accept-language'],
  }
}

function frameOf(asking: Asking, pagesPort: number, locales?: string): LogInFrame {
  const language = pickLanguage({
    query: asking.query.get('lang') ?? locales ?? asking.query.get('ui_locales'),
    cookie: undefined,
    accept: asking.accept,
  })
  const url = (role: 'demo' | 'verify'): string =>
    `${siteUrl({ role, organisation: undefined }, pagesPort)}/?lang=${language}`
  const words = wordsOf(language, 'UTC')
  return { words, path: asking.path, demoUrl: url('demo'), verifyUrl: url('verify') }
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!(chunk instanceof Buffer)) continue
    size += chunk.length
    if (size > largestForm) throw new RangeError('the form is too large')
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}

function send(
  response: ServerResponse,
  page: { readonly status: number; readonly html: string },
  formTargets: readonly string[],
): void {
  const headers = { ...logInPolicy(formTargets), 'content-type': 'text/html; charset=utf-8' }
  response.writeHead(page.status, headers).end(page.html)
}

class Login {
  readonly #parts: LoginParts
  readonly #provider: Provider

  constructor(parts: LoginParts, provider: Provider) {
    this.#parts = parts
    this.#provider = provider
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asking = askingOf(request)
    const asset = this.#parts.assets.get(asking.path)
    if (asset !== undefined) {
      const headers = { ...logInPolicy([]), 'content-type': asset.contentType }
      response.writeHead(200, headers).end(asset.body)
    } else if (interactionPath.test(asking.path)) {
      await this.#interact(request, response, asking)
    } else {
      const targets = this.#parts.clients.map(({ redirectUri }) => new URL(redirectUri).origin)
      for (const [name, value] of Object.entries(logInPolicy(targets)))
        response.setHeader(name, value)
      await this.#provider.callback()(request, response)
    }
  }

  async #interact(
    request: IncomingMessage,
    response: ServerResponse,
    asking: Asking,
  ): Promise<void> {
    const details = await this.#provider.interactionDetails(request, response)
    const client = this.#parts.clients.find(
      ({ clientId }) => clientId === details.params['client_id'],
    )
    if (client === undefined) throw new RangeError('an attempt of no client')
    const { role, organisation, redirectUri } = client
    const people = this.#parts.accounts.readyFor(role, organisation)
    const locales = details.params['ui_locales']
    const frame = frameOf(
      asking,
      this.#parts.pagesPort,
      typeof locales === 'string' ? locales : undefined,
    )
    const back = [new URL(redirectUri).origin]
    const show = (status: number): void => {
      const ready = people.map(({ sub, name, can }) => ({
        choice: choiceOf(details.uid, sub),
        name,
        can,
      }))
      const html = logInPage(frame, { role, people: ready, missing: status === 422 })
      send(response, { status, html }, back)
    }
    if (request.method !== 'POST') return show(200)
    const form = await formOf(request)
    const made = { formToken: details.uid, choice: form.get('who') }
    const account = chosenOf(people, ({ sub }) => sub, made)
    const cancelled = form.get('cancel') === 'yes'
    if (account === undefined && !cancelled) return show(422)
    const result = cancelled
      ? { error: 'access_denied', error_description: 'cancelled by the visitor' }
      : { login: { accountId: account?.sub ?? '' } }
    await this.#provider.interactionFinished(request, response, result, {
      mergeWithLastSubmission: false,
    })
  }
}

/**
 * Serves the demo's own OpenID provider on a port of this machine, under `login.localhost`: pages in
 * three languages, without scripts and without passwords.
 */
export async function serveLogin(parts: LoginParts): Promise<ServedLogin> {
  const frame = (ctx: KoaContextWithOIDC): LogInFrame => frameOf(askingOf(ctx.req), parts.pagesPort)
  const provider = await makeProvider({
    ...parts,
    pages: {
      error: (ctx) => logInErrorPage(frame(ctx)),
      signOut: (ctx, form) => signOutPage(frame(ctx), form),
    },
  })
  const login = new Login(parts, provider)
  const server = createServer((request, response) => {
    login.answer(request, response).catch((cause: unknown) => {
      parts.tell(`log-in failure: ${cause instanceof Error ? cause.message : 'unknown'}`)
      if (response.headersSent) return void response.destroy()
      const html = logInErrorPage(frameOf(askingOf(request), parts.pagesPort))
      send(response, { status: 400, html }, [])
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(parts.port, '127.0.0.1', resolve)
  })
  return {
    port: parts.port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
