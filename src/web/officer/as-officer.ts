import type { OfficerDesk } from './officer-desk.ts'
import { redirect } from '../page-route.ts'
import type { PageContext, PageResult } from '../page-route.ts'
import type { Session } from '../session.ts'
import { isFreshLogIn } from '../sign-in/fresh-log-in.ts'
import type { Account } from '../sign-in/identity-port.ts'

/** The data protection officer who signed in, with the desk of their organisation. */
export interface AsOfficer {
  readonly session: Session
  readonly account: Account
  readonly desk: OfficerDesk
  /** The organisation whose officer it is. */
  readonly own: string
}

/** Runs `page` for the officer who signed in; without one, leads to signing in. Where there is no desk there is no page. */
export async function asOfficer(
  context: PageContext,
  page: (as: AsOfficer) => Promise<PageResult>,
): Promise<PageResult> {
  const { session, desks, site } = context
  const account = session?.account
  if (session === undefined || account === undefined) return redirect('/')
  const desk = desks.officer
  if (desk === undefined) return { kind: 'missing' }
  return await page({ session, account, desk, own: site.organisation ?? '' })
}

/**
 * The same for whatever is signed or decided: only soon after a log-in. Otherwise one is asked for, and leads back to
 * `returnTo`, a page of this site.
 */
export function asFreshOfficer(
  context: PageContext,
  returnTo: string,
  page: (as: AsOfficer) => Promise<PageResult>,
): Promise<PageResult> {
  return asOfficer(context, async (as) => {
    if (isFreshLogIn(as.account, context.nowMs)) return await page(as)
    as.session.returnTo = returnTo
    return redirect('/sign-in/again')
  })
}
