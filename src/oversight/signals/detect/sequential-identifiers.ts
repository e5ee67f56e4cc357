import { neighbourWidths, type QuestionTrace } from '../../../person/index.ts'
import { type Finding, mostFalseAlarmsPerYear } from '../finding.ts'
import { agreementKey, consumerKey, groupBy, officialKey } from '../group-traces.ts'
import { poissonTail, smallestWithTail } from '../law/count-tails.ts'

/** Of two identifiers drawn at random, how likely they share a bucket of one grid: its width over this many. */
const identifierSpace = 100_000_000
/** What one grid finds less than two that stand half a bucket apart: 2·(½ + ¼). */
const twoGrids = 1.5
const fewestPairs = 3
const runsPerYear = 365

/** Each subject with the digests of its neighbourhood, once. */
function neighbourhoods(traces: readonly QuestionTrace[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    traces.flatMap(({ subject, near }) => (near.length === 4 ? [[subject, near]] : [])),
  )
}

function bucketSizes(subjects: Iterable<readonly string[]>, grid: number): Map<string, number> {
  const sizes = new Map<string, number>()
  for (const near of subjects) {
    const bucket = near[grid] ?? ''
    sizes.set(bucket, (sizes.get(bucket) ?? 0) + 1)
  }
  return sizes
}

/** Subjects with a neighbour among the same subjects. */
function neighboured(
  subjects: ReadonlyMap<string, readonly string[]>,
  scale: number,
): ReadonlySet<string> {
  const grids = [scale * 2, scale * 2 + 1]
  const sizes = grids.map((grid) => bucketSizes(subjects.values(), grid))
  const found = [...subjects].filter(([, near]) =>
    grids.some((grid, place) => (sizes[place]?.get(near[grid] ?? '') ?? 0) > 1),
  )
  return new Set(found.map(([subject]) => subject))
}

/** Each subject with the official who asked about them last: nobody is a neighbour of their own. */
function officialOfSubject(traces: readonly QuestionTrace[]): ReadonlyMap<string, string> {
  return new Map(traces.toReversed().map(({ subject, official }) => [subject, official]))
}

/**
 * How likely two subjects of honest questions are neighbours: what chance gives, or what is seen
 * between subjects of different officials if that is more, with three pairs added against luck. An official's
 * own run of identifiers counts once, so that it hides no other's.
 */
function pairProbability(all: readonly QuestionTrace[], scale: number): number {
  const byChance = (twoGrids * Number(neighbourWidths[scale])) / identifierSpace
  const officials = officialOfSubject(all)
  const subjects = neighbourhoods(all)
  const buckets = new Map<string, Set<string>>()
  for (const [subject, near] of subjects) {
    const bucket = near[scale * 2] ?? ''
    const inBucket = buckets.get(bucket) ?? new Set()
    buckets.set(bucket, inBucket.add(officials.get(subject) ?? ''))
  }
  const own = groupBy(subjects.keys(), (subject) => officials.get(subject) ?? '')
  const ownPairs = [...own.values()].reduce((sum, { length }) => sum + pairsOf(length), 0)
  const between = pairsOf(subjects.size) - ownPairs
  if (between < 1_000) return byChance
  const seen = [...buckets.values()].reduce((sum, { size }) => sum + pairsOf(size), 0)
  return Math.max(byChance, (twoGrids * (seen + 3)) / between)
}

function pairsOf(n: number): number {
  return (n * (n - 1)) / 2
}

function judge(
  traces: readonly QuestionTrace[],
  scale: number,
  { probability, tests, ofOfficial }: Group,
): readonly Finding[] {
  const own = neighbourhoods(traces)
  const mean = pairsOf(own.size) * probability
  const perYear = (pairs: number): number => tests * runsPerYear * poissonTail(pairs, mean)
  const found = neighboured(own, scale)
  const pairs = Math.ceil(found.size / 2)
  const [first] = traces
  const range = { from: Math.max(fewestPairs, Math.ceil(mean)), to: 100_000 }
  const threshold = smallestWithTail(perYear, mostFalseAlarmsPerYear, range)
  if (first === undefined || threshold === undefined || pairs < threshold) return []
  return [
    {
      kind: 'sequential',
      side: first.side,
      consumer: first.consumer,
      agreement: first.agreement,
      official: ofOfficial ? first.official : null,
      subject: null,
      traces: traces.filter(({ subject }) => found.has(subject)),
      evidence: { law: 'poisson', observed: pairs, expected: mean, threshold },
      falseAlarmsPerYear: perYear(pairs),
    },
  ]
}

interface Group {
  /** That two subjects of the consumer are neighbours. */
  readonly probability: number
  /** Groups and scales that are looked at in one run. */
  readonly tests: number
  readonly ofOfficial: boolean
}

/**
 * Officials and agreements whose subjects stand next to each other in the order of identifiers more
 * often than honest ones do, in whatever order they are asked about.
 */
export function sequentialIdentifiers(traces: readonly QuestionTrace[]): readonly Finding[] {
  const ofOfficials = groupBy(traces, officialKey)
  const ofAgreements = groupBy(traces, agreementKey)
  const tests = (ofOfficials.size + ofAgreements.size) * neighbourWidths.length
  return [...groupBy(traces, consumerKey).values()].flatMap((all) => {
    return neighbourWidths.flatMap((_, scale) => {
      const probability = pairProbability(all, scale)
      const of = (ofOfficial: boolean): readonly Finding[] => {
        const groups = groupBy(all, ofOfficial ? officialKey : agreementKey)
        return [...groups.values()].flatMap((group) =>
          judge(group, scale, { probability, tests, ofOfficial }),
        )
      }
      return [...of(true), ...of(false)]
    })
  })
}
