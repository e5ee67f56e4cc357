import { administratorRoutes } from './administrator/administrator-routes.ts'
import { analystRoutes } from './analyst/analyst-routes.ts'
import { answerRoutes } from './caseworker/answer-page.ts'
import { casesRoutes } from './caseworker/cases-page.ts'
import { checkRoutes } from './caseworker/check-page.ts'
import { consentRoutes } from './caseworker/consent-page.ts'
import { needRoutes } from './caseworker/need-page.ts'
import { traceRoutes } from './caseworker/trace-page.ts'
import { abusesRoutes } from './demo-home/abuses-page.ts'
import { cheatRoutes } from './demo-home/cheat-page.ts'
import { homeRoutes } from './demo-home/home-page.ts'
import { inspectorRoutes } from './inspector/inspector-routes.ts'
import { matchPath } from './page-route.ts'
import type { PageRoute } from './page-route.ts'
import { officerRoutes } from './officer/officer-routes.ts'
import { complaintRoutes } from './person/complaint/complaint-routes.ts'
import { disclosuresRoutes } from './person/disclosures-page.ts'
import { officerRequestRoutes } from './officer/requests/request-list-page.ts'
import { personRequestRoutes } from './person/requests/requests-page.ts'
import { proofsRoutes } from './person/proofs-page.ts'
import { publicRoutes } from './public/record-page.ts'
import { signInRoutes } from './sign-in/sign-in-routes.ts'
import type { SiteRole } from './site.ts'
import { verifyRoutes } from './verify/verify-page.ts'

/** Every address of the pages: what is not in this table does not exist. */
export const pageRoutes: readonly PageRoute[] = [
  ...homeRoutes,
  ...cheatRoutes,
  ...abusesRoutes,
  ...signInRoutes,
  ...casesRoutes,
  ...needRoutes,
  ...checkRoutes,
  ...consentRoutes,
  ...answerRoutes,
  ...traceRoutes,
  ...analystRoutes,
  ...officerRoutes,
  ...administratorRoutes,
  ...inspectorRoutes,
  ...disclosuresRoutes,
  ...proofsRoutes,
  ...complaintRoutes,
  ...personRequestRoutes,
  ...officerRequestRoutes,
  ...verifyRoutes,
  ...publicRoutes,
]

/** The route for a request, or why there is none. */
export type RouteMatch =
  | { readonly found: 'route'; readonly route: PageRoute; readonly params: Record<string, string> }
  | { readonly found: 'other-method' }
  | { readonly found: 'none' }

/** Looks a request up in {@link pageRoutes}. */
export function findRoute(role: SiteRole, method: string, path: string): RouteMatch {
  let otherMethod = false
  for (const route of pageRoutes) {
    const params = route.role === role ? matchPath(route.path, path) : undefined
    if (params === undefined) continue
    if (route.method === method) return { found: 'route', route, params }
    otherMethod = true
  }
  return { found: otherMethod ? 'other-method' : 'none' }
}
