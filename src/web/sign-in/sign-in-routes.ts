import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { redirect } from '../page-route.ts'
import type { Desks } from '../desks.ts'
import type { Session } from '../session.ts'
import { siteUrl } from '../site.ts'
import { showAgain, showFront } from './account-page.ts'
import type { Account, SignInResult, SignInRole } from './identity-port.ts'
import { signInRoles } from './identity-port.ts'

/** How long a visitor may take at the provider. */
const attemptMs = 10 * 60_000

/** What beginning to sign in looks at. */
export type SignInBegun = Pick<
  PageContext,
  'identity' | 'site' | 'words' | 'nowMs' | 'randomId' | 'startSession'
>

/** Begins an attempt and leads to the provider. Its secrets stay in the visitor's session. */
export async function beginSignIn(context: SignInBegun): Promise<PageResult> {
  const { identity, site, words, nowMs, randomId } = context
  const secrets = {
    state: randomId(),
    nonce: randomId(),
    codeVerifier: `${randomId()}${randomId()}`,
  }
  context.startSession().pendingSignIn = { ...secrets, startedAtMs: nowMs }
  try {
    return redirect(await identity.start(site, { ...secrets, language: words.language }))
  } catch (cause) {
    return { kind: 'sign-in-refused', code: 'SIGN_IN_UNAVAILABLE', cause }
  }
}

/** What the same official had begun stays theirs when they log in again; nobody else gets it. */
function carryOver(from: Session, to: Session, account: Account): void {
  const same = from.account?.id === account.id && from.account.role === account.role
  if (!same || from.site !== to.site) return
  to.caseReference = from.caseReference
  to.needId = from.needId
  to.consent = from.consent
  to.returnTo = from.returnTo
  to.agreementForm = from.agreementForm
  to.decisionForm = from.decisionForm
  for (const [exchangeId, answer] of from.answers) to.answers.set(exchangeId, answer)
}

/** Back to what the officer was about to do, once; else to what waits. */
function officersWay(session: Session): string {
  const to = session.returnTo ?? '/tasks'
  session.returnTo = undefined
  return to
}

/** Where a visitor's work begins after signing in; the account where their role has no page here. */
function frontOf({ role }: Account, session: Session, desks: Desks): string {
  switch (role) {
    case 'caseworker':
      return session.needId === undefined ? '/cases' : '/ask/check'
    case 'analyst':
      return '/catalogue'
    case 'person':
      return '/disclosures'
    case 'dpo':
      return desks.officer === undefined && session.returnTo === undefined
        ? '/'
        : officersWay(session)
    case 'admin':
      return desks.administrator === undefined ? '/' : '/health'
    case 'inspector':
      return desks.inspector === undefined ? '/' : '/reconciliation'
  }
}

async function settle(
  context: PageContext,
  account: Account,
  before: Session,
): Promise<PageResult> {
  const { site, backend, desks } = context
  if (account.role !== site.role) return { kind: 'sign-in-refused', code: 'SIGN_IN_ROLE' }
  const person =
    account.subject === undefined ? undefined : await backend.person(account.subject, account.name)
  if (account.role === 'person' && person === undefined)
    return { kind: 'sign-in-refused', code: 'SIGN_IN_ROLE' }
  const session = context.renewSession()
  carryOver(before, session, account)
  session.account = account
  session.person = person
  return redirect(frontOf(account, session, desks))
}

/**
 * Checks what the provider sent the visitor back with, in the session that began the attempt. An attempt serves
 * once, whatever comes of it.
 */
export async function checkSignIn({
  session,
  identity,
  site,
  query,
  nowMs,
}: Pick<PageContext, 'session' | 'identity' | 'site' | 'query' | 'nowMs'>): Promise<SignInResult> {
  const pending = session?.pendingSignIn
  if (session === undefined || pending === undefined)
    return { kind: 'refused', code: 'SIGN_IN_UNKNOWN' }
  if (new URLSearchParams(query).get('state') !== pending.state)
    return { kind: 'refused', code: 'SIGN_IN_UNKNOWN' }
  session.pendingSignIn = undefined
  if (nowMs - pending.startedAtMs > attemptMs) return { kind: 'refused', code: 'SIGN_IN_TOO_OLD' }
  return await identity.finish(site, { ...pending, query })
}

/** The provider sends the visitor back here. */
async function finish(context: PageContext): Promise<PageResult> {
  const { session } = context
  const result = await checkSignIn(context)
  if (result.kind === 'refused') return { ...result, kind: 'sign-in-refused' }
  return session === undefined
    ? { kind: 'sign-in-refused', code: 'SIGN_IN_UNKNOWN' }
    : await settle(context, result.account, session)
}

/** Ends the session here first, so that nothing stays if the provider is away. */
async function signOut(context: PageContext): Promise<PageResult> {
  const { identity, site, words } = context
  const to = await identity.signOutUrl(site, words.language).catch(() => '/')
  return { kind: 'redirect', to, endSession: true }
}

function routesOf(role: SignInRole): readonly PageRoute[] {
  const again: PageRoute = {
    id: `${role}.sign-in-again`,
    role,
    method: 'GET',
    path: '/sign-in/again',
    run: showAgain,
  }
  return [
    { id: `${role}.front`, role, method: 'GET', path: '/', run: showFront },
    { id: `${role}.sign-in`, role, method: 'POST', path: '/sign-in', run: beginSignIn },
    { id: `${role}.callback`, role, method: 'GET', path: '/callback', run: finish },
    { id: `${role}.sign-out`, role, method: 'POST', path: '/sign-out', run: signOut },
    ...(role === 'caseworker' || role === 'dpo' ? [again] : []),
  ]
}

/** Signing in and out, the same at every site that needs it. */
export const signInRoutes: readonly PageRoute[] = signInRoles.flatMap(routesOf)

/** Where the provider sends a visitor of a site back to; registered there, letter for letter. */
export function callbackUrl(site: Parameters<typeof siteUrl>[0], port: number): string {
  return `${siteUrl(site, port)}/callback`
}
