import { encodeBase64Url } from '../bytes/index.ts'
import { systemRandomness } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import { sendForged } from './attempts/forged-question.ts'
import { oneReply } from './attempts/step-outcomes.ts'
import type { CheatAttempt } from './cheat-attempt.ts'
import { entryOfDenial, ownCase } from './cheat-enumerate.ts'
import { demoAgreementIds } from './demo-agreements.ts'
import type { DemoClient } from './demo-client.ts'
import { DemoError } from './demo-error.ts'
import type { PreparedDemo } from './prepare-demo.ts'
import type { LocalText } from '../web/index.ts'

const cheater = 'official-3'
const inventedCase = 'RS-2026-9999'

const ownGatewayMove: LocalText = {
  en: "Name an invented case to one's own gateway",
  fr: 'Donner un dossier inventé à sa propre passerelle',
  es: 'Dar un expediente inventado a la propia pasarela',
}

const stolenKeyMove: LocalText = {
  en: "Go past it to the tax agency, with the gateway's stolen key",
  fr: "Aller droit à l'agence fiscale, avec la clé volée de la passerelle",
  es: 'Ir directamente a la agencia tributaria, con la clave robada de la pasarela',
}

/** Asks without a case: first through the own gateway, then past it, with the gateway's stolen key. */
export async function cheatNoCase(
  demo: PreparedDemo,
  client: DemoClient,
  http: HttpClient,
): Promise<CheatAttempt> {
  const reply = await client.ask({
    agreement: demoAgreementIds.income,
    elements: ['income_below_limit'],
    subject: ownCase(demo, cheater).subject,
    case: inventedCase,
    official: cheater,
    idempotencyKey: `no-case-${encodeBase64Url(systemRandomness.bytes(12))}`,
  })
  if (reply.kind !== 'outcome')
    throw new DemoError('REQUEST_FAILED', `the question was not even asked: ${reply.code}`)
  const own = entryOfDenial(reply.outcome)
  const forged = await sendForged(demo, http, { official: cheater, caseReference: inventedCase })
  const { code, entryIndex: index = -1 } = forged
  return {
    moves: [
      {
        what: ownGatewayMove,
        outcome: oneReply(
          reply.outcome.code ?? reply.outcome.outcome,
          own === null ? {} : { entry: own },
        ),
      },
      { what: stolenKeyMove, outcome: oneReply(code, { entry: { organisation: 'tax', index } }) },
    ],
    stoppedBy: code,
    victim: ownCase(demo, cheater).reference,
    entry: { organisation: 'tax', index, kind: 'person.denied' },
  }
}
