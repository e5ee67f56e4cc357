import type { HttpClient } from '../../ports/index.ts'
import type { LocalText } from '../../web/index.ts'
import type { CheatAttempt } from '../cheat-attempt.ts'
import { entryOfDenial, ownCase } from '../cheat-enumerate.ts'
import { demoAgreementIds } from '../demo-agreements.ts'
import type { DemoClient } from '../demo-client.ts'
import { DemoError } from '../demo-error.ts'
import type { PreparedDemo } from '../prepare-demo.ts'
import { oneReply } from './step-outcomes.ts'
import { sendForged } from './forged-question.ts'

const cheater = 'official-3'
/** The purpose of the agreement for emergencies, of which the agreement on rent support knows nothing. */
const otherPurpose = 'https://cloison.eu/purpose/care'

const otherElementMove: LocalText = {
  en: 'Ask under the agreement on rent support for the income itself, which it does not name',
  fr: 'Demander, sous l’accord sur l’aide au logement, le revenu lui-même, qu’il ne nomme pas',
  es: 'Pedir, con el acuerdo de ayuda al alquiler, los ingresos mismos, que no nombra',
}

const otherPurposeMove: LocalText = {
  en: "Claim the care agreement's purpose for it, with the gateway's stolen key",
  fr: "Invoquer pour lui la finalité de l'accord de soins, avec la clé volée de la passerelle",
  es: 'Alegar para él la finalidad del acuerdo de cuidados, con la clave robada de la pasarela',
}

/** Uses one agreement for what another is for: another fact, then another purpose. */
export async function cheatOtherPurpose(
  demo: PreparedDemo,
  client: DemoClient,
  { http, run }: { readonly http: HttpClient; readonly run: string },
): Promise<CheatAttempt> {
  const own = ownCase(demo, cheater)
  const reply = await client.ask({
    agreement: demoAgreementIds.income,
    elements: ['annual_income'],
    subject: own.subject,
    case: own.reference,
    official: cheater,
    idempotencyKey: `${run}-other-element`,
  })
  if (reply.kind !== 'outcome')
    throw new DemoError('REQUEST_FAILED', `the question was not even asked: ${reply.code}`)
  const first = entryOfDenial(reply.outcome)
  const { code, entryIndex: index = -1 } = await sendForged(demo, http, {
    official: cheater,
    caseReference: own.reference,
    instead: { purpose: otherPurpose },
  })
  return {
    moves: [
      {
        what: otherElementMove,
        outcome: oneReply(
          reply.outcome.code ?? reply.outcome.outcome,
          first === null ? {} : { entry: first },
        ),
      },
      {
        what: otherPurposeMove,
        outcome: oneReply(code, { entry: { organisation: 'tax', index } }),
      },
    ],
    stoppedBy: code,
    victim: own.reference,
    entry: { organisation: 'tax', index, kind: 'person.denied' },
  }
}
