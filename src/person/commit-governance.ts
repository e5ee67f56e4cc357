import type { BatchContext, Preparation } from '../log/index.ts'
import type { ExchangeTransaction } from './exchange-store.ts'
import type { PersonCommitDeps } from './person-commit-deps.ts'
import type { GovernanceCommitted, GovernanceIntent } from './writer.ts'

/** Writes an act of the organisation itself; what it changes takes effect in the same transaction. */
export async function prepareGovernance(
  tx: ExchangeTransaction,
  intent: GovernanceIntent,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<GovernanceCommitted>> {
  const { origin, index } = batch.add({
    v: 1,
    class: 'governance',
    kind: intent.kind,
    timeMs: batch.timeMs,
    organisation: deps.organisation,
    name: intent.name,
    digest: intent.digest,
    body: intent.body,
  })
  if (intent.agreement !== undefined) {
    const { digest, event, by } = intent.agreement
    const place = { origin, index }
    await tx.saveAgreementEvent({ agreement: digest, kind: event, by, atMs: batch.timeMs, place })
  }
  if (intent.document !== undefined)
    await tx.saveAgreementDocument({ ...intent.document, place: { origin, index } })
  if (intent.reconciliation !== undefined)
    await tx.saveReconciliation({ ...intent.reconciliation, by: { origin, index } })
  if (intent.directory !== undefined) {
    const place = { origin, index }
    await tx.saveDirectoryRecord({ ...intent.directory, atMs: batch.timeMs, place })
  }
  return { complete: () => Promise.resolve({ type: 'governance', index, timeMs: batch.timeMs }) }
}
