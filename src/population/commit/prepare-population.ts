import type { BatchContext, Preparation } from '../../log/index.ts'
import { budgetProblem, type LedgerTransaction } from '../ledger/index.ts'
import { releaseDigest } from '../release/index.ts'
import type { PopulationCommitDeps } from './population-commit-deps.ts'
import { addPopulationEntry, loggedEntry } from './population-entry.ts'
import type {
  OpenBudgetCommitted,
  OpenBudgetIntent,
  PopulationCommitted,
  PopulationIntent,
  RefuseCommitted,
  RefuseIntent,
  ReleaseCommitted,
  ReleaseIntent,
} from './population-intents.ts'
import { prepareJoin } from './prepare-join.ts'
import { prepareReceived } from './prepare-received.ts'
import { prepareReserve } from './prepare-reserve.ts'

/**
 * The entry of what leaves for one exchange. The first release of a reservation is the one that is kept: whatever is made
 * later is dropped, and the kept one handed on.
 *
 * @throws TypeError without a reservation, or without any release
 */
async function prepareRelease(
  tx: LedgerTransaction,
  { parties, snapshot, release: made }: ReleaseIntent,
  batch: BatchContext,
  { organisation: provider }: PopulationCommitDeps,
): Promise<Preparation<ReleaseCommitted>> {
  const row = await tx.releaseOf(parties.query, snapshot)
  const release = row?.release ?? made
  if (row === undefined) throw new TypeError('a release needs its reservation')
  if (release === undefined) throw new TypeError('there is no release to hand on')
  const outcome = {
    kind: 'population.released',
    outcome: 'permit',
    code: null,
    resultDigest: releaseDigest(release),
    peer: row.reservation,
  } as const
  const entry = addPopulationEntry(batch, { parties, provider }, outcome)
  const released = { origin: entry.origin, index: entry.index }
  if (row.release === undefined)
    await tx.saveRelease({ query: parties.query, snapshot }, { release, released })
  return {
    complete: async (proofs) => ({
      type: 'population-release',
      release,
      entry: await loggedEntry(entry, proofs),
    }),
  }
}

function prepareRefuse(
  { parties, code }: RefuseIntent,
  batch: BatchContext,
  { organisation: provider }: PopulationCommitDeps,
): Preparation<RefuseCommitted> {
  const outcome = { kind: 'population.refused', outcome: 'deny', code } as const
  const entry = addPopulationEntry(
    batch,
    { parties, provider },
    { ...outcome, resultDigest: null, peer: null },
  )
  return {
    complete: async (proofs) => ({
      type: 'population-refuse',
      entry: await loggedEntry(entry, proofs),
    }),
  }
}

async function prepareBudget(
  tx: LedgerTransaction,
  { population, budget, demo }: OpenBudgetIntent,
  batch: BatchContext,
  { organisation }: PopulationCommitDeps,
): Promise<Preparation<OpenBudgetCommitted>> {
  const type = 'budget-open'
  const previous = (await tx.budgetOf(population))?.budget
  const problem = budgetProblem(budget, { previous, demo })
  if (problem !== undefined)
    return { complete: () => Promise.resolve({ type, state: 'refused', problem }) }
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
  return { complete: () => Promise.resolve({ type, state: 'opened', index }) }
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
    case 'population-received':
      return prepareReceived(tx, intent, batch)
    case 'budget-open':
      return prepareBudget(tx, intent, batch, deps)
    case 'join-begin':
    case 'join-message':
    case 'join-settle':
    case 'join-end':
    case 'join-refuse':
      return prepareJoin(tx, intent, batch, deps)
  }
}
