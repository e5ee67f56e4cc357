import type { JsonObject } from '../../bytes/index.ts'
import { isJsonObject } from '../../bytes/index.ts'
import type { InspectedAct } from './inspector-desk.ts'

/** One agreement as the logs say it stands. */
export interface AgreementFacts {
  readonly name: string
  readonly consumer: string
  readonly provider: string
  readonly purpose: string
  /** The newest act about it, without `agreement.`. */
  readonly state: string
  readonly atMs: number
  readonly places: readonly InspectedAct[]
}

function textOf(body: JsonObject | null | undefined, name: string): string {
  const value = body?.[name]
  return typeof value === 'string' ? value : ''
}

function documentOf({ record: { body } }: InspectedAct): JsonObject | null {
  const document = body?.['agreement']
  return document !== undefined && isJsonObject(document) ? document : null
}

/** The agreements that the logs of both parties name, each once, by name. */
export function agreementFacts(acts: readonly InspectedAct[]): readonly AgreementFacts[] {
  const byName = new Map<string, AgreementFacts>()
  const inTime = acts
    .filter(({ record }) => record.name !== null)
    .toSorted((one, other) => one.record.timeMs - other.record.timeMs)
  for (const act of inTime) {
    const { record } = act
    const name = record.name ?? ''
    const document = documentOf(act)
    const before = byName.get(name)
    byName.set(name, {
      name,
      consumer: before?.consumer || textOf(document, 'consumer'),
      provider: before?.provider || textOf(document, 'provider'),
      purpose: before?.purpose || textOf(document, 'purpose'),
      state: record.kind.replace('agreement.', ''),
      atMs: record.timeMs,
      places: [...(before?.places ?? []), act],
    })
  }
  return [...byName.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

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
