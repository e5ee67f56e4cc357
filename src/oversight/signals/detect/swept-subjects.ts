import type { QuestionTrace } from '../../../person/index.ts'
import { type Finding, mostFalseAlarmsPerYear } from '../finding.ts'
import { consumerKey, groupBy } from '../group-traces.ts'
import { poissonTail, smallestWithTail } from '../law/count-tails.ts'

/** One more than a consumer may ever have answered about one element of one subject. */
const bounds = 3
const fewestSubjects = 2
const runsPerYear = 365

function isSwept(traces: readonly QuestionTrace[]): boolean {
  const all = new Set(traces.flatMap((trace) => trace.bounds))
  const scopes = groupBy(all, (bound) => bound.slice(0, bound.indexOf(' ') + 1))
  return [...scopes.values()].some(({ length }) => length >= bounds)
}

/** One official's subjects, and those among them who were swept. */
interface Swept {
  readonly official: string
  readonly subjects: number
  readonly swept: readonly (readonly QuestionTrace[])[]
}

function sweptBy(official: string, own: readonly QuestionTrace[]): Swept {
  const bySubject = [...groupBy(own, ({ subject }) => subject).values()]
  return { official, subjects: bySubject.length, swept: bySubject.filter((one) => isSwept(one)) }
}

function judge(one: Swept, all: readonly Swept[]): readonly Finding[] {
  const others = all.filter((other) => other !== one)
  const subjects = others.reduce((sum, other) => sum + other.subjects, 0)
  const swept = others.reduce((sum, other) => sum + other.swept.length, 0)
  const [first] = one.swept.flat()
  if (first === undefined || subjects === 0) return []
  const mean = (one.subjects * (swept + 1)) / subjects
  const perYear = (count: number): number => all.length * runsPerYear * poissonTail(count, mean)
  const range = { from: Math.max(fewestSubjects, Math.ceil(mean)), to: one.subjects }
  const threshold = smallestWithTail(perYear, mostFalseAlarmsPerYear, range)
  const observed = one.swept.length
  if (threshold === undefined || observed < threshold) return []
  const { side, consumer } = first
  return [
    {
      kind: 'bounds',
      side,
      consumer,
      agreement: null,
      official: one.official,
      subject: null,
      traces: one.swept.flat(),
      evidence: { law: 'poisson', observed, expected: mean, threshold },
      falseAlarmsPerYear: perYear(observed),
    },
  ]
}

/**
 * Officials who put three bounds or more to one element of subject after subject, held against what all
 * others of the consumer do, one more added.
 */
export function sweptSubjects(traces: readonly QuestionTrace[]): readonly Finding[] {
  return [...groupBy(traces, consumerKey).values()].flatMap((all) => {
    const officials = [...groupBy(all, ({ official }) => official)]
    const swept = officials.map(([official, own]) => sweptBy(official, own))
    return swept.flatMap((one) => judge(one, swept))
  })
}
