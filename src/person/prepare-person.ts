import type { BatchContext, Preparation } from '../log/index.ts'
import { prepareAsked, prepareRefused } from './commit-asked.ts'
import { prepareEpoch } from './commit-epoch.ts'
import { prepareGovernance } from './commit-governance.ts'
import { prepareQuestion } from './commit-question.ts'
import { prepareReceived, prepareSettled } from './commit-received.ts'
import { prepareErasure, prepareKeyDestruction } from './erasure/index.ts'
import type { ExchangeTransaction } from './exchange-store.ts'
import { prepareOpening } from './identity/index.ts'
import { prepareSafeguard } from './safeguards/index.ts'
import { keptForMs, type PersonCommitDeps } from './person-commit-deps.ts'
import type { PersonCommitted, PersonIntent } from './writer.ts'

/** Prepares one intent inside the writer's transaction; each kind has its own file. */
export async function preparePerson(
  tx: ExchangeTransaction,
  intent: PersonIntent,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<PersonCommitted>> {
  if (batch.claim('purge')) await tx.purge(batch.timeMs - keptForMs, batch.timeMs)
  if (intent.type === 'purge') return { complete: () => Promise.resolve({ type: 'purge' }) }
  return prepareIntent(tx, intent, batch, deps)
}

function prepareIntent(
  tx: ExchangeTransaction,
  intent: Exclude<PersonIntent, { readonly type: 'purge' }>,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<PersonCommitted>> {
  switch (intent.type) {
    case 'question':
      return prepareQuestion(tx, intent, batch, deps)
    case 'asked':
      return prepareAsked(tx, intent, batch, deps)
    case 'received':
      return prepareReceived(tx, intent, batch, deps)
    case 'refused':
      return prepareRefused(tx, intent, batch, deps)
    case 'settled':
      return prepareSettled(tx, intent, batch, deps)
    case 'erase':
      return prepareErasure(tx, intent, batch, deps)
    case 'destroy-keys':
      return prepareKeyDestruction(tx, intent, batch, deps)
    case 'governance':
      return prepareGovernance(tx, intent, batch, deps)
    case 'safeguard':
      return prepareSafeguard(tx, intent, batch, deps)
    case 'identity':
      return prepareOpening(tx, intent, batch, deps)
    case 'epoch':
      return prepareEpoch(tx, intent, batch, deps)
  }
}
