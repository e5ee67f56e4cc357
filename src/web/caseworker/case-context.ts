import type { CaseBackend } from '../demo-backend.ts'
import type { PageContext, PageRoute, PageResult } from '../page-route.ts'

/** What a caseworker's page is given: where pages are served without a case system, there is none. */
export interface CaseContext extends PageContext {
  readonly cases: CaseBackend
}

/** A page for caseworkers; nothing is at its address where there is no case system behind the pages. */
export function atCases(page: (context: CaseContext) => Promise<PageResult>): PageRoute['run'] {
  return async (context) => {
    const { cases } = context
    return cases === undefined ? { kind: 'missing' } : await page({ ...context, cases })
  }
}
