import type { Clock, Randomness } from '../ports/index.ts'
import type { Asset } from './assets.ts'
import type { CaseBackend, DemoHome, LocalText, PagesBackend } from './demo-backend.ts'
import type { Desks } from './desks.ts'
import type { IdentityPort } from './sign-in/identity-port.ts'
import type { Sites } from './site.ts'

/** An organisation as the pages name it. */
export interface PageOrganisation {
  readonly id: string
  readonly name: LocalText
}

/** What the pages need from the process that serves them. */
export interface PagesDeps {
  readonly backend: PagesBackend
  /** For caseworkers; their sites are empty without it. */
  readonly cases?: CaseBackend | undefined
  /** For the demo's home, which is nowhere else. */
  readonly demo?: DemoHome | undefined
  readonly identity: IdentityPort
  /** By organisation. */
  readonly desks?: ReadonlyMap<string, Desks> | undefined
  readonly clock: Clock
  readonly randomness: Randomness
  /** By path, for instance `/assets/page.css`; made by `pageAssets`. */
  readonly assets: ReadonlyMap<string, Asset>
  readonly organisations: readonly PageOrganisation[]
  readonly sites: Sites
  /** `true`: cookies are `Secure` under a `__Host-` name. Browsers take these on `*.localhost`. */
  readonly secureCookies: boolean
  /** IANA name, for dates on the pages. */
  readonly timeZone: string
  /**
   * Asked after a failure: whether a part behind the pages is still starting, so that the visitor is asked to wait.
   * Nothing starts where it is left out.
   */
  readonly isStarting?: () => Promise<boolean>
  /** Told about every failure, with the reference that the visitor sees. */
  readonly onFailure: (reference: string, cause: unknown) => void
}

/** One HTTP request, already read. */
export interface PageRequest {
  readonly method: string
  /** Without query. */
  readonly path: string
  /** Without the question mark; empty when there is none. */
  readonly query: string
  /** Lower-case names. `host`, `cookie`, `accept-language` and `sec-fetch-site` are looked at. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Body of a form, `application/x-www-form-urlencoded`; empty when there is none. */
  readonly form: string
}

/** One HTTP response. */
export interface PageResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** One `set-cookie` field each. */
  readonly setCookies: readonly string[]
  readonly body: string | Uint8Array
}
