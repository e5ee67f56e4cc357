import type { JsonObject } from '../../bytes/index.ts'
import type { InspectedAct } from './inspector-desk.ts'

/** A population's year at one organisation: what may be spent, and what is. */
export interface BudgetYear {
  readonly organisation: string
  readonly population: string
  readonly microEpsilon: number
  readonly spentMicroEpsilon: number
  readonly charges: number
  readonly fromMs: number
}

function numberOf(body: JsonObject | null, name: string): number {
  const value = body?.[name]
  return typeof value === 'number' ? value : 0
}

/** The years that are open, as their public charges add up. */
export function budgetYears(acts: readonly InspectedAct[]): readonly BudgetYear[] {
  const years = new Map<string, BudgetYear>()
  for (const { organisation, record } of acts) {
    const { kind, name, body } = record
    const key = `${organisation} ${name ?? ''}`
    if (kind === 'budget.opened' || kind === 'budget.renewed')
      years.set(key, {
        organisation,
        population: name ?? '',
        microEpsilon: numberOf(body, 'microEpsilon'),
        spentMicroEpsilon: 0,
        charges: 0,
        fromMs: numberOf(body, 'fromMs'),
      })
    const year = years.get(key)
    if (kind !== 'budget.charged' || year === undefined) continue
    const spent = year.spentMicroEpsilon + numberOf(body, 'microEpsilon')
    years.set(key, { ...year, spentMicroEpsilon: spent, charges: year.charges + 1 })
  }
  return [...years.values()]
}
