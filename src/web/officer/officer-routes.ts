import type { PageRoute } from '../page-route.ts'
import { actRoutes } from './agreements/act-page.ts'
import { agreementListRoutes } from './agreements/agreements-page.ts'
import { agreementRoutes } from './agreements/agreement-page.ts'
import { checkDraftRoutes } from './compose/check-draft-page.ts'
import { composeRoutes } from './compose/compose-page.ts'
import { emergencyRoutes } from './emergencies-page.ts'
import { handInRoutes } from './agreements/hand-in-page.ts'
import { limitRoutes } from './limits-page.ts'
import { reportFormRoutes } from './reports/report-form-page.ts'
import { reportListRoutes } from './reports/report-list-page.ts'
import { madeReportRoutes } from './reports/made-report-page.ts'
import { signalRoutes } from './signal-page.ts'
import { signalListRoutes } from './signals-page.ts'
import { taskRoutes } from './task-page.ts'

/** Every address of the data protection officer's pages. */
export const officerRoutes: readonly PageRoute[] = [
  ...taskRoutes,
  ...agreementListRoutes,
  ...agreementRoutes,
  ...actRoutes,
  ...handInRoutes,
  ...composeRoutes,
  ...checkDraftRoutes,
  ...limitRoutes,
  ...signalListRoutes,
  ...signalRoutes,
  ...emergencyRoutes,
  ...reportListRoutes,
  ...reportFormRoutes,
  ...madeReportRoutes,
]
