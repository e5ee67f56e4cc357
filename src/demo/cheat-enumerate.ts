import type { AskOutcome } from '../person/index.ts'
import { oneReply, tallyReplies } from './attempts/step-outcomes.ts'
import type { CaseRecord } from './case-system-cases.ts'
import type { CheatAttempt, CheatMove, LeftEntry } from './cheat-attempt.ts'
import { demoAgreementIds } from './demo-agreements.ts'
import type { DemoClient, DemoReply } from './demo-client.ts'
import { DemoError } from './demo-error.ts'
import type { PreparedDemo } from './prepare-demo.ts'
import type { LocalText } from '../web/index.ts'

/** Strangers whom the cheater tries to ask about. */
const strangers = 6
/** More than the questions about one person that the agreement allows in 30 days. */
const mostRepeats = 14
/** The official of the demo who cheats, so that the others keep their daily questions. */
const cheater = 'official-3'

function outcomeOf(reply: DemoReply): AskOutcome {
  if (reply.kind === 'outcome') return reply.outcome
  throw new DemoError('REQUEST_FAILED', `the question was not even asked: ${reply.code}`)
}

/** The entry that proves a denial: the provider's if it reached one, else the asker's own. */
export function entryOfDenial(outcome: AskOutcome): LeftEntry | null {
  const { receipt, entries } = outcome
  if (receipt !== null) {
    return {
      organisation: receipt.origin.split('.', 1)[0] ?? '',
      index: receipt.index,
      kind: 'person.denied',
    }
  }
  return entries.asked === null
    ? null
    : { organisation: 'housing', index: entries.asked, kind: 'person.denied' }
}

/** An open case of the cheater's own, with its subject a party. */
export function ownCase(demo: PreparedDemo, official: string): CaseRecord {
  const found = demo.cases.cases.find(
    ({ officials, state, parties }) =>
      officials.includes(official) && state === 'open' && parties.length > 0,
  )
  if (found === undefined) throw new TypeError('the demo has an open case for every official')
  return found
}

async function askAbout(
  client: DemoClient,
  about: {
    readonly subject: CaseRecord['subject']
    readonly reference: string
    readonly key: string
  },
): Promise<AskOutcome> {
  const { subject, reference, key } = about
  return outcomeOf(
    await client.ask({
      agreement: demoAgreementIds.income,
      elements: ['income_below_limit'],
      subject,
      case: reference,
      official: cheater,
      idempotencyKey: key,
    }),
  )
}

const strangersMove: LocalText = {
  en: `Ask about ${strangers} strangers, one after the other, in a case of one's own`,
  fr: `Interroger sur ${strangers} inconnus, l'un après l'autre, dans un de ses dossiers`,
  es: `Preguntar por ${strangers} desconocidos, uno tras otro, en un expediente propio`,
}

function repeatsMove(times: number): LocalText {
  return {
    en: `Ask about the one allowed person, ${times} times`,
    fr: `Interroger ${times} fois sur la seule personne permise`,
    es: `Preguntar ${times} veces por la única persona permitida`,
  }
}

const onceMoreMove: LocalText = {
  en: 'And once more',
  fr: 'Et encore une fois',
  es: 'Y una vez más',
}

/** How often each outcome came, see {@link tallyReplies}. */
export function tallyOf(outcomes: readonly AskOutcome[]): CheatMove['outcome'] {
  return tallyReplies(outcomes.map(({ code, outcome }) => code ?? outcome))
}

async function askStrangers(cheat: EnumerationCheat): Promise<readonly AskOutcome[]> {
  const { demo, client, own, run } = cheat
  const outcomes: AskOutcome[] = []
  for (const { nin } of demo.people.slice(1_000, 1_000 + strangers)) {
    const subject = { scheme: 'demo-nin', value: nin } as const
    const key = `${run}-stranger-${outcomes.length}`
    outcomes.push(await askAbout(client, { subject, reference: own.reference, key }))
  }
  return outcomes
}

async function askUntilDenied(cheat: EnumerationCheat): Promise<readonly AskOutcome[]> {
  const { client, own, run } = cheat
  const outcomes: AskOutcome[] = []
  while (outcomes.length < mostRepeats && outcomes.at(-1)?.outcome !== 'deny') {
    const key = `${run}-again-${outcomes.length}`
    outcomes.push(await askAbout(client, { subject: own.subject, reference: own.reference, key }))
  }
  return outcomes
}

interface EnumerationCheat {
  readonly demo: PreparedDemo
  readonly client: DemoClient
  readonly own: CaseRecord
  /** Makes the idempotency keys of this attempt different from any other's. */
  readonly run: string
}

/** Asks about strangers in a case of one's own, then about one allowed person again and again. */
export async function cheatEnumerate(
  demo: PreparedDemo,
  client: DemoClient,
  run: string,
): Promise<CheatAttempt> {
  const cheat = { demo, client, own: ownCase(demo, cheater), run }
  const refused = await askStrangers(cheat)
  const repeated = await askUntilDenied(cheat)
  const answered = repeated.slice(0, -1)
  const [last] = repeated.slice(-1)
  const moves: CheatMove[] = [{ what: strangersMove, outcome: tallyOf(refused) }]
  if (answered.length > 0)
    moves.push({ what: repeatsMove(answered.length), outcome: tallyOf(answered) })
  const cap = last?.cap === undefined ? {} : { cap: last.cap }
  moves.push({ what: onceMoreMove, outcome: oneReply(last?.code ?? 'permit', cap) })
  const stoppedBy = last?.code ?? 'nothing'
  const entry = last === undefined ? null : entryOfDenial(last)
  return { moves, stoppedBy, entry, victim: cheat.own.reference }
}
