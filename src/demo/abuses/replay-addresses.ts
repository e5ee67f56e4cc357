import type { LocalText } from '../../web/index.ts'
import { sendForged } from '../attempts/forged-question.ts'
import { oneReply } from '../attempts/step-outcomes.ts'
import type { CheatAttempt } from '../cheat-attempt.ts'
import { entryOfDenial, tallyOf } from '../cheat-enumerate.ts'
import { demoAgreementIds } from '../demo-agreements.ts'
import {
  abuser,
  abusersCase,
  type AbuseWorld,
  askAboutEach,
  askInAbuse,
  strangersOf,
} from './abuse-world.ts'

const named = 300
const singly = 6

const batchMove: LocalText = {
  en: `Send one message that names ${named} people`,
  fr: `Envoyer un message qui nomme ${named} personnes`,
  es: `Enviar un mensaje que nombra a ${named} personas`,
}

const whereMove: LocalText = {
  en: 'Ask where one person lives, without their consent',
  fr: 'Demander où vit une personne, sans son consentement',
  es: 'Preguntar dónde vive una persona, sin su consentimiento',
}

const singlyMove: LocalText = {
  en: `Ask about ${singly} people one by one, in a case of one’s own`,
  fr: `Interroger sur ${singly} personnes une à une, dans un de ses dossiers`,
  es: `Preguntar por ${singly} personas una a una, en un expediente propio`,
}

/** One and a quarter million addresses ordered at once. */
export async function replayAddresses(world: AbuseWorld): Promise<CheatAttempt> {
  const { demo, http, run } = world
  const batch = await sendForged(demo, http, {
    official: abuser,
    caseReference: abusersCase(world).reference,
    instead: { subject: strangersOf(world, named).map((subject) => ({ ...subject })) },
  })
  const where = await askInAbuse(world, {
    agreement: demoAgreementIds.accessible,
    elements: ['postcode'],
    idempotencyKey: `${run}-where`,
  })
  const outcomes = await askAboutEach(world, strangersOf(world, singly))
  const last = outcomes.at(-1)
  return {
    moves: [
      { what: batchMove, outcome: oneReply(batch.code) },
      { what: whereMove, outcome: oneReply(where.code ?? where.outcome) },
      { what: singlyMove, outcome: tallyOf(outcomes) },
    ],
    victim: abusersCase(world).reference,
    stoppedBy: batch.code,
    entry: last === undefined ? null : entryOfDenial(last),
  }
}
