import { redirect } from './page-route.ts'
import type { PageContext, PageResult } from './page-route.ts'

/** Somebody who signed in, with the desk of their organisation. */
export interface AtDesk<Desk> {
  readonly name: string
  readonly desk: Desk
}

/** Runs `page` for the person who signed in; without one, leads to signing in. Where there is no desk there is no page. */
export async function atDesk<Desk>(
  { session }: PageContext,
  desk: Desk | undefined,
  page: (at: AtDesk<Desk>) => Promise<PageResult>,
): Promise<PageResult> {
  const account = session?.account
  if (account === undefined) return redirect('/')
  return desk === undefined ? { kind: 'missing' } : await page({ name: account.name, desk })
}
