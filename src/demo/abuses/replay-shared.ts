import { systemClock } from '../../platform/index.ts'
import type { LocalText } from '../../web/index.ts'
import { oneReply } from '../attempts/step-outcomes.ts'
import type { CheatAttempt } from '../cheat-attempt.ts'
import { entryOfDenial } from '../cheat-enumerate.ts'
import { abusersCase, type AbuseWorld, askInAbuse } from './abuse-world.ts'

const workingDayMs = 8 * 3_600_000

const nobodyMove: LocalText = {
  en: 'Ask as “the desk”, a log-in that everybody uses',
  fr: 'Interroger en tant que « le guichet », un compte que tous utilisent',
  es: 'Preguntar como «la ventanilla», una cuenta que usan todos',
}

const openMove: LocalText = {
  en: 'Ask at a screen that a colleague left open eight hours ago',
  fr: 'Interroger depuis un écran qu’un collègue a laissé ouvert il y a huit heures',
  es: 'Preguntar en una pantalla que un compañero dejó abierta hace ocho horas',
}

/** Officers who could not be told apart, since they shared a log-in. */
export async function replayShared(world: AbuseWorld): Promise<CheatAttempt> {
  const { run } = world
  const desk = await askInAbuse(world, { official: 'the-desk', idempotencyKey: `${run}-desk` })
  const open = await askInAbuse(world, {
    authTimeMs: systemClock.now() - workingDayMs,
    idempotencyKey: `${run}-open`,
  })
  return {
    moves: [
      { what: nobodyMove, outcome: oneReply(desk.code ?? desk.outcome) },
      { what: openMove, outcome: oneReply(open.code ?? open.outcome) },
    ],
    victim: abusersCase(world).reference,
    stoppedBy: open.code ?? 'nothing',
    entry: entryOfDenial(open),
  }
}
