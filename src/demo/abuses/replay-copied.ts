import type { LocalText } from '../../web/index.ts'
import { sendForged } from '../attempts/forged-question.ts'
import { oneReply } from '../attempts/step-outcomes.ts'
import type { CheatAttempt } from '../cheat-attempt.ts'
import { cheatEditLog } from '../cheat-edit-log.ts'
import { abuser, abusersCase, type AbuseWorld } from './abuse-world.ts'

const keyMove: LocalText = {
  en: 'Use the gateway’s copied key from another machine',
  fr: 'Utiliser depuis une autre machine la clé copiée de la passerelle',
  es: 'Usar desde otra máquina la clave copiada de la pasarela',
}

/** A register copied by those who run it, and nobody able to say what was shared. */
export async function replayCopied(world: AbuseWorld): Promise<CheatAttempt> {
  const { demo, client, http } = world
  const { code } = await sendForged(demo, http, {
    official: abuser,
    caseReference: abusersCase(world).reference,
  })
  const edited = await cheatEditLog(demo, client)
  return {
    ...edited,
    victim: abusersCase(world).reference,
    moves: [{ what: keyMove, outcome: oneReply(code) }, ...edited.moves],
  }
}
