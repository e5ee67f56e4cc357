import type { QuestionTrace } from '../../../person/index.ts'
import type { Finding } from '../finding.ts'
import { groupBy, officialKey } from '../group-traces.ts'

/**
 * Questions about somebody who, the case source says, is the official or close to them. Nothing is a
 * matter of chance here: the false alarms are those of the case source's own knowledge.
 */
export function kinQuestions(traces: readonly QuestionTrace[]): readonly Finding[] {
  const ofKin = traces.filter(({ kin }) => kin === true)
  const byPair = groupBy(ofKin, (trace) => `${officialKey(trace)} ${trace.subject}`)
  return [...byPair.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { side, consumer, agreement, official, subject } = first
    return [
      {
        kind: 'kin',
        side,
        consumer,
        agreement,
        official,
        subject,
        traces: group,
        evidence: { law: 'statement', observed: group.length, expected: 0, threshold: 1 },
        falseAlarmsPerYear: 0,
      },
    ]
  })
}
