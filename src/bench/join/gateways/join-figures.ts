import { type BenchFigure, figure } from '../../bench-report.ts'
import type { AskedJoin } from './ask-join.ts'
import { type BenchParty, benchParties } from './bench-parties.ts'
import type { PartyUsage } from './party-usage.ts'

/** What one join took, and its audit. */
export interface JoinRound {
  readonly asked: AskedJoin
  readonly auditSeconds: number
  /** Until the table was there. */
  readonly joined: Readonly<Record<BenchParty, PartyUsage>>
  /** Until the audit was over. */
  readonly audited: Readonly<Record<BenchParty, PartyUsage>>
  /** In the logs of all parties, from the question to the table. */
  readonly entries: number
  /** Of the messages that each party has sent. */
  readonly bytes: Readonly<Record<BenchParty, number>>
}

const partyNames: Readonly<Record<BenchParty, string>> = {
  tax: 'left holder',
  housing: 'right holder',
  social: 'tally',
  inspector: 'inspector',
}

const legNames: readonly (readonly [leg: string, words: string])[] = [
  ['M1', '… until both holders have committed (M1)'],
  ['M2', '… until both lists are masked and sent (M2)'],
  ['M3', '… until both lists are masked twice (M3)'],
  ['M5', '… until the openings are there (M5)'],
]

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0)
}

/** The figures of all rounds, as a report has them. */
export function joinFigures(rounds: readonly JoinRound[]): readonly BenchFigure[] {
  const of = (what: string, unit: string, value: (round: JoinRound) => number): BenchFigure =>
    figure(what, unit, rounds.map(value))
  const cpu = (usage: Readonly<Record<BenchParty, PartyUsage>>): number =>
    sum(benchParties.map((party) => usage[party].cpuSeconds))
  return [
    of('from the question to the table', 's', ({ asked }) => asked.seconds),
    ...legNames
      .filter(([leg]) => rounds.every(({ asked }) => asked.legs.has(leg)))
      .map(([leg, words]) => of(words, 's', ({ asked }) => asked.legs.get(leg) ?? 0)),
    of('audit of 64 places a list, with openings', 's', ({ auditSeconds }) => auditSeconds),
    of('processor time of all parties, table', 's', ({ joined }) => cpu(joined)),
    ...benchParties.map((party) =>
      of(`… ${partyNames[party]}`, 's', ({ joined }) => joined[party].cpuSeconds),
    ),
    of('processor time of the audit', 's', ({ joined, audited }) => cpu(audited) - cpu(joined)),
    of('bodies of all messages', 'MB', ({ bytes }) => sum(Object.values(bytes)) / 1e6),
    ...benchParties
      .filter((party) => party !== 'inspector')
      .map((party) =>
        of(`… from the ${partyNames[party]}`, 'MB', ({ bytes }) => bytes[party] / 1e6),
      ),
    of('entries in all logs', '', ({ entries }) => entries),
    ...benchParties.flatMap((party) => memoryFigures(party, rounds)),
  ]
}

/** Peaks of a party's processes: their sum, what they had at one time, and each. */
function memoryFigures(party: BenchParty, rounds: readonly JoinRound[]): readonly BenchFigure[] {
  const usages = rounds.map(({ audited }) => audited[party])
  const of = (what: string, value: (usage: PartyUsage) => number): BenchFigure =>
    figure(what, 'MiB', usages.map(value))
  const programs = [...new Set(usages.flatMap(({ peaks }) => [...peaks.keys()]))]
  const name = partyNames[party]
  const whole = of(`peak memory, ${name}, its processes added up`, ({ peaks }) =>
    sum([...peaks.values()]),
  )
  if (programs.length < 2) return [whole]
  return [
    whole,
    of(`… of ${name} at one time`, ({ together }) => together),
    ...programs.map((program) => of(`… ${program}`, ({ peaks }) => peaks.get(program) ?? 0)),
  ]
}
