import { canonicalJson, encodeHex, type Json } from '../../bytes/index.ts'
import { planCost, planHash } from '../psi/index.ts'
import type { ReleaseErrorCode } from '../release/index.ts'
import { cellPlaces } from './join-cells.ts'
import { joinNotCoveredOf } from './join-certificate.ts'
import { joinNumbers } from './join-numbers.ts'
import type { JoinReleaseContent } from './join-release.ts'

/** What is wrong with a release. */
export interface JoinReleaseProblem {
  readonly code: ReleaseErrorCode
  readonly message: string
}

type Check = (release: JoinReleaseContent) => JoinReleaseProblem | undefined

const shape = (message: string): JoinReleaseProblem => ({ code: 'RELEASE_SHAPE', message })
const certified = (message: string): JoinReleaseProblem => ({
  code: 'RELEASE_CERTIFICATE',
  message,
})

function same(one: unknown, other: unknown): boolean {
  return canonicalJson(one as Json) === canonicalJson(other as Json)
}

const wholeTable: Check = ({ plan, cells }) => {
  const places = cellPlaces(plan)
  const isWhole =
    places.length === cells.length && cells.every(({ key }, at) => same(key, places[at]?.key ?? []))
  return isWhole ? undefined : shape('the cells are not one whole table of the plan')
}

const plannedNumbers: Check = ({ plan, numbers, cells }) => {
  if (!same(joinNumbers(plan), numbers))
    return {
      code: 'RELEASE_NUMBERS',
      message: 'a law, a sensitivity or an interval is not what the plan gives',
    }
  return cells.every((cell) => cell.numbers.length === numbers.length)
    ? undefined
    : shape('a cell has not one of each number')
}

/** No number is further below 0 than the noise of both holders reaches. */
const withinNoise: Check = ({ cells, numbers }) =>
  cells.every((cell) => cell.numbers.every((one, at) => one >= -(numbers[at]?.law.tau ?? 0)))
    ? undefined
    : shape('a number is further below 0 than any noise of its law')

const sameParties: Check = ({ plan, certificate }) => {
  const { holders, tally, inspector } = certificate
  const named = [...holders, tally, inspector]
  const planned = [plan.left.organisation, plan.right.organisation, plan.tally, plan.inspector]
  if (certificate.planHash !== encodeHex(planHash(plan)))
    return certified('it is about another plan')
  return same(named, planned) ? undefined : certified('it names other parties than the plan')
}

const measuredBounds: Check = ({ plan: { stat }, certificate: { bounds } }) => {
  if (stat.kind === 'count') return bounds === null ? undefined : certified('a count has no bounds')
  const { side, element, min, max } = stat
  const isMeasured = bounds !== null && same(bounds, { side, element, min, max })
  return isMeasured ? undefined : certified('its bounds are not those of the measured element')
}

const paidPrice: Check = ({ plan, certificate: { microEpsilon, deltaUnits } }) =>
  same(planCost(plan), { microEpsilon, deltaUnits })
    ? undefined
    : certified('it names another epsilon or delta than the plan costs')

const saidLimits: Check = ({ plan, certificate: { notCovered, legalLine } }) => {
  if (!same(notCovered, joinNotCoveredOf(plan)))
    return certified('it does not say what its intervals leave out')
  return legalLine.length > 0 && new Set(legalLine).size === legalLine.length
    ? undefined
    : certified('it names no provision on statistics, or one twice')
}

/** All checks on a release, in their order; each stands for itself, so that a test can leave one out. */
export const joinReleaseChecks: readonly Check[] = [
  wholeTable,
  plannedNumbers,
  withinNoise,
  sameParties,
  measuredBounds,
  paidPrice,
  saidLimits,
]

/** What is wrong with a release by its own words, or `undefined`: laws, intervals and prices are computed again. */
export function checkJoinRelease(
  release: JoinReleaseContent,
  checks: readonly Check[] = joinReleaseChecks,
): JoinReleaseProblem | undefined {
  for (const check of checks) {
    const found = check(release)
    if (found !== undefined) return found
  }
  return undefined
}
