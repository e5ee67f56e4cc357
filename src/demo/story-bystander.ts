import { systemRandomness, systemTimers } from '../platform/index.ts'
import { encodeBase64Url } from '../bytes/index.ts'
import type { CaseRecord } from './case-system-cases.ts'
import { demoAgreementIds } from './demo-agreements.ts'
import { DemoError } from './demo-error.ts'
import type { RawDisclosed } from '../pages/index.ts'
import type { PreparedDemo } from './prepare-demo.ts'
import type { StepNotes } from './story-file.ts'
import type { StoryWorld } from './story-steps.ts'

const element = 'income_below_limit'
const [tries, pauseMs] = [80, 250]

/** The case of a child, whose subject is the parent who lives elsewhere. */
export function parentsCase({ cases }: PreparedDemo): CaseRecord {
  const found = cases.cases.find(({ bystanders }) => bystanders.length > 0)
  if (found === undefined) throw new DemoError('CHECK_FAILED', 'no case has a bystander')
  return found
}

async function askAboutParent(
  { client }: StoryWorld,
  { reference, subject, officials }: CaseRecord,
): Promise<string> {
  const reply = await client.ask({
    agreement: demoAgreementIds.income,
    elements: [element],
    subject,
    case: reference,
    official: officials[0] ?? '',
    idempotencyKey: `parent-${encodeBase64Url(systemRandomness.bytes(9))}`,
  })
  if (reply.kind === 'outcome') return reply.outcome.outcome
  throw new DemoError('CHECK_FAILED', `the question got no outcome: ${reply.code}`)
}

async function publishedEntries(
  { client }: StoryWorld,
  { subject }: CaseRecord,
): Promise<RawDisclosed> {
  for (let left = tries; left > 0; left -= 1) {
    const found = await client.disclosed('tax', subject)
    const { sealed } = found
    if (sealed.length > 0 && sealed.every(({ proof }) => proof !== null)) return found
    await systemTimers.sleep(pauseMs)
  }
  throw new DemoError('CHECK_FAILED', 'the entry about the other parent is not published')
}

/** Asks about somebody in another person's case, and shows what they see of it. */
export async function tellBystander(world: StoryWorld, notes: StepNotes): Promise<void> {
  const record = parentsCase(world.demo)
  notes.tell(
    `case ${record.reference} is a child's: is the income of the parent who lives elsewhere below the limit?`,
  )
  const outcome = await askAboutParent(world, record)
  notes.check(outcome === 'permit', 'tax answers')
  const { disclosures, sealed } = await publishedEntries(world, record)
  const text = JSON.stringify([disclosures, sealed])
  notes.check(
    !text.includes(element) && !text.includes(outcome),
    'that parent sees who asked, why, under which law and when: no fact, no outcome, nothing of the child',
  )
}
