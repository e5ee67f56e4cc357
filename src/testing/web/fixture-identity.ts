import {
  callbackUrl,
  logInPage,
  logInPolicy,
  pickLanguage,
  signInRoles,
  signOutPage,
  siteUrl,
  wordsOf,
} from '../../web/index.ts'
import type {
  Account,
  IdentityPort,
  LogInFrame,
  PageRequest,
  PageResponse,
  Pages,
  SignInResult,
  Site,
} from '../../web/index.ts'
import { fixtureOfficials, fixturePeople } from './fixture-people.ts'

/** An OpenID provider as far as the pages see one: a port, and the pages of its log-in. */
export interface FixtureIdentity {
  readonly identity: IdentityPort
  /** Answers what is asked of `login.localhost`. */
  readonly pages: Pages
  /** When those who log in from now on logged in. */
  readonly setAuthTime: (authTimeMs: number | undefined) => void
}

type Attempt = Parameters<IdentityPort['start']>[1] & { readonly site: Site }
type Answer = Parameters<IdentityPort['finish']>[1]
type Ready = Omit<Account, 'authTimeMs'>

function readyFor({ role, organisation = '' }: Site): readonly Ready[] {
  if (role === 'caseworker')
    return fixtureOfficials.map(({ id, name }) => ({
      role,
      organisation,
      id,
      name,
      subject: undefined,
    }))
  if (role === 'person')
    return fixturePeople.map(({ id, name }) => ({
      role,
      organisation,
      id: `sub-${id}`,
      name,
      subject: { scheme: 'fixture', value: id },
    }))
  const other = signInRoles.find((one) => one === role)
  return other === undefined
    ? []
    : [{ role: other, organisation, id: `${other}-1`, name: `${other} 1`, subject: undefined }]
}

const html = { 'content-type': 'text/html; charset=utf-8' }

/** The provider of the fixture's pages: everybody of the fixture, by number, without passwords. */
export function createFixtureIdentity(port: number, now: () => number): FixtureIdentity {
  return new Fixture(port, now)
}

class Fixture implements FixtureIdentity {
  readonly #port: number
  readonly #now: () => number
  readonly #attempts = new Map<string, Attempt>()
  readonly #codes = new Map<string, { readonly attempt: Attempt; readonly who: Ready }>()
  #authTime: number | undefined

  constructor(port: number, now: () => number) {
    this.#port = port
    this.#now = now
  }

  readonly setAuthTime = (authTimeMs: number | undefined): void => {
    this.#authTime = authTimeMs
  }

  readonly identity: IdentityPort = {
    formTargets: ({ role }) => (signInRoles.some((one) => one === role) ? [this.#login()] : []),
    start: (site, attempt) => {
      const id = String(this.#attempts.size + 1)
      this.#attempts.set(id, { ...attempt, site })
      return Promise.resolve(`${this.#login()}/log-in/${id}`)
    },
    finish: (site, answer) => Promise.resolve(this.#finish(site, answer)),
    signOutUrl: (_site, language) => Promise.resolve(`${this.#login()}/out?lang=${language}`),
  }

  readonly pages: Pages = (request) => {
    const id = /^\/log-in\/(\d+)$/.exec(request.path)?.[1] ?? ''
    const attempt = this.#attempts.get(id)
    return Promise.resolve(
      attempt === undefined ? this.#signedOut(request) : this.#askWho(request, attempt),
    )
  }

  #login(): string {
    return `http://login.localhost:${this.#port}`
  }

  #finish(site: Site, { query, state, nonce, codeVerifier }: Answer): SignInResult {
    const asked = new URLSearchParams(query)
    const found = this.#codes.get(asked.get('code') ?? '')
    this.#codes.delete(asked.get('code') ?? '')
    const fits =
      found !== undefined &&
      asked.get('state') === state &&
      found.attempt.nonce === nonce &&
      found.attempt.codeVerifier === codeVerifier &&
      siteUrl(found.attempt.site, this.#port) === siteUrl(site, this.#port)
    if (!fits) return { kind: 'refused', code: 'SIGN_IN_REJECTED' }
    const authTimeMs = this.#authTime ?? this.#now()
    return { kind: 'signed-in', account: { ...found.who, authTimeMs } }
  }

  #frame(request: PageRequest, fallback: string | null): LogInFrame {
    const query = new URLSearchParams(request.query).get('lang') ?? fallback
    const words = wordsOf(pickLanguage({ query, cookie: undefined, accept: undefined }), 'UTC')
    const url = (role: 'demo' | 'verify'): string =>
      siteUrl({ role, organisation: undefined }, this.#port)
    return { words, path: request.path, demoUrl: url('demo'), verifyUrl: url('verify') }
  }

  #back({ site, state }: Attempt, answer: string): PageResponse {
    const location = `${callbackUrl(site, this.#port)}?${answer}&state=${state}`
    return { status: 303, headers: { ...logInPolicy([]), location }, setCookies: [], body: '' }
  }

  #askWho(request: PageRequest, attempt: Attempt): PageResponse {
    const people = readyFor(attempt.site)
    const form = new URLSearchParams(request.form)
    if (form.get('cancel') === 'yes') return this.#back(attempt, 'error=access_denied')
    const who = people[Number(form.get('who') ?? '-') - 1]
    if (who !== undefined) {
      const code = `code-${this.#codes.size}-${attempt.state}`
      this.#codes.set(code, { attempt, who })
      return this.#back(attempt, `code=${code}`)
    }
    const missing = request.method === 'POST'
    const role = signInRoles.find((one) => one === attempt.site.role) ?? 'person'
    const ready = people.map(({ name }, index) => ({
      choice: String(index + 1),
      name,
      can: { en: '–' },
    }))
    const body = logInPage(this.#frame(request, attempt.language), { role, missing, people: ready })
    const policy = logInPolicy([siteUrl(attempt.site, this.#port)])
    return { status: missing ? 422 : 200, headers: { ...policy, ...html }, setCookies: [], body }
  }

  #signedOut(request: PageRequest): PageResponse {
    const body = signOutPage(this.#frame(request, null), undefined)
    return { status: 200, headers: { ...logInPolicy([]), ...html }, setCookies: [], body }
  }
}
