import type { QuestionTrace } from '../../../person/index.ts'
import { type Finding, mostFalseAlarmsPerYear, windowDays } from '../finding.ts'
import { consumerKey, groupBy } from '../group-traces.ts'
import { geometricTail, smallestWithTail } from '../law/count-tails.ts'

/** How many different things are counted about each subject, and from how many on it may be a signal. */
interface Counting {
  readonly kind: 'crowd' | 'bounds'
  readonly fewest: number
  /** The things that one question adds. */
  readonly thingsOf: (trace: QuestionTrace) => readonly string[]
  /** Within which things are counted together. */
  readonly scopeOf: (thing: string) => string
}

/** A window slides: what is in it changes about as often again as windows pass. */
const windowsPerYear = (365 / windowDays) * 2

function mostInAScope(things: ReadonlySet<string>, scopeOf: Counting['scopeOf']): number {
  const groups = groupBy(things, scopeOf)
  return Math.max(0, ...[...groups.values()].map((group) => group.length))
}

/**
 * Subjects about whom there is more than about all others, held against a geometric law whose mean is theirs:
 * its tail is long, for honest cases change hands too.
 */
function crowded(traces: readonly QuestionTrace[], counting: Counting): readonly Finding[] {
  const { kind, fewest, thingsOf, scopeOf } = counting
  const bySubject = groupBy(traces, ({ subject }) => subject)
  const counts = [...bySubject].map(([subject, group]) => {
    const things = new Set(group.flatMap((trace) => thingsOf(trace)))
    return { subject, group, count: mostInAScope(things, scopeOf) }
  })
  const counted = counts.filter(({ count }) => count > 0)
  const excess = counted.reduce((sum, { count }) => sum + count - 1, 0)
  return counted.flatMap(({ subject, group, count }) => {
    const mean = (excess - (count - 1) + 1) / counted.length
    const perYear = (n: number): number =>
      counted.length * windowsPerYear * geometricTail(n - 1, mean)
    const range = { from: fewest, to: 1_000 }
    const threshold = smallestWithTail(perYear, mostFalseAlarmsPerYear, range)
    const [first] = group
    if (first === undefined || threshold === undefined || count < threshold) return []
    const { side, consumer } = first
    return [
      {
        kind,
        side,
        consumer,
        agreement: null,
        official: null,
        subject,
        traces: group,
        evidence: { law: 'geometric', observed: count, expected: 1 + mean, threshold },
        falseAlarmsPerYear: perYear(count),
      },
    ]
  })
}

function ofEachConsumer(traces: readonly QuestionTrace[], counting: Counting): readonly Finding[] {
  return [...groupBy(traces, consumerKey).values()].flatMap((all) => crowded(all, counting))
}

/** Subjects whom many officials of one consumer ask about. */
export function crowdedSubjects(traces: readonly QuestionTrace[]): readonly Finding[] {
  return ofEachConsumer(traces, {
    kind: 'crowd',
    fewest: 3,
    thingsOf: ({ official }) => [official],
    scopeOf: () => '',
  })
}

/** Subjects of whom one element is cut in many places, by thresholds or by guesses at a value. */
export function sweptBounds(traces: readonly QuestionTrace[]): readonly Finding[] {
  return ofEachConsumer(traces, {
    kind: 'bounds',
    fewest: 3,
    thingsOf: ({ bounds }) => bounds,
    scopeOf: (bound) => bound.slice(0, bound.indexOf(' ') + 1),
  })
}
