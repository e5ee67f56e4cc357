import { redirect } from '../../page-route.ts'
import type { PageContext, PageResult } from '../../page-route.ts'
import type { OfficerRequests } from '../../requests/request-desk.ts'
import type { Session } from '../../session.ts'
import { isFreshLogIn } from '../../sign-in/fresh-log-in.ts'
import type { Account } from '../../sign-in/identity-port.ts'

/** The data protection officer who signed in, at their own organisation's requests. */
export interface AtOffice {
  readonly session: Session
  readonly account: Account
  readonly organisation: string
  readonly desk: OfficerRequests
}

/** Runs `page` for the officer who signed in; where no requests are taken there is nothing at the address. */
export async function atOffice(
  context: PageContext,
  page: (at: AtOffice) => Promise<PageResult>,
): Promise<PageResult> {
  const { session, desks, site } = context
  const desk = desks.requests
  if (desk === undefined || site.organisation === undefined) return { kind: 'missing' }
  if (session?.account === undefined) return redirect('/')
  const { account } = session
  return await page({ session, account, organisation: site.organisation, desk })
}

/** The same for one request, by the number in the address. */
export function atRequest(
  context: PageContext,
  page: (at: AtOffice, number: number) => Promise<PageResult>,
): Promise<PageResult> {
  const text = context.params['number'] ?? ''
  return atOffice(context, (at) =>
    /^[1-9]\d{0,8}$/.test(text)
      ? page(at, Number(text))
      : Promise.resolve<PageResult>({ kind: 'missing' }),
  )
}

/**
 * The same for whatever is an entry: only soon after a log-in. Otherwise one is asked for, and leads back to the
 * request; what was written about it is kept meanwhile.
 */
export function atFreshRequest(
  context: PageContext,
  page: (at: AtOffice, number: number) => Promise<PageResult>,
): Promise<PageResult> {
  return atRequest(context, async (at, number) => {
    if (isFreshLogIn(at.account, context.nowMs)) return await page(at, number)
    keepForm(context, at, number)
    at.session.returnTo = `/requests/${number}`
    return redirect('/sign-in/again')
  })
}

/** Keeps what was sent about a request, to be there again once it is opened again. */
export function keepForm({ form }: PageContext, { session }: AtOffice, number: number): void {
  const isWritten = form.has('answer') || form.has('reason')
  if (isWritten) session.decisionForm = { number, form: form.toString() }
}
