import type { ReportFacts } from '../evidence/report-facts.ts'
import {
  countOf,
  fact,
  factsSection,
  figureOf,
  listValue,
  type ReportSection,
  type ReportValue,
  textValue,
} from '../report-content.ts'

function rangeValue({
  origin,
  first,
  last,
}: {
  origin: string
  first: number
  last: number
}): ReportValue {
  return listValue([
    { is: 'entry', origin, index: first },
    { is: 'entry', origin, index: last },
  ])
}

/** What every report ends with: whose it is, of which time, and what it was counted from. */
export function sourceSection({
  evidence,
  governance,
  parameters,
  madeAtMs,
}: ReportFacts): ReportSection {
  const { counts, heads, person } = evidence
  const { fromMs, untilMs } = parameters
  const span: ReportValue = listValue([
    { is: 'time', atMs: fromMs },
    { is: 'time', atMs: untilMs },
  ])
  return factsSection('source', [
    // Of a person it is everything there is.
    ...(person === null ? [fact('period', span)] : []),
    fact('made-at', { is: 'time', atMs: madeAtMs }),
    fact('logs', listValue(heads.map(({ origin }) => textValue(origin)))),
    fact('public-entries', figureOf(governance.map(({ place }) => place))),
    ...(counts === null
      ? []
      : [
          fact('counted-ranges', listValue(counts.ranges.map((range) => rangeValue(range)))),
          fact('counted-entries', countOf(counts.entries)),
          fact('counted-erased', countOf(counts.erased)),
        ]),
  ])
}
