import { readCookie, writeCookie } from './cookies.ts'
import type { CookieRules } from './cookies.ts'
import { formTokenField } from './components/form.ts'
import type { Session, Sessions } from './session.ts'

/** Who sent a request, as far as cookies tell. */
export interface Visitor {
  readonly session: Session | undefined
  /** Goes into every form of the answer. */
  readonly formToken: string
  /** The session, started if there was none. */
  start(): Session
  /** A new session in place of the old, with a new id and a new token: at every sign-in. */
  renew(): Session
  /** Forgets the session. */
  end(): void
  /** Whether a form came from a page of ours: token in the body, cookie and session agree. */
  mayAct(form: URLSearchParams): boolean
  /** `Set-Cookie` fields that this visitor needs now. */
  cookies(): string[]
}

/**
 * Reads the visitor from a `Cookie` field. A form's token is the session's, so that arriving by a
 * link from another site, which withholds the strict cookie, spoils no form in another tab.
 */
export function readVisitor(
  field: string | undefined,
  sessions: Sessions,
  deps: { readonly rules: CookieRules; readonly freshToken: () => string; readonly site: string },
): Visitor {
  const { rules, site } = deps
  const strict = readCookie(field, 'form', rules)
  const found = sessions.find(readCookie(field, 'session', rules), site)
  const formToken = found?.formToken ?? strict ?? deps.freshToken()
  let session = found
  let ended = false
  return {
    session: found,
    formToken,
    start() {
      session ??= sessions.start(formToken, site)
      return session
    },
    renew() {
      if (session !== undefined) sessions.end(session)
      session = sessions.start(deps.freshToken(), site)
      return session
    },
    end() {
      if (session !== undefined) sessions.end(session)
      ended = true
    },
    mayAct: (form) => strict === formToken && form.get(formTokenField) === formToken,
    cookies() {
      if (ended) return [writeCookie('session', '', rules), writeCookie('form', '', rules)]
      const fresh: string[] = []
      if (session !== found && session !== undefined) {
        fresh.push(writeCookie('session', session.id, rules))
      }
      const token = session?.formToken ?? formToken
      if (strict !== token) fresh.push(writeCookie('form', token, rules))
      return fresh
    },
  }
}
