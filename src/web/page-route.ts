import type { ComponentChildren } from 'preact'
import type { PageOrganisation } from './pages-deps.ts'
import type { CaseBackend, DemoHome, PagesBackend } from './demo-backend.ts'
import type { Desks } from './desks.ts'
import type { Words } from './messages/words.ts'
import type { Session } from './session.ts'
import type { IdentityPort, SignInRefusal } from './sign-in/identity-port.ts'
import type { Site, SiteRole } from './site.ts'

/** What a page is given to answer one request. */
export interface PageContext {
  readonly site: Site
  readonly words: Words
  readonly backend: PagesBackend
  readonly cases: CaseBackend | undefined
  readonly demo: DemoHome | undefined
  readonly nowMs: number
  /** The visitor's session; `undefined` before the first choice. */
  readonly session: Session | undefined
  /** The session, started now if there is none. For actions only. */
  readonly startSession: () => Session
  /** A new session in place of the old one. For signing in alone. */
  readonly renewSession: () => Session
  readonly identity: IdentityPort
  /** The query of the address as it came. */
  readonly query: string
  /** Parts of the path named in the route's pattern. */
  readonly params: Readonly<Record<string, string>>
  readonly form: URLSearchParams
  /** Goes into every form of the page, see the component `Form`. */
  readonly formToken: string
  readonly organisations: readonly PageOrganisation[]
  /** Of the site's organisation; empty at a site without one. */
  readonly desks: Desks
  /** The address of another site, with the language of this page; `undefined` where there is none. */
  readonly siteUrl: (site: Site, path?: string) => string | undefined
  /** A fresh unguessable id for an address. */
  readonly randomId: () => string
}

/** A page to be put into the document frame. */
export interface HtmlResult {
  readonly kind: 'page'
  readonly title: string
  readonly content: ComponentChildren
  readonly status?: number
  /** When the same request may succeed, for programs. */
  readonly retryAfterSeconds?: number
  /** Where the link above the page's heading leads. */
  readonly backHref?: string
  /** Whether the page checks proofs in the browser. */
  readonly verifies?: boolean
}

/** What a page may answer. */
export type PageResult =
  | HtmlResult
  | { readonly kind: 'redirect'; readonly to: string; readonly endSession?: boolean }
  /** Nobody was signed in: an error page in plain words; `cause` goes to those who run the pages. */
  | { readonly kind: 'sign-in-refused'; readonly code: SignInRefusal; readonly cause?: unknown }
  | {
      readonly kind: 'file'
      readonly name: string
      readonly contentType: string
      readonly body: string | Uint8Array
    }
  | { readonly kind: 'missing' }

/** One address of the pages and what answers there. */
export interface PageRoute {
  /** Unique, for instance `caseworker.check`. */
  readonly id: string
  readonly role: SiteRole
  readonly method: 'GET' | 'POST'
  /** A path whose segments may be `:name`; none is ever personal. */
  readonly path: string
  run(context: PageContext): Promise<PageResult>
}

/** The named parts of `path` under `pattern`, `undefined` when it does not fit. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const segment = given[index] ?? ''
    if (part.startsWith(':')) {
      if (!/^[A-Za-z0-9_-]{1,64}$/.test(segment)) return undefined
      params[part.slice(1)] = segment
    } else if (part !== segment) return undefined
  }
  return params
}

/** A redirect after a form, so that reloading does not send it again. */
export function redirect(to: string): PageResult {
  return { kind: 'redirect', to }
}
