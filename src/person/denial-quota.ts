import { canonicalBytes } from '../bytes/index.ts'
import type { BatchContext, Preparation } from '../log/index.ts'
import { problemOf } from '../protocol/index.ts'
import type { ExchangeTransaction } from './exchange-store.ts'
import { denialEntriesPerDay, type PersonCommitDeps } from './person-commit-deps.ts'
import type { QuestionCommitted, QuestionIntent } from './writer.ts'

/** A refusal without an entry: counted, and nothing of the transaction is about it but its nonce. */
export function prepareNoise(code: 'REPLAYED' | 'QUOTA_EXCEEDED'): Preparation<QuestionCommitted> {
  const problem = problemOf(code)
  const body = canonicalBytes({ ...problem })
  const committed = { status: problem.status, body, redelivered: false, noise: code }
  return { complete: () => Promise.resolve({ type: 'question', ...committed }) }
}

/**
 * Counts a denial as the entry that it becomes; false when the consumer has had so many in a day that no more
 * are written. The last one has an entry beside it that says so.
 */
export async function mayDeny(
  tx: ExchangeTransaction,
  { consumer }: QuestionIntent,
  { batch, deps }: { readonly batch: BatchContext; readonly deps: PersonCommitDeps },
): Promise<boolean> {
  const { denialEntriesPerDay: most = denialEntriesPerDay } = deps
  const before = await tx.denials(consumer, batch.timeMs)
  if (before >= most) return false
  await tx.countDenial(consumer, batch.timeMs)
  if (before + 1 === most) {
    batch.add({
      v: 1,
      class: 'governance',
      kind: 'signal.denials',
      timeMs: batch.timeMs,
      organisation: deps.organisation,
      name: consumer,
      digest: null,
      body: { denials: most },
    })
  }
  return true
}
