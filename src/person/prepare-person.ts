import type { BatchContext, Preparation } from '../log/index.ts'
import { type DrawIntent, prepareDraw } from './audit-draw/index.ts'
import { prepareAsked, prepareRefused } from './commit-asked.ts'
import { prepareEpoch } from './commit-epoch.ts'
import { prepareGovernance } from './commit-governance.ts'
import { prepareQuestion } from './commit-question.ts'
import { prepareReceived, prepareSettled } from './commit-received.ts'
import { prepareErasure, prepareKeyDestruction } from './erasure/index.ts'
import { type CorrectionIntent, prepareCorrection } from './corrections/index.ts'
import type { ExchangeTransaction } from './exchange-store.ts'
import { prepareOpening } from './identity/index.ts'
import { prepareRequest, type RequestIntent } from './requests/index.ts'
import { prepareSafeguard } from './safeguards/index.ts'
import { keptForMs, type PersonCommitDeps } from './person-commit-deps.ts'
import {
  type DecideSignalIntent,
  prepareSignalDecision,
  prepareSignals,
  type SignalsIntent,
} from './trace/index.ts'
import type { PersonCommitted, PersonIntent, PurgeIntent, WitnessedIntent } from './writer.ts'

/** Prepares one intent inside the writer's transaction; each kind has its own file. */
export async function preparePerson(
  tx: ExchangeTransaction,
  intent: PersonIntent,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<PersonCommitted>> {
  if (batch.claim('purge')) await tx.purge(batch.timeMs - keptForMs, batch.timeMs)
  if (intent.type === 'purge' || intent.type === 'witnessed') return prepareQuiet(tx, intent)
  return isOversight(intent)
    ? prepareOversight(tx, intent, batch, deps)
    : prepareIntent(tx, intent, batch, deps)
}

/** What persons, officers and inspectors do about questions that were asked. */
type OversightIntent =
  SignalsIntent | DecideSignalIntent | DrawIntent | RequestIntent | CorrectionIntent

const oversightTypes: ReadonlySet<string> = new Set<OversightIntent['type']>([
  'signals',
  'decide-signal',
  'draw',
  'request',
  'correction',
])

function isOversight(intent: PersonIntent): intent is OversightIntent {
  return oversightTypes.has(intent.type)
}

function prepareOversight(
  tx: ExchangeTransaction,
  intent: OversightIntent,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<PersonCommitted>> {
  switch (intent.type) {
    case 'signals':
      return prepareSignals(tx, intent, batch, deps)
    case 'decide-signal':
      return prepareSignalDecision(tx, intent, batch, deps)
    case 'draw':
      return prepareDraw(tx, intent, batch, deps)
    case 'request':
      return prepareRequest(tx, intent, batch, deps)
    case 'correction':
      return prepareCorrection(tx, intent, batch, deps)
  }
}

function prepareIntent(
  tx: ExchangeTransaction,
  intent: Exclude<PersonIntent, OversightIntent | PurgeIntent | WitnessedIntent>,
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

/** What writes no entry. */
async function prepareQuiet(
  tx: ExchangeTransaction,
  intent: PurgeIntent | WitnessedIntent,
): Promise<Preparation<PersonCommitted>> {
  if (intent.type === 'witnessed') await tx.saveWitnessed(intent.head)
  return { complete: () => Promise.resolve({ type: intent.type }) }
}
