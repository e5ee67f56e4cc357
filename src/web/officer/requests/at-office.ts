import { redirect } from '../../page-route.ts'
import type { PageContext, PageResult } from '../../page-route.ts'
import type { OfficerRequests } from '../../requests/request-desk.ts'
import type { Session } from '../../session.ts'

/** The data protection officer who signed in, at their own organisation's requests. */
export interface AtOffice {
  readonly session: Session
  readonly name: string
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
  return await page({ session, name: session.account.name, organisation: site.organisation, desk })
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
