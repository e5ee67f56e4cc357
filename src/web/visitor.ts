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
  deps: { readonly rules: CookieRules; readonly freshToken: () => string },
): Visitor {
  const { rules } = deps
  const strict = readCookie(field, 'form', rules)
  const found = sessions.find(readCookie(field, 'session', rules))
  const formToken = found?.formToken ?? strict ?? deps.freshToken()
  let session = found
  let ended = false
  return {
    session: found,
    formToken,
    start() {
      session ??= sessions.start(formToken)
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
      if (strict !== formToken) fresh.push(writeCookie('form', formToken, rules))
      return fresh
    },
  }
}
