import { type DayCount, dayOf, type QuestionTrace } from '../../person/index.ts'
import { windowDays } from './finding.ts'
import { agreementKey, groupBy, officialKey } from './group-traces.ts'

/** Subjects of the agreement on the thirty days before a day. */
function knownSubjects(traces: readonly QuestionTrace[], day: number): ReadonlySet<string> {
  const before = traces.filter(({ atMs }) => dayOf(atMs) < day && dayOf(atMs) >= day - windowDays)
  return new Set(before.map(({ subject }) => subject))
}

/** Counts one day: of each official under each agreement, the questions and the subjects who are new there. */
export function countDay(traces: readonly QuestionTrace[], day: number): readonly DayCount[] {
  return [...groupBy(traces, agreementKey).values()].flatMap((ofAgreement) => {
    const known = knownSubjects(ofAgreement, day)
    const ofDay = ofAgreement.filter(({ atMs }) => dayOf(atMs) === day)
    return [...groupBy(ofDay, officialKey).values()].flatMap((own) => {
      const [first] = own
      if (first === undefined) return []
      const { side, consumer, agreement, official } = first
      const subjects = new Set(own.map(({ subject }) => subject))
      const fresh = [...subjects].filter((subject) => !known.has(subject)).length
      return [{ side, consumer, agreement, official, day, asked: own.length, fresh }]
    })
  })
}
