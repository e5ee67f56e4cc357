import type { PageRoute } from '../page-route.ts'
import { builderRoutes } from './builder-page.ts'
import { catalogueRoutes } from './catalogue-page.ts'
import { historyRoutes } from './history-page.ts'
import { joinFileRoutes } from './joins/join-files.ts'
import { joinRoutes } from './joins/join-page.ts'
import { pairBuilderRoutes } from './joins/pairs/pair-builder-page.ts'
import { progressRoutes } from './progress-page.ts'
import { resultFileRoutes } from './result-files.ts'
import { resultRoutes } from './result-page.ts'

/** Every address of the analyst's pages. */
export const analystRoutes: readonly PageRoute[] = [
  ...catalogueRoutes,
  ...builderRoutes,
  ...progressRoutes,
  ...resultRoutes,
  ...resultFileRoutes,
  ...pairBuilderRoutes,
  ...joinRoutes,
  ...joinFileRoutes,
  ...historyRoutes,
]
