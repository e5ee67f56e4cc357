import type { BatchContext, Preparation } from '../../log/index.ts'
import type { LedgerTransaction } from '../ledger/index.ts'
import { addPopulationEntry } from './population-entry.ts'
import type { ReceivedAnalysisCommitted, ReceivedAnalysisIntent } from './population-intents.ts'

/** The entry of what came, and the answer itself, once for each exchange. */
export async function prepareReceived(
  tx: LedgerTransaction,
  intent: ReceivedAnalysisIntent,
  batch: BatchContext,
): Promise<Preparation<ReceivedAnalysisCommitted>> {
  const { parties, provider, code, resultDigest, peer, query, answer } = intent
  const type = 'population-received'
  const before = await tx.analysis(parties.exchangeId)
  if (before !== undefined)
    return { complete: () => Promise.resolve({ type, state: 'known', answer: before.answer }) }
  const { origin, index } = addPopulationEntry(
    batch,
    { parties, provider },
    {
      kind: code === null ? 'population.released' : 'population.refused',
      outcome: code === null ? 'permit' : 'deny',
      code,
      resultDigest,
      peer,
    },
  )
  await tx.saveAnalysis({
    exchangeId: parties.exchangeId,
    provider,
    agreement: { id: parties.agreement.id, version: parties.agreement.version },
    analyst: parties.analyst,
    query,
    code,
    answer,
    place: { origin, index },
    atMs: batch.timeMs,
  })
  return { complete: () => Promise.resolve({ type, state: 'new', answer }) }
}
