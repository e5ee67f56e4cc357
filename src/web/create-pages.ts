import { writeCookie } from './cookies.ts'
import { errorPage } from './error-page.ts'
import type { ErrorKind } from './error-page.ts'
import type { LogHead } from './demo-backend.ts'
import { languages, pickLanguage, wordsOf } from './messages/words.ts'
import { readCookie } from './cookies.ts'
import { frame } from './page-frame.ts'
import type { PageContext, PageResult } from './page-route.ts'
import { findRoute } from './page-routes.ts'
import type { PageRequest, PageResponse, PagesDeps } from './pages-deps.ts'
import { securityHeaders } from './security-headers.ts'
import { refusedPage } from './sign-in/refused-page.ts'
import { createSessions, randomId } from './session.ts'
import type { Sessions } from './session.ts'
import { type Site, siteKey } from './site.ts'
import { readVisitor } from './visitor.ts'
import type { Visitor } from './visitor.ts'

/** Answers one request. Never rejects: a failure is an error page with a reference. */
export type Pages = (request: PageRequest) => Promise<PageResponse>

/** One request with all that was read from it. */
interface Visit {
  readonly deps: PagesDeps
  readonly request: PageRequest
  readonly visitor: Visitor
  readonly context: PageContext
}

/** A request to one of our sites. */
interface SiteRequest {
  readonly request: PageRequest
  readonly site: Site
}

function readVisit({ request, site }: SiteRequest, sessions: Sessions, deps: PagesDeps): Visit {
  const rules = { secure: deps.secureCookies }
  const field = request.headers['cookie']
  const query = new URLSearchParams(request.query)
  const language = pickLanguage({
    query: query.get('lang'),
    cookie: readCookie(field, 'language', rules),
    accept: request.headers['accept-language'],
  })
  const freshToken = (): string => randomId(deps.randomness)
  const visitor = readVisitor(field, sessions, { rules, freshToken, site: siteKey(site) })
  const context: PageContext = {
    site,
    words: wordsOf(language, deps.timeZone),
    backend: deps.backend,
    cases: deps.cases,
    demo: deps.demo,
    nowMs: deps.clock.now(),
    session: visitor.session,
    startSession: () => visitor.start(),
    renewSession: () => visitor.renew(),
    identity: deps.identity,
    desks: deps.desks?.get(site.organisation ?? '') ?? {},
    query: request.query,
    params: {},
    form: new URLSearchParams(request.form),
    formToken: visitor.formToken,
    organisations: deps.organisations,
    siteUrl: (at, path = '/') => {
      const url = deps.sites.urlOf(at)
      return url === undefined ? undefined : `${url}${path}?lang=${language}`
    },
    randomId: freshToken,
  }
  return { deps, request, visitor, context }
}

/** `lang` in the address is remembered. */
function languageCookie({ request, context, deps }: Visit): string[] {
  const asked = new URLSearchParams(request.query).get('lang')
  const known = languages.some((language) => language === asked)
  const { language } = context.words
  return known ? [writeCookie('language', language, { secure: deps.secureCookies })] : []
}

async function headsOrNone({ deps }: Visit): Promise<readonly LogHead[] | undefined> {
  try {
    return await deps.backend.heads()
  } catch {
    return undefined
  }
}

function report(visit: Visit, cause: unknown): string {
  const reference = randomId(visit.deps.randomness).slice(0, 8)
  visit.deps.onFailure(reference, cause)
  return reference
}

async function respond(visit: Visit, result: PageResult): Promise<PageResponse> {
  const { request, context, visitor } = visit
  if (result.kind === 'missing') return await respondWithError(visit, 'missing')
  if (result.kind === 'sign-in-refused') {
    const reference = report(visit, result.cause ?? result.code)
    return await respond(visit, refusedPage(context.words, result.code, reference))
  }
  const fixed = {
    ...securityHeaders(context.identity.formTargets(context.site)),
    'cache-control': 'no-store',
  }
  if (result.kind === 'redirect') {
    if (result.endSession === true) visitor.end()
    const leaving = result.endSession === true ? { 'clear-site-data': '"cache"' } : {}
    const headers = { ...fixed, ...leaving, location: result.to }
    return { status: 303, headers, setCookies: visitor.cookies(), body: '' }
  }
  const setCookies = [...visitor.cookies(), ...languageCookie(visit)]
  if (result.kind === 'file') {
    const headers = {
      ...fixed,
      'content-type':
        typeof result.body === 'string'
          ? `${result.contentType}; charset=utf-8`
          : result.contentType,
      'content-disposition': `attachment; filename="${result.name}"`,
    }
    return { status: 200, headers, setCookies, body: result.body }
  }
  const heads = await headsOrNone(visit)
  const body = frame(result, { context, path: request.path, heads })
  const { status = 200, retryAfterSeconds } = result
  const headers = {
    ...fixed,
    'content-type': 'text/html; charset=utf-8',
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  }
  return { status, headers, setCookies, body }
}

function respondWithError(visit: Visit, kind: ErrorKind, cause?: unknown): Promise<PageResponse> {
  const reference = report(visit, cause ?? kind)
  return respond(visit, errorPage(visit.context.words, kind, reference))
}

/** A failure, unless something behind the pages is still starting: then whoever came may wait for it. */
async function kindOfFailure({ isStarting }: PagesDeps): Promise<ErrorKind> {
  try {
    return (await isStarting?.()) === true ? 'starting' : 'failure'
  } catch {
    return 'failure'
  }
}

/** Whether an action may run: a form of ours, sent from here, to a name of ours. */
function mayAct({ deps, request, visitor, context }: Visit): boolean {
  const from = request.headers['sec-fetch-site'] ?? 'same-origin'
  const host = request.headers['host'] ?? ''
  return from === 'same-origin' && deps.sites.mayAct(host) && visitor.mayAct(context.form)
}

async function answer(visit: Visit): Promise<PageResponse> {
  const { request, context } = visit
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const match = findRoute(context.site.role, method, request.path)
  if (match.found === 'none') return await respondWithError(visit, 'missing')
  if (match.found === 'other-method') return await respondWithError(visit, 'method')
  if (method !== 'GET' && !mayAct(visit)) return await respondWithError(visit, 'form')
  const result = await match.route.run({ ...context, params: match.params })
  return await respond(visit, result)
}

/** What a name gets that is none of ours: nothing, and in nobody's language. */
const elsewhere: PageResponse = {
  status: 421,
  headers: { ...securityHeaders(), 'content-type': 'text/plain; charset=utf-8' },
  setCookies: [],
  body: 'No pages are under this name.\n',
}

/**
 * The pages of every role as one function from request to response: sites by host name, a session
 * in memory, forms that only our own pages can send, security headers on everything.
 */
export function createPages(deps: PagesDeps): Pages {
  const sessions = createSessions(deps)
  return async (request) => {
    const asset = deps.assets.get(request.path)
    if (asset !== undefined && request.method !== 'POST') {
      const headers = {
        ...securityHeaders(),
        'content-type': asset.contentType,
        'cache-control': 'public, max-age=300',
      }
      return { status: 200, headers, setCookies: [], body: asset.body }
    }
    const site = deps.sites.siteOf(request.headers['host'] ?? '')
    if (site === undefined) return elsewhere
    const visit = readVisit({ request, site }, sessions, deps)
    try {
      return await answer(visit)
    } catch (cause) {
      return await respondWithError(visit, await kindOfFailure(deps), cause)
    }
  }
}
