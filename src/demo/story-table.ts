import { canonicalBytes } from '../bytes/index.ts'
import { parseTlogProof } from '../log/verify/index.ts'
import {
  parseRelease,
  readDraftQuery,
  releaseRows,
  type StatisticRow,
} from '../population/index.ts'
import { demoAgreementIds } from './demo-agreements.ts'
import { analystCalls, gatewayStatistics } from '../pages/index.ts'
import { demoGateway } from './demo-gateway.ts'
import type { StepNotes } from './story-file.ts'
import type { StoryWorld } from './story-steps.ts'

const analyst = 'analyst-1'
/** What is asked: a table of four cells, for half of what one question may spend. */
const query = readDraftQuery({
  by: ['age_group'],
  measure: { mean: 'annual_income' },
  epsilon: 0.25,
})

function rowText({ key, value, lower, upper }: StatisticRow): string {
  const whole = (text: string | null): string =>
    text === null ? 'open' : Number(text.split('.', 1)[0]).toLocaleString('en')
  return `${key.join(', ')}: ${whole(value)} EUR a year, between ${whole(lower)} and ${whole(upper)}`
}

/** The chapter of the story about a table that names nobody. */
export async function tellTable({ demo, http }: StoryWorld, notes: StepNotes): Promise<void> {
  const statistics = gatewayStatistics(analystCalls(demoGateway(demo, 'housing'), http))
  const { tables } = demoAgreementIds
  const { preview } = await statistics.preview(tables, analyst, query)
  notes.tell(
    `beforehand: ${preview?.cells ?? 0} cells, an epsilon of 0.25 of the year, whatever comes out`,
  )
  const asked = { agreement: tables, analyst, query }
  const answer = await statistics.run(asked)
  notes.check(answer.state === 'released', 'the tax agency releases a table, with noise')
  if (answer.state !== 'released') return
  const release = parseRelease(canonicalBytes(answer.release))
  for (const row of releaseRows(release).filter(({ statistic }) => statistic === 'mean'))
    notes.tell(rowText(row))
  const { index } = parseTlogProof(answer.inclusion)
  notes.entry({ organisation: 'tax', kind: 'population.released', index, leaf: answer.leaf })
  const again = await statistics.run(asked)
  const isSame =
    again.state === 'released' && JSON.stringify(again.release) === JSON.stringify(answer.release)
  notes.check(isSame, 'the same question again is the same table, and costs nothing')
  const one = await statistics.run({
    ...asked,
    query: { ...query, where: { nin: ['0000000874'] } },
  })
  notes.check(
    one.state === 'refused' && one.code === 'ELEMENT_NOT_AGREED',
    'a question about one person is none of this form: ELEMENT_NOT_AGREED',
  )
}
