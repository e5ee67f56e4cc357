import { atDesk } from '../at-desk.ts'
import type { AtDesk } from '../at-desk.ts'
import type { PageContext, PageResult } from '../page-route.ts'
import type { AdministratorDesk } from './administrator-desk.ts'

/** The administrator who signed in, with the desk of their organisation. */
export type AsAdministrator = AtDesk<AdministratorDesk>

/** Runs `page` for the administrator who signed in, see {@link atDesk}. */
export function asAdministrator(
  context: PageContext,
  page: (as: AsAdministrator) => Promise<PageResult>,
): Promise<PageResult> {
  return atDesk(context, context.desks.administrator, page)
}
