import type { AskOutcome } from '../person/index.ts'
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

function strangerMove(number: number): LocalText {
  return {
    en: `Ask about stranger ${number} in a case of one's own`,
    fr: `Interroger sur l'inconnu ${number} dans un de ses dossiers`,
    es: `Preguntar por el desconocido ${number} en un expediente propio`,
  }
}

function repeatMove(number: number): LocalText {
  return {
    en: `Ask about the one allowed person, time ${number}`,
    fr: `Interroger sur la seule personne permise, fois ${number}`,
    es: `Preguntar por la única persona permitida, vez ${number}`,
  }
}

/** Asks about strangers in a case of one's own, then about one allowed person again and again. */
export async function cheatEnumerate(
  demo: PreparedDemo,
  client: DemoClient,
  run: string,
): Promise<CheatAttempt> {
  const own = ownCase(demo, cheater)
  const moves: CheatMove[] = []
  let last: AskOutcome | undefined
  for (const [number, person] of demo.people.slice(1_000, 1_000 + strangers).entries()) {
    const subject = { scheme: 'demo-nin', value: person.nin } as const
    last = await askAbout(client, {
      subject,
      reference: own.reference,
      key: `${run}-stranger-${number}`,
    })
    moves.push({ what: strangerMove(number + 1), outcome: last.code ?? last.outcome })
  }
  for (let repeat = 1; repeat <= mostRepeats; repeat += 1) {
    last = await askAbout(client, {
      subject: own.subject,
      reference: own.reference,
      key: `${run}-again-${repeat}`,
    })
    const outcome =
      last.cap === undefined ? (last.code ?? last.outcome) : `${last.code ?? ''} (${last.cap})`
    moves.push({ what: repeatMove(repeat), outcome })
    if (last.outcome === 'deny') break
  }
  return {
    moves,
    stoppedBy: last?.code ?? 'nothing',
    entry: last === undefined ? null : entryOfDenial(last),
  }
}
