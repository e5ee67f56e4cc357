import { redirect } from '../page-route.ts'
import type { PageContext, PageResult } from '../page-route.ts'
import type { InspectorDesk } from './inspector-desk.ts'

/** The inspector who signed in, with the desk. */
export interface AsInspector {
  readonly name: string
  readonly desk: InspectorDesk
}

/** Runs `page` for the inspector who signed in; without one, leads to signing in. Without a desk nothing is there. */
export async function asInspector(
  { session, desks }: PageContext,
  page: (as: AsInspector) => Promise<PageResult>,
): Promise<PageResult> {
  const account = session?.account
  if (account === undefined) return redirect('/')
  const desk = desks.inspector
  return desk === undefined ? { kind: 'missing' } : await page({ name: account.name, desk })
}
