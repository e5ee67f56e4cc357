import { canonicalBytes, type Json } from '../bytes/index.ts'
import { joinRows, parseJoinRelease, type StatisticRow } from '../population/index.ts'
import { auditDemoJoin } from './demo-join-audit.ts'
import { demoJoinClient, type DemoJoinLeg } from './demo-join-client.ts'
import { demoJoinIds } from './demo-joins.ts'
import type { StepNotes } from './story-file.ts'
import type { StoryWorld } from './story-steps.ts'

/** The district that the story counts: one of five, so that the story keeps within its minute. */
export const storyDistrict = 'Northmere'

/** What is asked: how people of each band of income live, across the registers of two agencies. */
const question = {
  left: { agreement: demoJoinIds.tax, by: ['income_band'], where: { district: [storyDistrict] } },
  right: { agreement: demoJoinIds.housing, by: ['tenure'], where: { district: [storyDistrict] } },
  measure: 'count',
  epsilon: '0.5',
  delta: '1e-9',
} as const

const legWords: Readonly<Record<string, string>> = {
  M1: 'commits to its list',
  M2: 'has sent its list, masked',
  M3: 'has masked the other list once more',
  M4: 'the tally draws 64 places of each list',
  M5: 'opens them with proofs',
  M6: 'the table is made',
}

function legText({ kind, side }: DemoJoinLeg): string {
  const words = legWords[kind] ?? kind
  return side === null ? words : `${side === 'left' ? 'tax' : 'housing'} ${words}`
}

function rowText({ key, value, lower, upper }: StatisticRow): string {
  const whole = (text: string | null): string =>
    text === null ? 'open' : Number(text).toLocaleString('en')
  return `${key.join(', ')}: ${whole(value)} people, between ${whole(lower)} and ${whole(upper)}`
}

/** The chapter of the story about a table over two registers that nobody joins. */
export async function tellJoin({ demo, http }: StoryWorld, notes: StepNotes): Promise<void> {
  const joins = demoJoinClient(demo, http)
  const { parties, preview } = await joins.preview(question)
  notes.tell(
    `must agree: ${parties.mustAgree.join(', ')}; may audit: ${parties.inspector}; ${preview?.cells ?? 0} cells`,
  )
  const asked = await joins.ask(question)
  notes.check(
    asked.state === 'begun',
    'tax and housing have agreed, and both were charged before a row was read',
  )
  const { qid } = asked
  if (qid === undefined) return
  const told = new Set<string>()
  const ended = await joins.wait(qid, (leg) => {
    const words = legText(leg)
    if (!told.has(words)) notes.tell(words)
    told.add(words)
  })
  notes.check(ended.state === 'released', 'social security has a table, and saw nobody')
  if (ended.state !== 'released') return
  const release = parseJoinRelease(canonicalBytes(ended.release as Json))
  for (const row of joinRows(release)) notes.tell(rowText(row))
  const again = await joins.ask(question)
  notes.check(
    again.state === 'held' && again.qid === qid,
    'the same question again is the same table, and costs nothing',
  )
  await tellAudit(qid, { demo, http }, notes)
}

/** The inspector opens what an audit may: places that nobody chose, and the dummies of one side. */
async function tellAudit(
  qid: string,
  { demo, http }: Pick<StoryWorld, 'demo' | 'http'>,
  notes: StepNotes,
): Promise<void> {
  const { holds, isDrawRight, findings, opened } = await auditDemoJoin(demo, http, {
    qid,
    dummiesOf: 'right',
  })
  notes.tell(
    `the inspector audits: tax opens ${opened.left.places} places of its list, housing ${opened.right.places} and all of its ${opened.right.dummies ?? 0} dummies`,
  )
  notes.check(isDrawRight, 'the places are those that all four have drawn together')
  notes.check(holds, `the audit holds: ${findings} findings, and keys and lists are destroyed`)
}
