import { effectiveCategory, isProtected } from '../../agreement/index.ts'
import { encodeBase64 } from '../../bytes/index.ts'
import {
  type Budget,
  type ChargeRow,
  deltaUnits,
  type LedgerFacts,
  shortAccount,
  yearMs,
} from '../ledger/index.ts'
import type {
  BudgetReport,
  Catalogue,
  CatalogueElement,
  ListedCharge,
  PreviewAnswer,
  PreviewReport,
  PreviewRequest,
} from '../messages/index.ts'
import {
  type PopulationQuery,
  previewQuery,
  queryDigest,
  type QueryRefusal,
  type QueryTerms,
  refuseQuery,
} from '../query/index.ts'
import type { RegisterDescription } from '../../register/index.ts'
import type { KnownPopulationAgreement, PopulationDeps } from './population-deps.ts'
import { slotLengthMs } from './release-slot.ts'
import { snapshotOf } from './snapshot.ts'

const mostCharges = 50

function elementsOf({ agreement, description }: QueryTerms): readonly CatalogueElement[] {
  return agreement.dataElements.flatMap((agreed) => {
    const described =
      agreed.register === description.name
        ? description.elements.find(({ name }) => name === agreed.source)
        : undefined
    if (described === undefined) return []
    const { type, unit, domain } = described
    const category = effectiveCategory(description.category, described.category)
    return [
      {
        name: agreed.name,
        type,
        unit,
        domain,
        protected: isProtected(category) || isProtected(agreed.category),
      },
    ]
  })
}

function catalogueOf(terms: QueryTerms, { organisation, clock }: PopulationDeps): Catalogue {
  const { agreement, description } = terms
  const { perQuestionMicroEpsilon, deltaExponent } = agreement.privacyBudget
  return {
    provider: organisation,
    register: description.name,
    population: description.population,
    snapshot: snapshotOf(description, clock.now()),
    elements: elementsOf(terms),
    mostMicroEpsilon: perQuestionMicroEpsilon,
    deltaExponent,
  }
}

async function chargesOf(
  population: string,
  { fromMs }: Budget,
  { reader }: PopulationDeps,
): Promise<readonly ListedCharge[]> {
  const rows = await reader.ledgerOf(population)
  return rows
    .filter((row): row is ChargeRow => 'charge' in row && row.charge.fromMs === fromMs)
    .slice(-mostCharges)
    .map(({ charge, place }) => ({
      seq: charge.seq,
      entry: place.index,
      microEpsilon: charge.microEpsilon,
      agreement: charge.agreement.id,
    }))
}

/** The counters of the year that is open. */
interface OpenYear extends LedgerFacts {
  readonly budget: Budget
}

async function openYear(
  { analyst }: PreviewRequest,
  { agreement, description }: QueryTerms,
  { reader, clock }: PopulationDeps,
): Promise<OpenYear | undefined> {
  const population = description.population.name
  const budget = (await reader.budgetOf(population))?.budget
  const nowMs = clock.now()
  if (budget === undefined || nowMs < budget.fromMs || nowMs >= budget.fromMs + yearMs)
    return undefined
  const { fromMs } = budget
  const under = { agreement: agreement.id }
  return {
    budget,
    spent: await reader.spentOf(population, fromMs),
    agreementMicroEpsilon: await reader.spentUnder(population, fromMs, under),
    analystMicroEpsilon: await reader.spentUnder(population, fromMs, { ...under, analyst }),
  }
}

/** What is left of a population's year, of the agreement's share of it and of the analyst's. */
async function budgetReport(
  year: OpenYear | undefined,
  { agreement, description }: QueryTerms,
  deps: PopulationDeps,
): Promise<BudgetReport> {
  const population = description.population.name
  if (year === undefined) return { population, year: null, accounts: [], charges: [] }
  const { budget } = year
  const { fromMs } = budget
  const agreed = agreement.privacyBudget.perYearMicroEpsilon
  const spent = {
    population: year.spent.microEpsilon,
    agreement: year.agreementMicroEpsilon,
    analyst: year.analystMicroEpsilon,
  }
  const most = {
    population: budget.microEpsilon,
    agreement: agreed,
    analyst: budget.perAnalystMicroEpsilon ?? agreed,
  }
  return {
    population,
    year: { fromMs, untilMs: fromMs + yearMs },
    accounts: (['population', 'agreement', 'analyst'] as const).map((account) => ({
      account,
      most: most[account],
      spent: spent[account],
    })),
    charges: await chargesOf(population, budget, deps),
  }
}

async function previewReport(
  query: PopulationQuery,
  terms: QueryTerms,
  { reader, clock }: PopulationDeps,
): Promise<PreviewReport> {
  const { cells, numbers, microEpsilon } = previewQuery(query, terms)
  const snapshot = snapshotOf(terms.description, clock.now())
  const row = await reader.releaseOf(encodeBase64(queryDigest(query)), snapshot)
  return {
    cells,
    numbers: numbers.map(({ name, halfWidth, levelPpm }) => ({ name, halfWidth, levelPpm })),
    microEpsilon,
    held: row !== undefined,
    releaseAfterMs: 2 * slotLengthMs(terms.description.population.size),
  }
}

/** Whether the ledger has too little left for a question that has not been reserved yet. */
function shortRefusal(
  { microEpsilon, deltaExponent }: PopulationQuery,
  year: OpenYear | undefined,
  { agreement }: QueryTerms,
): QueryRefusal | null {
  const refusal = (message: string): QueryRefusal => ({ code: 'BUDGET_SPENT', path: '', message })
  if (year === undefined) return refusal('no year of the population is open')
  const cost = { microEpsilon, deltaUnits: deltaUnits(deltaExponent) }
  const short = shortAccount(cost, year, agreement.privacyBudget.perYearMicroEpsilon)
  return short === undefined
    ? null
    : refusal('the privacy budget has too little left for this question')
}

/** A table of one register is asked for under another agreement. */
const joinsAlone: QueryRefusal = {
  code: 'SHAPE_REFUSED',
  path: 'registers',
  message: 'the agreement is on tables over two registers alone',
}

/** A description with what the agreement names, and without the names of tables and columns. */
function agreedDescription({ agreement, description }: QueryTerms): RegisterDescription {
  const sources = new Set(
    agreement.dataElements
      .filter(({ register }) => register === description.name)
      .map(({ source }) => source),
  )
  return {
    ...description,
    table: 'rows',
    subject: { ...description.subject, column: 'subject' },
    elements: description.elements
      .filter(({ name }) => sources.has(name))
      .map((element, at) => ({ ...element, column: `column_${at}` })),
  }
}

/** What a preview says: by public documents, public counters and the query alone. */
export async function previewAnswer(
  request: PreviewRequest,
  { known, terms }: { readonly known: KnownPopulationAgreement; readonly terms: QueryTerms },
  deps: PopulationDeps,
): Promise<PreviewAnswer> {
  const { query } = request
  const standing = await deps.refusalNow(known)
  const isJoin = terms.agreement.kind === 'join'
  const refused = query === null ? undefined : isJoin ? joinsAlone : refuseQuery(query, terms)
  const year = await openYear(request, terms, deps)
  const preview =
    query === null || refused !== undefined ? null : await previewReport(query, terms, deps)
  const short =
    query === null || preview === null || preview.held ? null : shortRefusal(query, year, terms)
  const refusal =
    standing === undefined
      ? (refused ?? short)
      : { code: standing, path: '', message: 'nothing can be asked under the agreement now' }
  return {
    v: 1,
    catalogue: catalogueOf(terms, deps),
    budget: await budgetReport(year, terms, deps),
    preview,
    refusal,
    ...(isJoin && { description: agreedDescription(terms) }),
  }
}
