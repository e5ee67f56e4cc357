import type { QuestionTrace } from '../../../person/index.ts'
import { type Finding, mostFalseAlarmsPerYear } from '../finding.ts'
import { agreementKey, consumerKey, groupBy } from '../group-traces.ts'
import { binomialTail, smallestWithTail } from '../law/count-tails.ts'

/** So many of an official's subjects or questions have a trait. */
interface Share {
  readonly official: string
  readonly having: number
  readonly of: number
  /** Those that have it, newest first. */
  readonly traces: readonly QuestionTrace[]
}

/** What is compared: officials of one group, and how many comparisons a run makes in all. */
interface Comparison {
  readonly kind: 'sweep' | 'overlap' | 'idle'
  readonly tests: number
  readonly ofAgreement: boolean
}

const fewestOf = 20
const fewestColleagues = 5
const fewestHaving = 10
const runsPerYear = 365

/** One-sided 95 %: a share that few cases give may be that much higher. */
const caution = 1.645

/** The upper end of a colleague's share, with one case added on each side. */
function upperShare({ having, of }: Share): number {
  const share = (having + 1) / (of + 2)
  return Math.min(1, share + caution * Math.sqrt((share * (1 - share)) / (of + 2)))
}

/** What share is usual among an official's colleagues: the second highest, so that one accomplice hides nothing. */
function usualShare(colleagues: readonly Share[]): number {
  const shares = colleagues.map((share) => upperShare(share))
  return shares.toSorted((one, other) => other - one)[1] ?? 1
}

function compare(shares: readonly Share[], comparison: Comparison): readonly Finding[] {
  const judged = shares.filter(({ of }) => of >= fewestOf)
  if (judged.length <= fewestColleagues) return []
  return judged.flatMap((share) => {
    const usual = usualShare(judged.filter((other) => other !== share))
    const perYear = (having: number): number =>
      comparison.tests * runsPerYear * binomialTail(having, share.of, usual)
    const range = { from: Math.max(fewestHaving, Math.ceil(share.of * usual)), to: share.of }
    const threshold = smallestWithTail(perYear, mostFalseAlarmsPerYear, range)
    const [first] = share.traces
    if (first === undefined || threshold === undefined || share.having < threshold) return []
    return [
      {
        kind: comparison.kind,
        side: first.side,
        consumer: first.consumer,
        agreement: comparison.ofAgreement ? first.agreement : null,
        official: share.official,
        subject: null,
        traces: share.traces,
        evidence: {
          law: 'binomial',
          observed: share.having,
          expected: share.of * usual,
          threshold,
        },
        falseAlarmsPerYear: perYear(share.having),
      },
    ]
  })
}

function elementsKey({ elements }: QuestionTrace): string {
  return elements.toSorted().join(' ')
}

function shareOf(
  official: string,
  traces: readonly QuestionTrace[],
  has: (ofSubject: readonly QuestionTrace[]) => boolean,
): Share {
  const bySubject = [...groupBy(traces, ({ subject }) => subject).values()]
  const having = bySubject.filter((ofSubject) => has(ofSubject))
  return { official, having: having.length, of: bySubject.length, traces: having.flat() }
}

function sharesBy(
  traces: readonly QuestionTrace[],
  has: (ofSubject: readonly QuestionTrace[]) => boolean,
): readonly Share[] {
  return [...groupBy(traces, ({ official }) => official)].map(([official, own]) =>
    shareOf(official, own, has),
  )
}

/** Officials who put one and the same question to far more of their subjects than their colleagues do. */
export function sweptElements(traces: readonly QuestionTrace[]): readonly Finding[] {
  const groups = [...groupBy(traces, agreementKey).values()]
  const tests = new Set(traces.map((trace) => `${trace.official} ${elementsKey(trace)}`)).size
  return groups.flatMap((all) => {
    const keys = new Set(all.map((trace) => elementsKey(trace)))
    if (keys.size === 1) return []
    return [...keys].flatMap((key) => {
      const shares = sharesBy(all, (own) => own.every((trace) => elementsKey(trace) === key))
      return compare(shares, { kind: 'sweep', tests, ofAgreement: true })
    })
  })
}

/** Officials who ask about the same subjects under several agreements, far more than their colleagues do. */
export function overlappingAgreements(traces: readonly QuestionTrace[]): readonly Finding[] {
  const tests = new Set(traces.map(({ official }) => official)).size
  return [...groupBy(traces, consumerKey).values()].flatMap((all) => {
    const shares = sharesBy(all, (own) => new Set(own.map(({ agreement }) => agreement)).size > 1)
    return compare(shares, { kind: 'overlap', tests, ofAgreement: false })
  })
}

/** The newest count that the case source gave for an official, out of as many questions. */
function idleShare(official: string, own: readonly QuestionTrace[]): Share | undefined {
  const idle = own.find((trace) => trace.idle !== null)?.idle
  if (idle === undefined || idle === null) return undefined
  return { official, having: Math.min(idle, own.length), of: own.length, traces: own }
}

/** Officials whose questions are followed by nothing in their cases, far more than their colleagues'. */
export function idleCases(traces: readonly QuestionTrace[]): readonly Finding[] {
  const tests = new Set(traces.map(({ official }) => official)).size
  return [...groupBy(traces, consumerKey).values()].flatMap((all) => {
    const byOfficial = groupBy(all, ({ official }) => official)
    const shares = [...byOfficial].flatMap(([official, own]) => idleShare(official, own) ?? [])
    return compare(shares, { kind: 'idle', tests, ofAgreement: false })
  })
}
