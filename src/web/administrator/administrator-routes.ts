import type { PageRoute } from '../page-route.ts'
import { actRoutes } from './acts-page.ts'
import { healthRoutes } from './health-page.ts'
import { keyRoutes } from './keys-page.ts'
import { peerRoutes } from './peers-page.ts'
import { storageRoutes } from './storage-page.ts'

/** Every address of the administrator's pages. */
export const administratorRoutes: readonly PageRoute[] = [
  ...healthRoutes,
  ...peerRoutes,
  ...keyRoutes,
  ...storageRoutes,
  ...actRoutes,
]
