import type { BatchContext, Preparation } from '../../log/index.ts'
import type { Charge, LedgerTransaction } from '../ledger/index.ts'
import type { RefusalCode } from '../query/index.ts'
import { decideChargeNow, saveChargeOf } from './charge-budget.ts'
import type { PopulationCommitDeps } from './population-commit-deps.ts'
import { addPopulationEntry, loggedEntry } from './population-entry.ts'
import type { ReserveCommitted, ReserveIntent } from './population-intents.ts'

const type = 'population-reserve'

const ready = <Result>(result: Result): Preparation<Result> => ({
  complete: () => Promise.resolve(result),
})

/** The one release or reservation that a query has, or `undefined`. */
async function heldBefore(
  tx: LedgerTransaction,
  { parties, snapshot }: ReserveIntent,
): Promise<ReserveCommitted | undefined> {
  const row = await tx.releaseOf(parties.query, snapshot)
  if (row === undefined) return undefined
  if (row.release !== undefined) return { type, state: 'released', release: row.release }
  const { spentBefore, spentAfter } = row
  return { type, state: 'held', spentBefore, spentAfter }
}

function refuse(
  batch: BatchContext,
  { parties }: ReserveIntent,
  at: { readonly provider: string; readonly code: RefusalCode },
  spent?: Extract<ReserveCommitted, { state: 'refused' }>['spent'],
): Preparation<ReserveCommitted> {
  const { provider, code } = at
  const outcome = { kind: 'population.refused', outcome: 'deny', code } as const
  const entry = addPopulationEntry(
    batch,
    { parties, provider },
    { ...outcome, resultDigest: null, peer: null },
  )
  return {
    complete: async (proofs) => ({
      type,
      state: 'refused',
      code,
      spent,
      entry: await loggedEntry(entry, proofs),
    }),
  }
}

async function reserve(
  tx: LedgerTransaction,
  intent: ReserveIntent,
  batch: BatchContext,
  of: { readonly charge: Charge; readonly provider: string },
): Promise<Preparation<ReserveCommitted>> {
  const { population, parties, snapshot } = intent
  const { charge, provider } = of
  const kind = { kind: 'population.reserved', outcome: 'permit', code: null } as const
  const entry = addPopulationEntry(
    batch,
    { parties, provider },
    { ...kind, resultDigest: null, peer: null },
  )
  const charged = { charge, entry, organisation: provider }
  const reservation = await saveChargeOf(tx, { population, parties }, charged, batch)
  const spentAfter = charge.spentMicroEpsilon
  const spentBefore = spentAfter - charge.microEpsilon
  const reserved = { origin: entry.origin, index: entry.index }
  const { query } = parties
  await tx.saveReservation({ query, snapshot, reservation, reserved, spentBefore, spentAfter })
  return ready({ type, state: 'reserved', spentBefore, spentAfter })
}

/**
 * Decides on live state, the agreement's standing first, and writes the charge beside its reservation: both are entries of
 * one commit. What is held or released already costs nothing, but is asked under an agreement that stands.
 */
export async function prepareReserve(
  tx: LedgerTransaction,
  intent: ReserveIntent,
  batch: BatchContext,
  { organisation: provider, refusalNow }: PopulationCommitDeps,
): Promise<Preparation<ReserveCommitted>> {
  const { parties, cost, agreed } = intent
  const ended = await refusalNow?.(parties.agreement, batch.timeMs)
  if (ended !== undefined) return refuse(batch, intent, { provider, code: ended })
  const before = await heldBefore(tx, intent)
  if (before !== undefined) return ready(before)
  const charging = { population: intent.population, parties, cost, agreed }
  const decision = await decideChargeNow(tx, charging, batch.timeMs)
  if (decision.outcome === 'refuse')
    return refuse(batch, intent, { provider, code: 'BUDGET_SPENT' }, decision.spent)
  return reserve(tx, intent, batch, { charge: decision.charge, provider })
}
