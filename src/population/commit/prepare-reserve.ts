import { encodeBase64 } from '../../bytes/index.ts'
import type { BatchContext, Preparation } from '../../log/index.ts'
import {
  type Charge,
  decideCharge,
  type LedgerFacts,
  type LedgerTransaction,
  unspent,
} from '../ledger/index.ts'
import type { RefusalCode } from '../query/index.ts'
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

function chargeEntry(
  batch: BatchContext,
  { population }: ReserveIntent,
  of: { readonly charge: Charge; readonly reservation: string; readonly organisation: string },
): { readonly origin: string; readonly index: number } {
  const { charge, reservation, organisation } = of
  const { origin, index } = batch.add({
    v: 1,
    class: 'governance',
    kind: 'budget.charged',
    timeMs: batch.timeMs,
    organisation,
    name: population,
    digest: reservation,
    body: { ...charge },
  })
  return { origin, index }
}

/** What the charge is held against, as this commit finds it. */
async function ledgerFacts(
  tx: LedgerTransaction,
  { population, parties }: ReserveIntent,
): Promise<LedgerFacts> {
  const budget = (await tx.budgetOf(population))?.budget
  const fromMs = budget?.fromMs ?? 0
  const agreement = parties.agreement.id
  const { analyst } = parties
  return {
    budget,
    spent: budget === undefined ? unspent : await tx.spentOf(population, fromMs),
    agreementMicroEpsilon: await tx.spentUnder(population, fromMs, { agreement }),
    analystMicroEpsilon: await tx.spentUnder(population, fromMs, { agreement, analyst }),
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
  const reservation = encodeBase64(entry.commitment)
  const place = chargeEntry(batch, intent, { charge, reservation, organisation: provider })
  await tx.saveCharge({ population, charge, reservation, analyst: parties.analyst, place })
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
  const { id, version } = parties.agreement
  const terms = { agreed, agreement: { id, version }, nowMs: batch.timeMs }
  const decision = decideCharge(cost, await ledgerFacts(tx, intent), terms)
  if (decision.outcome === 'refuse')
    return refuse(batch, intent, { provider, code: 'BUDGET_SPENT' }, decision.spent)
  return reserve(tx, intent, batch, { charge: decision.charge, provider })
}
