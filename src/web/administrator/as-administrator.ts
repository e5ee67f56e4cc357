import { redirect } from '../page-route.ts'
import type { PageContext, PageResult } from '../page-route.ts'
import type { AdministratorDesk } from './administrator-desk.ts'

/** The administrator who signed in, with the desk of their organisation. */
export interface AsAdministrator {
  readonly name: string
  readonly desk: AdministratorDesk
}

/** Runs `page` for the administrator who signed in; without one, leads to signing in. Where there is no desk there is no page. */
export async function asAdministrator(
  { session, desks }: PageContext,
  page: (as: AsAdministrator) => Promise<PageResult>,
): Promise<PageResult> {
  const account = session?.account
  if (account === undefined) return redirect('/')
  const desk = desks.administrator
  return desk === undefined ? { kind: 'missing' } : await page({ name: account.name, desk })
}
