import type { FastifyInstance } from 'fastify'
import type { ReconciliationState } from './reconciliation-state.ts'

/** What was reconciled here. */
export interface ReconciliationsDeps {
  /** Whose logs are held against each other; none where this gateway is no inspector's. */
  readonly organisations: readonly string[]
  readonly everySeconds: number
  readonly windowSeconds: number
  readonly state: () => Promise<ReconciliationState>
}

/** Where an inspector's runs and gaps are listed. */
export const reconciliationsPath = '/v1/reconciliations'

/**
 * Adds `GET /v1/reconciliations` to the inner interface: runs, what is open, and each gap with what opens the
 * digest in its entry. Entry numbers and counts, nobody's name.
 */
export function addReconciliations(app: FastifyInstance, deps: ReconciliationsDeps): void {
  app.get(reconciliationsPath, async (_request, reply) => {
    const { organisations, everySeconds, windowSeconds } = deps
    const { runs, gaps, heads, open } = await deps.state()
    const text = JSON.stringify({
      organisations,
      everySeconds,
      windowSeconds,
      heads,
      openExchanges: open.length,
      runs,
      gaps,
    })
    return reply.type('application/json').send(text)
  })
}
