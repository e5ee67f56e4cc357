import type { DemoHome } from '../demo-backend.ts'
import type { PageContext, PageRoute, PageResult } from '../page-route.ts'

/** What a page of the demo's home is given. */
export interface DemoContext extends PageContext {
  readonly demo: DemoHome
}

/** A page of the demo's home; nothing is at its address anywhere else. */
export function atDemo(page: (context: DemoContext) => Promise<PageResult>): PageRoute['run'] {
  return async (context) => {
    const { demo } = context
    return demo === undefined ? { kind: 'missing' } : await page({ ...context, demo })
  }
}
