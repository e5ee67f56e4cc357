import { restrictPerson } from '../safeguards/index.ts'
import { addStep, type RequestDone, type RequestGround, stepDone } from './request-ground.ts'
import { recipientsOf } from './recipients.ts'
import type { RequestAct, RequestRefusal } from './request-act.ts'
import { refusalLaws, requestEntryKinds } from './request-kinds.ts'
import type { RequestRow } from './request-store.ts'
import { openStep } from './request-text.ts'

type Decision = Extract<RequestAct, { act: 'decide' }>

function isLawFit({ kind }: RequestRow, { outcome, law }: Decision): boolean {
  return outcome === 'granted' ? law === null : law !== null && refusalLaws[kind].includes(law)
}

/** What was asked to be corrected; nothing once the text is erased. */
async function askedElements(
  { number, filedAtMs }: RequestRow,
  { tx, deps }: RequestGround,
): Promise<readonly string[]> {
  const [filed] = await tx.requestSteps(number)
  const at = { number, step: 'filed', atMs: filedAtMs } as const
  return openStep(filed?.sealed, at, deps)?.text.elements ?? []
}

async function elementsOf(
  row: RequestRow,
  { outcome, elements }: Decision,
  ground: RequestGround,
): Promise<readonly string[] | 'ELEMENTS_MISSING'> {
  if (row.kind !== 'correction' || outcome !== 'granted') return []
  const corrected = elements ?? (await askedElements(row, ground))
  return corrected.length === 0 ? 'ELEMENTS_MISSING' : corrected
}

async function tellRecipients(
  { number, subjectHandle }: RequestRow,
  elements: readonly string[],
  { withheldHandle }: Decision,
  { tx, batch, deps }: RequestGround,
): Promise<number> {
  const recipients = await recipientsOf(
    { open: subjectHandle, withheld: withheldHandle },
    elements,
    { tx, ...deps },
  )
  for (const recipient of recipients)
    await tx.saveCorrectionNotice({
      ...recipient,
      number,
      correctedAtMs: batch.timeMs,
      state: 'waiting',
      receipt: undefined,
      told: undefined,
      settledAtMs: null,
    })
  return recipients.length
}

/**
 * Writes a decision. In the same transaction a granted correction finds everyone who had the elements, and a
 * granted objection restricts the person where the officer says so.
 */
export async function decide(
  row: RequestRow,
  decision: Decision,
  ground: RequestGround,
): Promise<RequestDone | RequestRefusal> {
  const { tx, batch, deps } = ground
  const { outcome, law, answer, restricts } = decision
  if (!isLawFit(row, decision)) return 'LAW_UNFIT'
  if (restricts && (row.kind !== 'objection' || outcome !== 'granted')) return 'RESTRICTION_UNFIT'
  const elements = await elementsOf(row, decision, ground)
  if (elements === 'ELEMENTS_MISSING') return elements
  const { number, dueMs, subjectHandle } = row
  await tx.moveRequest({ number, dueMs, state: outcome, decidedAtMs: batch.timeMs })
  const { organisation } = deps
  const said = { number, organisation, outcome, law, answer, restricts }
  const entry = await addStep(
    {
      number,
      step: 'decided',
      kind: requestEntryKinds.decided,
      text: { ...said, elements: [...elements] },
      body: { outcome, law },
    },
    ground,
  )
  if (restricts) await restrictPerson({ act: 'restrict', subjectHandle }, ground)
  const recipients =
    elements.length === 0 ? 0 : await tellRecipients(row, elements, decision, ground)
  return stepDone(row, entry, batch.timeMs, recipients)
}
