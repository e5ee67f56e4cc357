import type { LocalText } from '../../web/index.ts'
import { sendForged } from '../attempts/forged-question.ts'
import { oneReply } from '../attempts/step-outcomes.ts'
import type { CheatAttempt } from '../cheat-attempt.ts'
import { tallyOf } from '../cheat-enumerate.ts'
import { abuser, abusersCase, type AbuseWorld, askAboutEach, strangersOf } from './abuse-world.ts'

const looked = 12

const lookMove: LocalText = {
  en: `Look ${looked} people up who are in no case of one’s own`,
  fr: `Consulter ${looked} personnes qui ne figurent dans aucun de ses dossiers`,
  es: `Consultar a ${looked} personas que no están en ningún expediente propio`,
}

const pastMove: LocalText = {
  en: 'Go past the own gateway with its stolen key, naming a true case',
  fr: 'Contourner sa propre passerelle avec sa clé volée, en citant un vrai dossier',
  es: 'Saltarse la propia pasarela con su clave robada, citando un expediente verdadero',
}

/** Thousands of people looked up over years, out of curiosity. */
export async function replayYears(world: AbuseWorld): Promise<CheatAttempt> {
  const { demo, http } = world
  const outcomes = await askAboutEach(world, strangersOf(world, looked))
  const [stranger] = strangersOf(world, 1)
  const { code, entryIndex: index = -1 } = await sendForged(demo, http, {
    official: abuser,
    caseReference: abusersCase(world).reference,
    instead: stranger === undefined ? {} : { subject: { ...stranger } },
  })
  return {
    moves: [
      { what: lookMove, outcome: tallyOf(outcomes) },
      { what: pastMove, outcome: oneReply(code) },
    ],
    stoppedBy: code,
    entry: { organisation: 'tax', index, kind: 'person.denied' },
  }
}
