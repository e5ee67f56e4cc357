import { type DayCount, dayOf, type QuestionTrace } from '../../../person/index.ts'
import { type Finding, mostFalseAlarmsPerYear } from '../finding.ts'
import { agreementKey, groupBy, officialKey } from '../group-traces.ts'
import { type Cusum, designCusum } from '../law/run-length.ts'

/** Days with questions from which an official's or an agreement's own usual rate is taken. */
const trainingDays = 20
/** An official's days of work in a year, at most. */
const workDaysPerYear = 250
/** Nobody's days are as alike as a Poisson law's: least variance above the mean, as a share of its square. */
const leastSpread = 0.05
/** How many standard errors are added to a rate that few days give. */
const caution = 1.28
/** An alarm is told for as many days; it is then an entry, or it was told before. */
const recentDays = 7

/** New subjects a day, in the order of days, and on how many there was a question. */
interface Series {
  readonly first: DayCount
  readonly ofOfficial: boolean
  readonly days: readonly { readonly day: number; readonly fresh: number }[]
}

interface Alarm {
  readonly sum: number
  /** First and last day of the rise. */
  readonly from: number
  readonly to: number
}

function moments(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, variance: values.length > 1 ? squares / (values.length - 1) : mean }
}

function training({ days }: Series): readonly number[] {
  return days.slice(0, trainingDays).map(({ fresh }) => fresh)
}

/** How much more than a Poisson law's the days of alike series vary. */
function spreadOf(series: readonly Series[]): number {
  const all = series.map((one) => moments(training(one)))
  const above = all.reduce((sum, { mean, variance }) => sum + variance - mean, 0)
  const squares = all.reduce((sum, { mean }) => sum + mean ** 2, 0)
  return squares === 0 ? leastSpread : Math.max(leastSpread, above / squares)
}

/** Coarser, and upwards: fewer laws to design for, and none that is too quick. */
function rounded(mean: number): number {
  const step = mean < 4 ? 0.25 : mean < 12 ? 0.5 : 1
  return Math.max(step, Math.ceil(mean / step) * step)
}

/** Designs are kept: most officials' laws are alike, and the same from run to run. */
export interface DesignMemory {
  readonly designs: Map<string, Cusum | undefined>
}

function designFor(
  mean: number,
  spread: number,
  runLength: number,
  { designs }: DesignMemory,
): Cusum | undefined {
  const law = { mean: rounded(mean), spread: Math.ceil(spread * 20) / 20 }
  const key = `${law.mean} ${law.spread} ${runLength}`
  if (designs.has(key)) return designs.get(key)
  const deviation = Math.sqrt(law.mean + law.spread * law.mean ** 2)
  const design = designCusum(law, Math.max(2, deviation), runLength)
  if (designs.size > 1_000) designs.clear()
  designs.set(key, design)
  return design
}

/** Runs the sum over the days after training; it begins anew after each alarm. */
function lastAlarm({ days }: Series, { allowance, limit }: Cusum): Alarm | undefined {
  let sum = 0
  let from: number | undefined
  let alarm: Alarm | undefined
  for (const { day, fresh } of days.slice(trainingDays)) {
    sum = Math.max(0, sum + fresh - allowance)
    if (sum === 0) from = undefined
    else from ??= day
    if (sum < limit) continue
    alarm = { sum, from: from ?? day, to: day }
    sum = 0
    from = undefined
  }
  return alarm
}

function seriesOf(counts: readonly DayCount[], ofOfficial: boolean): readonly Series[] {
  const groups = groupBy(counts, ofOfficial ? officialKey : agreementKey)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const byDay = groupBy(group, ({ day }) => String(day))
    const days = [...byDay.values()].map((ofDay) => ({
      day: ofDay[0]?.day ?? 0,
      fresh: ofDay.reduce((sum, { fresh }) => sum + fresh, 0),
    }))
    return [{ first, ofOfficial, days: days.toSorted((one, other) => one.day - other.day) }]
  })
}

/** What the sums of one run share. */
interface Round {
  readonly spread: number
  readonly runLength: number
  readonly watched: number
  readonly traces: readonly QuestionTrace[]
  readonly today: number
  readonly memory: DesignMemory
}

function tracesOf({ first, ofOfficial }: Series, { from, to }: Alarm, round: Round) {
  return round.traces.filter((trace) => {
    const day = dayOf(trace.atMs)
    const isOf = agreementKey(trace) === agreementKey(first)
    return isOf && day >= from && day <= to && (!ofOfficial || trace.official === first.official)
  })
}

function judge(series: Series, round: Round): readonly Finding[] {
  if (series.days.length <= trainingDays) return []
  const { mean, variance } = moments(training(series))
  const usual = mean + caution * Math.sqrt(Math.max(mean, variance) / trainingDays)
  const design = designFor(usual, round.spread, round.runLength, round.memory)
  const alarm = design === undefined ? undefined : lastAlarm(series, design)
  if (design === undefined || alarm === undefined) return []
  if (round.today - alarm.to > recentDays) return []
  const { side, consumer, agreement, official } = series.first
  return [
    {
      kind: 'new-subjects',
      side,
      consumer,
      agreement,
      official: series.ofOfficial ? official : null,
      subject: null,
      traces: tracesOf(series, alarm, round),
      evidence: {
        law: 'cusum-negative-binomial',
        observed: alarm.sum,
        expected: mean,
        threshold: design.limit,
      },
      falseAlarmsPerYear: (workDaysPerYear * round.watched) / design.runLength,
    },
  ]
}

/**
 * Officials and agreements that ask about more new subjects a day than they used to: a cumulative sum
 * over the days that are over, each official's and agreement's rate being that of its first twenty days
 * with questions. Its limit is the smallest whose mean run length keeps false alarms within bounds.
 */
export function newSubjectRates(
  counts: readonly DayCount[],
  traces: readonly QuestionTrace[],
  { today, memory }: { readonly today: number; readonly memory: DesignMemory },
): readonly Finding[] {
  const officials = seriesOf(counts, true)
  const agreements = seriesOf(counts, false)
  const watched = officials.length + agreements.length
  // In steps, so that one official more does not change every limit.
  const steps = 2 ** Math.ceil(Math.log2(Math.max(1, watched)))
  const runLength = (workDaysPerYear * steps) / mostFalseAlarmsPerYear
  const round = { runLength, watched, traces, today, memory }
  const groups = [...groupBy(officials, ({ first }) => agreementKey(first)).values()]
  const ofOfficials = groups.flatMap((group) => {
    const spread = spreadOf(group)
    return group.flatMap((series) => judge(series, { ...round, spread }))
  })
  const ofAgreements = agreements.flatMap((series) =>
    judge(series, { ...round, spread: spreadOf([series]) }),
  )
  return [...ofOfficials, ...ofAgreements]
}
