import type { Clock, Randomness } from '../../ports/index.ts'
import type { Asset } from '../assets.ts'
import { readCookie, writeCookie } from '../cookies.ts'
import type { Pages } from '../create-pages.ts'
import { errorPage } from '../error-page.ts'
import type { ErrorKind } from '../error-page.ts'
import { renderDocument } from '../layout/document.ts'
import { languages, pickLanguage, wordsOf } from '../messages/words.ts'
import type { Words } from '../messages/words.ts'
import { nameOf } from '../organisation-name.ts'
import { redirect } from '../page-route.ts'
import type { HtmlResult, PageResult } from '../page-route.ts'
import type { PageOrganisation, PageRequest, PageResponse } from '../pages-deps.ts'
import { securityHeaders } from '../security-headers.ts'
import { createSessions, randomId } from '../session.ts'
import type { Session, Sessions } from '../session.ts'
import type { Account, IdentityPort } from '../sign-in/identity-port.ts'
import { refusedPage } from '../sign-in/refused-page.ts'
import { beginSignIn, checkSignIn } from '../sign-in/sign-in-routes.ts'
import { siteKey } from '../site.ts'
import type { Site } from '../site.ts'
import { readVisitor } from '../visitor.ts'
import type { Visitor } from '../visitor.ts'
import { consentLogInMs } from './consent-desk.ts'
import type { ConsentDesk, ShownConsent } from './consent-desk.ts'
import {
  consentAgainPage,
  consentListPage,
  consentRequestPage,
  consentSignInPage,
} from './consent-pages.ts'

/** What the pages of an issuer of consent need from the process that serves them. */
export interface ConsentPagesDeps {
  readonly desk: ConsentDesk
  readonly identity: IdentityPort
  readonly clock: Clock
  readonly randomness: Randomness
  /** By path, for instance `/assets/page.css`. */
  readonly assets: ReadonlyMap<string, Asset>
  /** The issuer's organisation. */
  readonly organisation: string
  /** Names of the issuer's own and of every organisation that may be named on a page. */
  readonly organisations: readonly PageOrganisation[]
  /** The one host, and port where the address has one, that forms may be sent to. */
  readonly host: string
  /** IANA name, for dates on the pages. */
  readonly timeZone: string
  /** Told about every failure, with the reference that the visitor sees. */
  readonly onFailure: (reference: string, cause: unknown) => void
}

interface Visit {
  readonly deps: ConsentPagesDeps
  readonly request: PageRequest
  readonly visitor: Visitor
  readonly words: Words
  readonly site: Site
}

/** Somebody who signed in as a person, with an identifier. */
interface AsPerson {
  readonly account: Account
  readonly person: NonNullable<Account['subject']>
}

const rules = { secure: true }

function readVisit(request: PageRequest, sessions: Sessions, deps: ConsentPagesDeps): Visit {
  const field = request.headers['cookie']
  const site: Site = { role: 'person', organisation: deps.organisation }
  const language = pickLanguage({
    query: new URLSearchParams(request.query).get('lang'),
    cookie: readCookie(field, 'language', rules),
    accept: request.headers['accept-language'],
  })
  const freshToken = (): string => randomId(deps.randomness)
  const visitor = readVisitor(field, sessions, { rules, freshToken, site: siteKey(site) })
  return { deps, request, visitor, site, words: wordsOf(language, deps.timeZone) }
}

function parts({ words, deps, visitor }: Visit): Parameters<typeof consentListPage>[0] {
  return { words, organisations: deps.organisations, formToken: visitor.formToken }
}

function personOf({ visitor }: Visit): AsPerson | undefined {
  const account = visitor.session?.account
  const person = account?.subject
  return account === undefined || person === undefined ? undefined : { account, person }
}

function isFresh({ account }: AsPerson, { deps }: Visit): boolean {
  return deps.clock.now() - account.authTimeMs <= consentLogInMs
}

function showFront(visit: Visit): PageResult {
  const as = personOf(visit)
  if (as === undefined) return consentSignInPage(parts(visit))
  const waiting = visit.deps.desk.waiting(as.person)
  return consentListPage(parts(visit), { name: as.account.name, waiting })
}

/** Runs `page` for a request about the person who signed in; there is none about anybody else. */
async function withRequest(
  visit: Visit,
  exchangeId: string,
  page: (as: AsPerson, request: ShownConsent) => PageResult | Promise<PageResult>,
): Promise<PageResult> {
  const as = personOf(visit)
  if (as === undefined) return redirect('/')
  const request = visit.deps.desk.find(exchangeId, as.person)
  return request === undefined ? { kind: 'missing' } : await page(as, request)
}

function showRequest(visit: Visit, exchangeId: string): Promise<PageResult> {
  return withRequest(visit, exchangeId, (as, request) =>
    request.state === 'waiting' && !isFresh(as, visit)
      ? redirect('/sign-in/again')
      : consentRequestPage(parts(visit), request),
  )
}

function decide(visit: Visit, exchangeId: string): Promise<PageResult> {
  return withRequest(visit, exchangeId, async ({ account, person }) => {
    const made = new URLSearchParams(visit.request.form).get('decision')
    if (made !== 'given' && made !== 'declined') return redirect(`/requests/${exchangeId}`)
    const by = { person, authTimeMs: account.authTimeMs }
    const outcome = await visit.deps.desk.decide(exchangeId, by, made)
    return redirect(outcome === 'log-in-too-old' ? '/sign-in/again' : `/requests/${exchangeId}`)
  })
}

async function finish(visit: Visit): Promise<PageResult> {
  const { deps, visitor, site, request } = visit
  const result = await checkSignIn({
    site,
    session: visitor.session,
    query: request.query,
    identity: deps.identity,
    nowMs: deps.clock.now(),
  })
  if (result.kind === 'refused') return { ...result, kind: 'sign-in-refused' }
  const { account } = result
  if (account.role !== 'person' || account.subject === undefined)
    return { kind: 'sign-in-refused', code: 'SIGN_IN_ROLE' }
  const session: Session = visitor.renew()
  session.account = account
  const [only, ...others] = deps.desk.waiting(account.subject)
  return redirect(only !== undefined && others.length === 0 ? `/requests/${only.exchangeId}` : '/')
}

function begin({ deps, visitor, site, words }: Visit): Promise<PageResult> {
  return beginSignIn({
    site,
    words,
    identity: deps.identity,
    nowMs: deps.clock.now(),
    randomId: () => randomId(deps.randomness),
    startSession: () => visitor.start(),
  })
}

async function signOut({ deps, site, words }: Visit): Promise<PageResult> {
  const to = await deps.identity.signOutUrl(site, words.language).catch(() => '/')
  return { kind: 'redirect', to, endSession: true }
}

const requestPattern = /^\/requests\/([A-Za-z0-9_-]{22})$/

/** Every address of the issuer's pages; what is not here does not exist. */
function route(visit: Visit): Promise<PageResult> | undefined {
  const { method, path } = visit.request
  const exchangeId = requestPattern.exec(path)?.[1]
  const read = method === 'HEAD' ? 'GET' : method
  if (exchangeId !== undefined)
    return read === 'GET' ? showRequest(visit, exchangeId) : decide(visit, exchangeId)
  switch (`${read} ${path}`) {
    case 'GET /':
      return Promise.resolve(showFront(visit))
    case 'GET /callback':
      return finish(visit)
    case 'GET /sign-in/again':
      return Promise.resolve(consentAgainPage(parts(visit)))
    case 'POST /sign-in':
      return begin(visit)
    case 'POST /sign-out':
      return signOut(visit)
    default:
      return undefined
  }
}

function htmlOf(visit: Visit, page: HtmlResult): string {
  const { words, deps, request } = visit
  const organisation = nameOf(deps.organisations, words)(deps.organisation)
  return renderDocument({
    words,
    role: 'verify',
    organisation: deps.organisation,
    siteName: words.t('site.consent', { organisation }),
    title: page.title,
    path: request.path,
    sections: [],
    standing: undefined,
    backHref: page.backHref,
    verifies: false,
    content: page.content,
  })
}

function report({ deps }: Visit, cause: unknown): string {
  const reference = randomId(deps.randomness).slice(0, 8)
  deps.onFailure(reference, cause)
  return reference
}

function respond(visit: Visit, result: PageResult): PageResponse {
  const { deps, visitor, site, words, request } = visit
  const fixed = {
    ...securityHeaders(deps.identity.formTargets(site)),
    'cache-control': 'no-store',
  }
  if (result.kind === 'redirect') {
    if (result.endSession === true) visitor.end()
    const headers = { ...fixed, location: result.to }
    return { status: 303, headers, setCookies: visitor.cookies(), body: '' }
  }
  if (result.kind === 'sign-in-refused') {
    const reference = report(visit, result.cause ?? result.code)
    return respond(visit, refusedPage(words, result.code, reference))
  }
  if (result.kind !== 'page') return fail(visit, 'missing')
  const asked = new URLSearchParams(request.query).get('lang')
  const isChosen = languages.some((language) => language === asked)
  const remembered = isChosen ? [writeCookie('language', words.language, rules)] : []
  const headers = { ...fixed, 'content-type': 'text/html; charset=utf-8' }
  const setCookies = [...visitor.cookies(), ...remembered]
  return { status: result.status ?? 200, headers, setCookies, body: htmlOf(visit, result) }
}

function fail(visit: Visit, kind: ErrorKind, cause?: unknown): PageResponse {
  return respond(visit, errorPage(visit.words, kind, report(visit, cause ?? kind)))
}

/** Whether an action may run: a form of ours, sent from here, to the issuer's one host. */
function mayAct({ request, visitor, deps }: Visit): boolean {
  const from = request.headers['sec-fetch-site'] ?? 'same-origin'
  const isHere = (request.headers['host'] ?? '').toLowerCase() === deps.host
  return from === 'same-origin' && isHere && visitor.mayAct(new URLSearchParams(request.form))
}

/**
 * The pages of an issuer of consent as one function from request to response: a person signs in, reads what
 * one question asks, and consents or declines. The same sessions, form tokens and headers as all pages.
 */
export function createConsentPages(deps: ConsentPagesDeps): Pages {
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
    const visit = readVisit(request, sessions, deps)
    try {
      const isRead = request.method === 'GET' || request.method === 'HEAD'
      if (!isRead && !mayAct(visit)) return fail(visit, 'form')
      const answer = route(visit)
      return answer === undefined ? fail(visit, 'missing') : respond(visit, await answer)
    } catch (cause) {
      return fail(visit, 'failure', cause)
    }
  }
}
