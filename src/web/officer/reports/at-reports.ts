import { type ReportKind, reportKinds, reportTopics } from '../../../oversight/index.ts'
import { redirect } from '../../page-route.ts'
import type { PageContext, PageResult } from '../../page-route.ts'
import type { Session } from '../../session.ts'
import type { OfficerReports } from './report-desk.ts'

/** The data protection officer who signed in, at the reports of their own organisation. */
export interface AtReports {
  readonly session: Session
  readonly name: string
  readonly desk: OfficerReports
}

/** Reports about an organisation: those about one person are that person's, who has them from their own page. */
export const officeReports: readonly ReportKind[] = reportKinds.filter(
  (kind) => reportTopics[kind] !== 'person',
)

/** Runs `page` for the officer who signed in; without a desk there is nothing at the address. */
export async function atReports(
  { session, desks }: PageContext,
  page: (at: AtReports) => Promise<PageResult>,
): Promise<PageResult> {
  if (session?.account === undefined) return redirect('/')
  const desk = desks.reports
  if (desk === undefined) return { kind: 'missing' }
  return await page({ session, name: session.account.name, desk })
}

/** The same for one kind of report, by its name in the address. */
export function atKind(
  context: PageContext,
  page: (at: AtReports, kind: ReportKind) => Promise<PageResult>,
): Promise<PageResult> {
  const kind = officeReports.find((one) => one === context.params['kind'])
  return atReports(context, (at) =>
    kind === undefined ? Promise.resolve<PageResult>({ kind: 'missing' }) : page(at, kind),
  )
}
