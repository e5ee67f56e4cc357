import type { Json } from '../../../bytes/index.ts'
import { type LedgerReader, yearMs } from '../../../population/index.ts'
import type { RegisterDescription } from '../../../register/index.ts'

/** What listing budgets reads. */
export interface BudgetListDeps {
  readonly reader: Pick<LedgerReader, 'budgetOf' | 'spentOf'>
  readonly registers: () => Promise<readonly RegisterDescription[]>
}

async function budgetJson(
  { name, size }: RegisterDescription['population'],
  { reader }: BudgetListDeps,
): Promise<Json> {
  const row = await reader.budgetOf(name)
  if (row === undefined) return { population: name, size, year: null }
  const { budget, place } = row
  const spent = await reader.spentOf(name, budget.fromMs)
  return {
    population: name,
    size,
    year: {
      fromMs: budget.fromMs,
      untilMs: budget.fromMs + yearMs,
      microEpsilon: budget.microEpsilon,
      spentMicroEpsilon: spent.microEpsilon,
      charges: spent.seq,
      countersigned: budget.countersigned,
      log: place.origin,
      entry: place.index,
    },
  }
}

/** The newest budget of each population of the own registers, with what is spent of it; `year` is null where none was opened. */
export async function listBudgets(deps: BudgetListDeps): Promise<Json> {
  const populations = new Map(
    (await deps.registers()).map(({ population }) => [population.name, population] as const),
  )
  const budgets: Json[] = []
  for (const population of populations.values()) budgets.push(await budgetJson(population, deps))
  return { budgets }
}
