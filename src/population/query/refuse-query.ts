import { effectiveCategory, isProtected } from '../../agreement/index.ts'
import { cellCeiling, type DomainKey } from '../../register/index.ts'
import { lawOf, planNumbers } from './plan-numbers.ts'
import { elementsOf, type PopulationQuery, questionCeiling } from './population-query.ts'
import type { QueryRefusal, RefusalCode } from './query-refusal.ts'
import { boundsOf, closedKeys, knownElement, type QueryTerms } from './query-terms.ts'

/** Fewest people that are publicly expected in a cell. */
export const peoplePerCell = 100
/** The level of places that a protected element may be counted by. */
const coarsest = 0

type Check = (query: PopulationQuery, terms: QueryTerms) => QueryRefusal | undefined

function refusal(code: RefusalCode, path: string, message: string): QueryRefusal {
  return { code, path, message }
}

const mostNamed = 8
const longestNamed = 40

/** Names or keys for a message, which has an end. */
function listText(all: readonly DomainKey[]): string {
  const named = all
    .slice(0, mostNamed)
    .map((one) => String(one).slice(0, longestNamed))
    .join(', ')
  return all.length > mostNamed ? `${named}, … (${all.length})` : named
}

/** Where each element of the query stands in it. */
function placesOf({ where, by, measure }: PopulationQuery): ReadonlyMap<string, string> {
  const places = new Map<string, string>()
  if (measure.kind !== 'count') places.set(measure.element, 'measure.element')
  for (const [at, name] of by.entries()) places.set(name, `by[${at}]`)
  for (const name of Object.keys(where)) places.set(name, `where.${name}`)
  return places
}

const onlyAgreed: Check = (query, terms) => {
  const { agreement, description } = terms
  const [register] = query.registers
  if (register !== description.name)
    return refusal('ELEMENT_NOT_AGREED', 'registers[0]', 'the agreement is about another register')
  for (const name of elementsOf(query)) {
    if (knownElement(name, query, terms) !== undefined) continue
    const names = listText(agreement.dataElements.map((one) => one.name))
    const path = placesOf(query).get(name) ?? ''
    return refusal(
      'ELEMENT_NOT_AGREED',
      path,
      `${name} is no element of the agreement; it has ${names}`,
    )
  }
  return undefined
}

function isGuarded(name: string, query: PopulationQuery, terms: QueryTerms): boolean {
  const known = knownElement(name, query, terms)
  if (known === undefined) return true
  const described = effectiveCategory(terms.description.category, known.described.category)
  return isProtected(described) || isProtected(known.agreed.category)
}

/** The first element of a query that is protected by its agreement or its register. */
export function protectedElement(query: PopulationQuery, terms: QueryTerms): string | undefined {
  return elementsOf(query).find((name) => isGuarded(name, query, terms))
}

/** The first dimension or filter of a query that is finer than the coarsest places. */
export function finePlace(query: PopulationQuery, terms: QueryTerms): string | undefined {
  return [...query.by, ...Object.keys(query.where)].find((name) => {
    const level = knownElement(name, query, terms)?.described.geography ?? coarsest
    return level > coarsest
  })
}

const guardedAlone: Check = (query, terms) => {
  const places = placesOf(query)
  for (const name of elementsOf(query)) {
    if (!isGuarded(name, query, terms)) continue
    const path = places.get(name) ?? ''
    if (Object.hasOwn(query.where, name))
      return refusal('PROTECTED_ELEMENT', `where.${name}`, `${name} is protected: never a filter`)
    if (!terms.countersigned)
      return refusal(
        'PROTECTED_ELEMENT',
        path,
        `${name} is protected: an inspector must countersign the agreement first`,
      )
    const place = finePlace(query, terms)
    if (place !== undefined)
      return refusal(
        'PROTECTED_ELEMENT',
        places.get(place) ?? '',
        `${name} is protected: with ${place}, which is finer than the coarsest places, it is not counted`,
      )
  }
  return undefined
}

const closedDimensions: Check = (query, terms) => {
  for (const [at, name] of query.by.entries()) {
    const known = knownElement(name, query, terms)
    if (query.by.indexOf(name) !== at)
      return refusal('SHAPE_REFUSED', `by[${at}]`, `${name} is named twice`)
    if (known === undefined || closedKeys(known.described) === undefined)
      return refusal(
        'SHAPE_REFUSED',
        `by[${at}]`,
        `${name} has no closed list of keys to count by${known !== undefined && boundsOf(known.described) !== undefined ? '; it can be measured' : ''}`,
      )
    if (known.described.category === 'locating')
      return refusal('SHAPE_REFUSED', `by[${at}]`, `${name} locates people`)
  }
  return undefined
}

const closedFilters: Check = (query, terms) => {
  for (const [name, keys] of Object.entries(query.where)) {
    const path = `where.${name}`
    const known = knownElement(name, query, terms)
    const declared = known === undefined ? undefined : closedKeys(known.described)
    if (declared === undefined)
      return refusal('SHAPE_REFUSED', path, `${name} has no closed list of keys`)
    if (known?.described.category === 'locating')
      return refusal('SHAPE_REFUSED', path, `${name} locates people`)
    if (new Set(keys).size < keys.length)
      return refusal('SHAPE_REFUSED', path, `${name} has a key twice`)
    if (!keys.every((one) => declared.includes(one)))
      return refusal(
        'SHAPE_REFUSED',
        path,
        `a key is none of ${name}, which has ${listText(declared)}`,
      )
  }
  return undefined
}

const measured: Check = (query, terms) => {
  const { measure } = query
  if (measure.kind === 'count') return undefined
  const known = knownElement(measure.element, query, terms)
  const bounds = known === undefined ? undefined : boundsOf(known.described)
  const path = 'measure.element'
  if (known?.described.category === 'locating')
    return refusal('SHAPE_REFUSED', path, `${measure.element} locates people`)
  if (bounds === undefined)
    return refusal('SHAPE_REFUSED', path, `${measure.element} is no integer with public bounds`)
  const largest = Math.max(...planNumbers(query, bounds).map(({ sensitivity }) => sensitivity))
  return largest * terms.description.population.size > Number.MAX_SAFE_INTEGER
    ? refusal('SHAPE_REFUSED', path, `the ${measure.kind} of ${measure.element} could pass 2^53`)
    : undefined
}

const drawable: Check = (query, terms) => {
  const { measure, deltaExponent } = query
  const known =
    measure.kind === 'count' ? undefined : knownElement(measure.element, query, terms)?.described
  const bounds = (known === undefined ? undefined : boundsOf(known)) ?? { min: 0, max: 0 }
  if (planNumbers(query, bounds).every((number) => lawOf(number, query) !== undefined))
    return undefined
  const advice = deltaExponent === null ? 'spend more epsilon' : 'leave deltaExponent null'
  return refusal('SHAPE_REFUSED', 'microEpsilon', `so wide a noise is not drawn; ${advice}`)
}

function keyCount(name: string, query: PopulationQuery, terms: QueryTerms): number {
  const known = knownElement(name, query, terms)
  return (known === undefined ? undefined : closedKeys(known.described)?.length) ?? 1
}

/** How many cells the table has; buckets of quantiles are cells too. */
export function cellsOf(query: PopulationQuery, terms: QueryTerms): number {
  return query.by.reduce((cells, name) => cells * keyCount(name, query, terms), 1)
}

/** How many people the filters are publicly expected to leave. */
export function expectedPeople(query: PopulationQuery, terms: QueryTerms): number {
  return Object.entries(query.where).reduce(
    (people, [name, keys]) => (people * keys.length) / keyCount(name, query, terms),
    terms.description.population.size,
  )
}

const wideCells: Check = (query, terms) => {
  const cells = cellsOf(query, terms)
  if (cells > cellCeiling)
    return refusal('SHAPE_REFUSED', 'by', `the table has ${cells} cells, more than ${cellCeiling}`)
  return expectedPeople(query, terms) / cells < peoplePerCell
    ? refusal(
        'SHAPE_REFUSED',
        'by',
        `fewer than ${peoplePerCell} people are expected in a cell; ask for fewer dimensions`,
      )
    : undefined
}

const modestEpsilon: Check = ({ microEpsilon, deltaExponent }, { agreement }) => {
  const most = Math.min(questionCeiling, agreement.privacyBudget.perQuestionMicroEpsilon)
  if (microEpsilon > most)
    return refusal(
      'EPSILON_TOO_LARGE',
      'microEpsilon',
      `a question may spend an epsilon of ${most / 1_000_000} at most`,
    )
  const { deltaExponent: agreed } = agreement.privacyBudget
  const isAgreed = deltaExponent === null || (agreed !== null && deltaExponent >= agreed)
  return isAgreed
    ? undefined
    : refusal('EPSILON_TOO_LARGE', 'deltaExponent', 'the agreement allows no such delta')
}

/** What one side of a join is held against by itself; how many cells there are follows from both. */
export const sideChecks: readonly Check[] = [
  onlyAgreed,
  guardedAlone,
  closedDimensions,
  closedFilters,
  measured,
  modestEpsilon,
]

/** All checks on a query, in their order; each stands for itself, so that a test can leave one out. */
export const queryChecks: readonly Check[] = [
  onlyAgreed,
  guardedAlone,
  closedDimensions,
  closedFilters,
  measured,
  wideCells,
  modestEpsilon,
  drawable,
]

/**
 * Why a query is not carried out, or `undefined`. A function of the query and of public documents: it looks at no record,
 * and so says nothing about one. Where the agreement stands and what the ledger has left are told apart from it.
 */
export function refuseQuery(
  query: PopulationQuery,
  terms: QueryTerms,
  checks: readonly Check[] = queryChecks,
): QueryRefusal | undefined {
  for (const check of checks) {
    const found = check(query, terms)
    if (found !== undefined) return found
  }
  return undefined
}
