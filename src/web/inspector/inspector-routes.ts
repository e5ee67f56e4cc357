import type { PageRoute } from '../page-route.ts'
import { drawsRoutes } from './draws-page.ts'
import { headsRoutes } from './heads-page.ts'
import { identitiesRoutes } from './identities-page.ts'
import { reconciliationRoutes } from './reconciliation-page.ts'
import { registerRoutes } from './register-page.ts'
import { signalsRoutes } from './signals-page.ts'

/** Every address of the inspector's pages. */
export const inspectorRoutes: readonly PageRoute[] = [
  ...reconciliationRoutes,
  ...headsRoutes,
  ...signalsRoutes,
  ...drawsRoutes,
  ...registerRoutes,
  ...identitiesRoutes,
]
