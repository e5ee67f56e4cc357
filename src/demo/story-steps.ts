import { join } from 'node:path'
import { readCanonicalJson, decodeBase64, utf8, encodeBase64 } from '../bytes/index.ts'
import {
  openEntry,
  type OpenedCheckpoint,
  policyWithout,
  quorumMet,
  verifyReceipt,
} from '../log/verify/index.ts'
import type { AskOutcome, AskReceipt } from '../person/index.ts'
import { agreementOverview, loadConfig } from '../node/index.ts'
import { bestEd25519, systemClock, systemRandomness, systemTimers } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import type { CaseRecord } from './case-system-cases.ts'
import { outcomeSays } from './attempts/step-outcomes.ts'
import type { CheatAttempt } from './cheat-attempt.ts'
import { cheatEditLog, verifyFolder } from './cheat-edit-log.ts'
import { cheatEnumerate, ownCase } from './cheat-enumerate.ts'
import { cheatNoCase } from './cheat-no-case.ts'
import { demoAgreementIds } from './demo-agreements.ts'
import type { DemoClient } from './demo-client.ts'
import { DemoError } from './demo-error.ts'
import { type DemoOrganisationId, demoOrganisations } from './demo-layout.ts'
import type { RawDisclosure } from '../pages/index.ts'
import type { PreparedDemo } from './prepare-demo.ts'
import type { StepNotes } from './story-file.ts'
import { tellBystander } from './story-bystander.ts'
import { tellJoin } from './story-join.ts'
import { tellTable } from './story-table.ts'

/** What every step of the story works with. */
export interface StoryWorld {
  readonly demo: PreparedDemo
  readonly client: DemoClient
  readonly http: HttpClient
}

/** A step of the story: a title and what it does. */
export interface StoryStepPlan {
  readonly title: string
  readonly run: (world: StoryWorld, notes: StepNotes) => Promise<void>
}

const official = 'official-1'
const longestWaitMs = 20_000

async function until<T>(what: string, read: () => Promise<T | undefined>): Promise<T> {
  for (let waited = 0; waited < longestWaitMs; waited += 250) {
    const found = await read()
    if (found !== undefined) return found
    await systemTimers.sleep(250)
  }
  throw new DemoError('CHECK_FAILED', `still not so after ${longestWaitMs / 1000} s: ${what}`)
}

function fresh(name: string): string {
  return `${name}-${encodeBase64(systemRandomness.bytes(9)).replaceAll('/', '-')}`
}

interface Asked {
  readonly agreement: string
  readonly element: string
  readonly record: CaseRecord
  readonly key: string
}

async function ask({ client }: StoryWorld, asked: Asked): Promise<AskOutcome> {
  const { agreement, element, record, key } = asked
  const reply = await client.ask({
    agreement,
    elements: [element],
    subject: record.subject,
    case: record.reference,
    official,
    idempotencyKey: key,
  })
  if (reply.kind === 'outcome') return reply.outcome
  throw new DemoError('CHECK_FAILED', `the question got no outcome: ${reply.status} ${reply.code}`)
}

function receiptOf(outcome: AskOutcome): AskReceipt {
  if (outcome.receipt === null) throw new DemoError('CHECK_FAILED', 'the outcome has no receipt')
  return outcome.receipt
}

/** Checks a receipt as a stranger would: opening, inclusion and the log's signature; no quorum yet. */
function receiptHolds(receipt: AskReceipt, { client }: StoryWorld): boolean {
  const leaf = decodeBase64(receipt.leaf)
  const record = readCanonicalJson(utf8(receipt.opening.record))
  const opened = openEntry(leaf, { r: decodeBase64(receipt.opening.r), record })
  const policy = { ...client.policy, quorum: { kind: 'none' as const } }
  const { origin, inclusion: proof } = receipt
  return opened.ok && verifyReceipt({ proof, leaf, policy, origin, ed25519: bestEd25519() }).ok
}

async function tellOutcome(
  world: StoryWorld,
  notes: StepNotes,
  outcome: AskOutcome,
): Promise<void> {
  const receipt = receiptOf(outcome)
  const organisation = receipt.origin.split('.', 1)[0] ?? ''
  const [first] = outcome.results
  notes.tell(
    `decision: ${outcome.outcome}; ${first?.element ?? outcome.code ?? ''} = ${JSON.stringify(first?.value ?? null)}`,
  )
  notes.entry({ organisation, kind: 'person.answered', index: receipt.index, leaf: receipt.leaf })
  notes.entry({ organisation: 'housing', kind: 'person.asked', index: outcome.entries.asked ?? -1 })
  notes.entry({
    organisation: 'housing',
    kind: 'person.received',
    index: outcome.entries.received ?? -1,
  })
  notes.check(
    receiptHolds(receipt, world),
    `the entry opens, and the receipt proves it under ${organisation}'s signed checkpoint`,
  )
  const settled = await until('the receipt is witnessed', async () => {
    const reply = await world.client.askAgain(outcome.exchangeId)
    return reply.kind === 'outcome' && !reply.outcome.provisional ? reply.outcome : undefined
  })
  notes.check(
    settled.witnessedAtMs !== undefined,
    'the independent witness, and an agency that takes no part, have cosigned a checkpoint that extends the receipt',
  )
}

/** Whether a quorum has cosigned, without the organisation whose log it is. */
function isWitnessed(
  id: DemoOrganisationId,
  { opened }: { readonly opened: OpenedCheckpoint },
  { policy }: DemoClient,
): boolean {
  const cosigners = opened.cosignatures.map(({ key }) => key)
  return quorumMet(policyWithout(policy, [`${id}.localhost`]), cosigners)
}

/** The lock is counted by the witnesses' clocks, in whole seconds. */
async function untilActive(dir: string, id: string): Promise<void> {
  const loaded = await loadConfig(join(dir, id, 'cloison.yaml'))
  await until(`the agreements of ${id} are active`, async () => {
    const rows = await agreementOverview(loaded, systemClock.now())
    return rows.every(({ standing }) => standing.state === 'active') ? rows : undefined
  })
}

async function waitForAgreements({ client, demo }: StoryWorld, notes: StepNotes): Promise<void> {
  notes.tell(
    `${demo.agreements.length} agreements, each signed by the data protection officers of both sides`,
  )
  for (const { id } of demoOrganisations) {
    const { opened } = await until(`${id} is witnessed`, async () => {
      const published = await client.published(id).catch(() => undefined)
      return published !== undefined && isWitnessed(id, published, client) ? published : undefined
    })
    notes.check(
      opened.checkpoint.size > 0,
      `${id}'s log is published, ${opened.checkpoint.size} entries, cosigned by ${opened.cosignatures.map(({ key }) => key.name).join(', ')}`,
    )
  }
  for (const id of ['tax', 'social', 'housing']) await untilActive(demo.dir, id)
  notes.tell("the demo's time lock of one second has passed; a real one lasts 14 days or more")
}

async function askTax(world: StoryWorld, notes: StepNotes): Promise<void> {
  const record = ownCase(world.demo, official)
  notes.tell(
    `case ${record.reference}: is the income below the limit? (a yes or a no, never the income)`,
  )
  const asked = {
    agreement: demoAgreementIds.income,
    element: 'income_below_limit',
    record,
    key: fresh('story'),
  }
  const outcome = await ask(world, asked)
  notes.check(outcome.outcome === 'permit', 'tax answers')
  await tellOutcome(world, notes, outcome)
  const again = await ask(world, asked)
  const same =
    again.exchangeId === outcome.exchangeId &&
    receiptOf(again).inclusion === receiptOf(outcome).inclusion
  notes.check(
    same,
    'the same request again gives the same answer: one exchange, one entry, one charge',
  )
}

/** A case of the official whose subject is paid a benefit, so that the answer is a figure. */
function benefitCase({ demo }: StoryWorld): CaseRecord {
  const paid = new Set(
    demo.people.filter(({ benefitMonthly }) => benefitMonthly > 0).map(({ nin }) => nin),
  )
  const found = demo.cases.cases.find(
    ({ officials, state, parties, subject }) =>
      officials.includes(official) &&
      state === 'open' &&
      parties.length > 0 &&
      paid.has(subject.value),
  )
  return found ?? ownCase(demo, official)
}

async function askSocial(world: StoryWorld, notes: StepNotes): Promise<void> {
  const record = benefitCase(world)
  notes.tell(`case ${record.reference}: which benefit does the person receive a month?`)
  const asked = {
    agreement: demoAgreementIds.benefits,
    element: 'benefit_monthly',
    record,
    key: fresh('story'),
  }
  const outcome = await ask(world, asked)
  notes.check(outcome.outcome === 'permit', 'social security answers')
  await tellOutcome(world, notes, outcome)
}

function disclosureHolds(disclosure: RawDisclosure, { client }: StoryWorld): boolean {
  const leaf = decodeBase64(disclosure.leaf)
  const opened = openEntry(leaf, {
    r: decodeBase64(disclosure.r),
    record: readCanonicalJson(utf8(disclosure.record)),
  })
  if (!opened.ok || disclosure.proof === null) return false
  return verifyReceipt({
    proof: disclosure.proof,
    leaf,
    policy: client.policy,
    ed25519: bestEd25519(),
  }).ok
}

async function seeAsPerson(world: StoryWorld, notes: StepNotes): Promise<void> {
  const { subject } = ownCase(world.demo, official)
  for (const organisation of ['tax', 'housing'] as const) {
    const found = await until(`${organisation}'s entries are published`, async () => {
      const disclosures = await world.client.disclosures(organisation, subject)
      return disclosures.every(({ proof }) => proof !== null) ? disclosures : undefined
    })
    notes.check(
      found.length > 0,
      `${organisation} shows the person ${found.length} ${found.length === 1 ? 'entry' : 'entries'}: names of facts, never values`,
    )
    const quorum = await until('every proof is cosigned', async () => {
      const disclosures = await world.client.disclosures(organisation, subject)
      return disclosures.every((one) => disclosureHolds(one, world)) ? disclosures : undefined
    })
    notes.check(
      quorum.length === found.length,
      'each opens, and is proven under a checkpoint that witnesses cosigned',
    )
  }
  await tellBystander(world, notes)
}

function tellAttempt(attempt: CheatAttempt, notes: StepNotes): void {
  for (const { what, outcome } of attempt.moves) notes.tell(`${what.en}: ${outcomeSays(outcome)}`)
  notes.tell(`stopped by ${attempt.stoppedBy}`)
  if (attempt.entry !== null) notes.entry(attempt.entry)
}

async function tryEnumerate({ demo, client }: StoryWorld, notes: StepNotes): Promise<void> {
  const attempt = await cheatEnumerate(demo, client, fresh('cheat'))
  tellAttempt(attempt, notes)
  notes.check(
    attempt.stoppedBy === 'CAP_EXCEEDED' && attempt.entry !== null,
    'nobody outside the case was asked about, the cap held, and it is an entry',
  )
}

async function tryNoCase({ demo, client, http }: StoryWorld, notes: StepNotes): Promise<void> {
  const attempt = await cheatNoCase(demo, client, http)
  tellAttempt(attempt, notes)
  notes.check(
    attempt.stoppedBy === 'CASE_REQUIRED',
    'without a case there is no answer, even with a stolen gateway key',
  )
}

async function tryEditLog({ demo, client }: StoryWorld, notes: StepNotes): Promise<void> {
  const attempt = await cheatEditLog(demo, client)
  tellAttempt(attempt, notes)
  notes.check(
    attempt.moves[0]?.outcome.kind === 'verified',
    'the log verified before the edit, and its place is named after',
  )
}

async function isQuiet(organisation: DemoOrganisationId, { client }: StoryWorld): Promise<boolean> {
  const { opened } = await client.published(organisation)
  return (
    opened.cosignatures.length > 0 && opened.checkpoint.size === (await client.size(organisation))
  )
}

async function inspect(world: StoryWorld, notes: StepNotes): Promise<void> {
  const { demo, client } = world
  for (const { id } of demoOrganisations) {
    await until(`${id} has published everything`, async () =>
      (await isQuiet(id, world)) ? true : undefined,
    )
    const origin = demo.founded.get(id)?.origin ?? ''
    const report = await verifyFolder(join(demo.dir, id, 'log'), origin, client)
    notes.check(
      report.ok,
      `${id}'s log verifies from its files alone: ${report.size ?? 0} entries, cosigned by ${report.cosignedBy.join(', ')}`,
    )
  }
}

/** The story in order. */
export const storySteps: readonly StoryStepPlan[] = [
  {
    title: 'Four organisations that witness each other, a witness, signed agreements',
    run: waitForAgreements,
  },
  { title: 'A caseworker asks the tax agency one thing about one person', run: askTax },
  { title: 'The same caseworker asks social security', run: askSocial },
  { title: 'The person sees who asked', run: seeAsPerson },
  { title: 'An analyst asks for a table, and nobody is in it', run: tellTable },
  { title: 'A table over two registers that nobody may join', run: tellJoin },
  { title: 'Try to cheat: make a list', run: tryEnumerate },
  { title: 'Try to cheat: ask without a case', run: tryNoCase },
  { title: 'Try to cheat: edit the log', run: tryEditLog },
  { title: 'The inspector verifies every log, trusting nobody', run: inspect },
]
