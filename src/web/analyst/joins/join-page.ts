import { PopulationError } from '../../../population/index.ts'
import type { JoinView } from '../../../population/index.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { atJoins } from '../as-analyst.ts'
import { progressPage } from './join-progress.ts'
import { resultPage } from './join-result.ts'
import type { JoinTablesDesk } from './join-tables-desk.ts'
import { stoppedPage } from './join-stopped.ts'

/** A run by its number; `undefined` for one that this organisation has not asked. */
export async function viewOf(joins: JoinTablesDesk, qid: string): Promise<JoinView | undefined> {
  if (!/^[0-9a-f]{32}$/.test(qid)) return undefined
  try {
    return await joins.result(qid)
  } catch (cause) {
    if (cause instanceof PopulationError && cause.code === 'RESULT_UNKNOWN') return undefined
    throw cause
  }
}

async function shown(
  context: PageContext,
  joins: JoinTablesDesk,
  view: JoinView,
): Promise<PageResult> {
  switch (view.state) {
    case 'running':
      return progressPage(context, view)
    case 'stopped':
      return stoppedPage(context, view)
    case 'released':
      return resultPage(context, view, await joins.audit(view.qid, view.plan.inspector))
  }
}

function show(context: PageContext): Promise<PageResult> {
  return atJoins(context, async ({ joins }) => {
    const view = await viewOf(joins, context.params['join'] ?? '')
    return view === undefined ? { kind: 'missing' } : shown(context, joins, view)
  })
}

/** One question over two registers at one address: how far it is, and then what came of it. */
export const joinRoutes: readonly PageRoute[] = [
  { id: 'analyst.join', role: 'analyst', method: 'GET', path: '/joins/:join', run: show },
]
