import type { DomainKey } from '../../register/index.ts'
import { questionCeiling } from '../query/index.ts'
import { notCoveredOf } from './certificate.ts'
import type { ReleaseContent } from './release.ts'
import type { ReleaseErrorCode } from './release-error.ts'
import { releasedNumbers } from './released-numbers.ts'

/** What is wrong with a release. */
export interface ReleaseProblem {
  readonly code: ReleaseErrorCode
  readonly message: string
}

type Check = (release: ReleaseContent) => ReleaseProblem | undefined

const shape = (message: string): ReleaseProblem => ({ code: 'RELEASE_SHAPE', message })
const numbered = (message: string): ReleaseProblem => ({ code: 'RELEASE_NUMBERS', message })
const certified = (message: string): ReleaseProblem => ({ code: 'RELEASE_CERTIFICATE', message })

/** The keys of each dimension of a table, in the order of its cells. */
export function dimensionsOf({
  query,
  cells,
}: Pick<ReleaseContent, 'query' | 'cells'>): readonly (readonly DomainKey[])[] {
  return query.by.map((_, at) => [...new Set(cells.flatMap(({ key }) => key.slice(at, at + 1)))])
}

/** A cell that is left out, doubled or out of its place breaks the product of the dimensions. */
const wholeTable: Check = (release) => {
  const { query, cells } = release
  if (cells.some(({ key }) => key.length !== query.by.length))
    return shape('a cell has not one key of each dimension')
  const expected = dimensionsOf(release).reduce<readonly (readonly DomainKey[])[]>(
    (keys, domain) => keys.flatMap((one) => domain.map((next) => [...one, next])),
    [[]],
  )
  const isWhole =
    expected.length === cells.length &&
    cells.every(({ key }, at) => JSON.stringify(key) === JSON.stringify(expected[at]))
  return isWhole ? undefined : shape('the cells are not one whole table')
}

const filledCells: Check = ({ cells, numbers }) =>
  cells.every((cell) => cell.numbers.length === numbers.length)
    ? undefined
    : shape('a cell has not one of each number')

const askedRegister: Check = ({ query, register }) =>
  query.registers[0] === register ? undefined : shape('it is of another register than was asked')

const plannedNumbers: Check = ({ query, numbers, certificate }) => {
  const planned = releasedNumbers(query, certificate.bounds)
  if (planned === undefined) return numbered('no such noise is drawn')
  const isPlanned =
    planned.length === numbers.length &&
    planned.every((one, at) => sortedText(one) === sortedText(numbers[at]))
  return isPlanned
    ? undefined
    : numbered('a law, a sensitivity or an interval is not what the query gives')
}

function sortedText(value: object | undefined): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}

const measuredBounds: Check = ({ query: { measure }, certificate: { bounds } }) => {
  if (measure.kind === 'count')
    return bounds === null ? undefined : certified('a count has no bounds')
  const isMeasured =
    bounds !== null && bounds.element === measure.element && bounds.min <= bounds.max
  return isMeasured ? undefined : certified('its bounds are not those of the measured element')
}

const paidPrice: Check = ({ query, certificate }) => {
  const { microEpsilon, deltaExponent, method, budget } = certificate
  if (microEpsilon !== query.microEpsilon || deltaExponent !== query.deltaExponent)
    return certified('it names another epsilon or delta than its query')
  if (microEpsilon > questionCeiling)
    return certified(`a question spends ${questionCeiling} millionths of epsilon at most`)
  if (method !== (deltaExponent === null ? 'discrete-laplace' : 'discrete-gaussian'))
    return certified('its method does not go with its delta')
  return budget.after - budget.before === microEpsilon
    ? undefined
    : certified('the budget after is not the one before and the price')
}

const saidLimits: Check = ({ query, certificate }) => {
  const { notCovered, legalLine } = certificate
  if (notCovered.join() !== notCoveredOf(query).join())
    return certified('it does not say what its intervals leave out')
  return legalLine.length > 0 && new Set(legalLine).size === legalLine.length
    ? undefined
    : certified('it names no provision on statistics, or one twice')
}

/** All checks on a release, in their order; each stands for itself, so that a test can leave one out. */
export const releaseChecks: readonly Check[] = [
  askedRegister,
  wholeTable,
  filledCells,
  measuredBounds,
  paidPrice,
  plannedNumbers,
  saidLimits,
]

/** What is wrong with a release by its own words, or `undefined`. */
export function checkRelease(
  release: ReleaseContent,
  checks: readonly Check[] = releaseChecks,
): ReleaseProblem | undefined {
  for (const check of checks) {
    const found = check(release)
    if (found !== undefined) return found
  }
  return undefined
}
