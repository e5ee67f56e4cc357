import { atDesk } from '../at-desk.ts'
import type { AtDesk } from '../at-desk.ts'
import type { PageContext, PageResult } from '../page-route.ts'
import type { InspectorDesk } from './inspector-desk.ts'

/** The inspector who signed in, with the desk. */
export type AsInspector = AtDesk<InspectorDesk>

/** Runs `page` for the inspector who signed in, see {@link atDesk}. */
export function asInspector(
  context: PageContext,
  page: (as: AsInspector) => Promise<PageResult>,
): Promise<PageResult> {
  return atDesk(context, context.desks.inspector, page)
}
