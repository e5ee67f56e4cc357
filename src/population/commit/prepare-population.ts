import { encodeBase64, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { BatchContext, ExchangeRecord, Preparation } from '../../log/index.ts'
import {
  budgetProblem,
  type Charge,
  decideCharge,
  type LedgerTransaction,
  unspent,
} from '../ledger/index.ts'
import type {
  OpenBudgetCommitted,
  OpenBudgetIntent,
  PopulationCommitted,
  PopulationIntent,
  PopulationParties,
  RefuseCommitted,
  RefuseIntent,
  ReleaseCommitted,
  ReleaseIntent,
  ReserveCommitted,
  ReserveIntent,
} from './population-intents.ts'

/** What committing population questions needs besides the transaction. */
export interface PopulationCommitDeps {
  readonly organisation: string
}

type Outcome = Pick<ExchangeRecord, 'kind' | 'outcome' | 'code' | 'resultDigest' | 'peer'>

function recordOf(
  { parties }: { readonly parties: PopulationParties },
  outcome: Outcome,
  { timeMs, organisation }: { readonly timeMs: number; readonly organisation: string },
): ExchangeRecord {
  return {
    v: 1,
    class: 'exchange',
    timeMs,
    exchangeId: parties.exchangeId,
    consumer: parties.consumer,
    provider: organisation,
    agreement: parties.agreement,
    purpose: parties.purpose,
    legalBasis: parties.legalBasis,
    elements: parties.elements,
    cap: null,
    official: parties.analyst,
    case: null,
    consent: null,
    notice: null,
    noticeUntilMs: null,
    questionDigest: parties.query,
    chain: null,
    ...outcome,
  }
}

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
  const type = 'population-reserve'
  if (row.release !== undefined) return { type, state: 'released', release: row.release }
  const { spentBefore, spentAfter } = row
  return { type, state: 'held', spentBefore, spentAfter }
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

/** Decides the charge on live counters, and writes it beside its reservation: both are entries of one commit. */
async function prepareReserve(
  tx: LedgerTransaction,
  intent: ReserveIntent,
  batch: BatchContext,
  { organisation }: PopulationCommitDeps,
): Promise<Preparation<ReserveCommitted>> {
  const before = await heldBefore(tx, intent)
  if (before !== undefined) return ready(before)
  const { population, snapshot, parties, cost, agreed } = intent
  const budget = (await tx.budgetOf(population))?.budget
  const fromMs = budget?.fromMs ?? 0
  const agreement = parties.agreement.id
  const { analyst } = parties
  const facts = {
    budget,
    spent: budget === undefined ? unspent : await tx.spentOf(population, fromMs),
    agreementMicroEpsilon: await tx.spentUnder(population, fromMs, { agreement }),
    analystMicroEpsilon: await tx.spentUnder(population, fromMs, { agreement, analyst }),
  }
  const terms = {
    agreed,
    agreement: { id: agreement, version: parties.agreement.version },
    nowMs: batch.timeMs,
  }
  const decision = decideCharge(cost, facts, terms)
  const at = { timeMs: batch.timeMs, organisation }
  const nothing = { resultDigest: null, peer: null }
  if (decision.outcome === 'refuse') {
    const outcome = { kind: 'population.refused', outcome: 'deny', code: 'BUDGET_SPENT' } as const
    batch.add(recordOf(intent, { ...outcome, ...nothing }, at))
    return ready({ type: 'population-reserve', state: 'refused', spent: decision.spent })
  }
  const { charge } = decision
  const kind = { kind: 'population.reserved', outcome: 'permit', code: null } as const
  const entry = batch.add(recordOf(intent, { ...kind, ...nothing }, at))
  const reservation = encodeBase64(entry.commitment)
  const place = chargeEntry(batch, intent, { charge, reservation, organisation })
  await tx.saveCharge({ population, charge, reservation, analyst, place })
  const spentAfter = charge.spentMicroEpsilon
  const spentBefore = spentAfter - charge.microEpsilon
  const reserved = { origin: entry.origin, index: entry.index }
  const { query } = parties
  await tx.saveReservation({ query, snapshot, reservation, reserved, spentBefore, spentAfter })
  return ready({ type: 'population-reserve', state: 'reserved', spentBefore, spentAfter })
}

/** What an entry says of a release: SHA-256 of its canonical bytes under a name of its own; base64. */
export function releaseDigest(release: Uint8Array): string {
  return encodeBase64(sha256(utf8('cloison/release/v1\n'), release))
}

async function prepareRelease(
  tx: LedgerTransaction,
  intent: ReleaseIntent,
  batch: BatchContext,
  { organisation }: PopulationCommitDeps,
): Promise<Preparation<ReleaseCommitted>> {
  const { parties, snapshot } = intent
  const row = await tx.releaseOf(parties.query, snapshot)
  if (row === undefined) throw new TypeError('a release needs its reservation')
  if (row.release !== undefined)
    return ready({ type: 'population-release', release: row.release, proof: undefined })
  const { release } = intent
  const outcome = {
    kind: 'population.released',
    outcome: 'permit',
    code: null,
    resultDigest: releaseDigest(release),
    peer: row.reservation,
  } as const
  const entry = batch.add(recordOf(intent, outcome, { timeMs: batch.timeMs, organisation }))
  const released = { origin: entry.origin, index: entry.index }
  await tx.saveRelease({ query: parties.query, snapshot }, { release, released })
  return {
    complete: async (proofs) => ({
      type: 'population-release',
      release,
      proof: await proofs.inclusion(entry.index),
    }),
  }
}

function prepareRefuse(
  intent: RefuseIntent,
  batch: BatchContext,
  { organisation }: PopulationCommitDeps,
): Preparation<RefuseCommitted> {
  const { index } = batch.add(
    recordOf(
      intent,
      {
        kind: 'population.refused',
        outcome: 'deny',
        code: intent.code,
        resultDigest: null,
        peer: null,
      },
      { timeMs: batch.timeMs, organisation },
    ),
  )
  return ready({ type: 'population-refuse', index })
}

async function prepareBudget(
  tx: LedgerTransaction,
  { population, budget, demo }: OpenBudgetIntent,
  batch: BatchContext,
  { organisation }: PopulationCommitDeps,
): Promise<Preparation<OpenBudgetCommitted>> {
  const previous = (await tx.budgetOf(population))?.budget
  const problem = budgetProblem(budget, { previous, demo })
  if (problem !== undefined) return ready({ type: 'budget-open', state: 'refused', problem })
  const { origin, index } = batch.add({
    v: 1,
    class: 'governance',
    kind: previous === undefined ? 'budget.opened' : 'budget.renewed',
    timeMs: batch.timeMs,
    organisation,
    name: population,
    digest: null,
    body: { ...budget },
  })
  await tx.saveBudget({ population, budget, place: { origin, index } })
  return ready({ type: 'budget-open', state: 'opened' })
}

/** Prepares one intent about a population inside the writer's transaction. */
export async function preparePopulation(
  tx: LedgerTransaction,
  intent: PopulationIntent,
  batch: BatchContext,
  deps: PopulationCommitDeps,
): Promise<Preparation<PopulationCommitted>> {
  switch (intent.type) {
    case 'population-reserve':
      return prepareReserve(tx, intent, batch, deps)
    case 'population-release':
      return prepareRelease(tx, intent, batch, deps)
    case 'population-refuse':
      return prepareRefuse(intent, batch, deps)
    case 'budget-open':
      return prepareBudget(tx, intent, batch, deps)
  }
}
