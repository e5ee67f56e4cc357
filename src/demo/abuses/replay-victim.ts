import type { AskOutcome } from '../../person/index.ts'
import type { LocalText } from '../../web/index.ts'
import type { CheatAttempt } from '../cheat-attempt.ts'
import { entryOfDenial, tallyOf } from '../cheat-enumerate.ts'
import { abuser, abusersCase, type AbuseWorld, askInAbuse } from './abuse-world.ts'

/** More than the questions about one person that the agreement allows in 30 days. */
const mostRepeats = 14

const othersMove: LocalText = {
  en: 'Two colleagues who are not on the case ask about the same person',
  fr: 'Deux collègues étrangers au dossier interrogent sur la même personne',
  es: 'Dos compañeros ajenos al expediente preguntan por la misma persona',
}

const againMove: LocalText = {
  en: 'The official whose case it is asks again and again',
  fr: 'L’agent dont c’est le dossier interroge encore et encore',
  es: 'El responsable del expediente pregunta una y otra vez',
}

const seenMove: LocalText = {
  en: 'Entries that the person finds about this on their own page',
  fr: 'Entrées que la personne trouve à ce sujet sur sa propre page',
  es: 'Entradas que la persona encuentra sobre esto en su propia página',
}

async function askUntilDenied(world: AbuseWorld): Promise<readonly AskOutcome[]> {
  const outcomes: AskOutcome[] = []
  while (outcomes.length < mostRepeats && outcomes.at(-1)?.outcome !== 'deny') {
    const idempotencyKey = `${world.run}-again-${outcomes.length}`
    outcomes.push(await askInAbuse(world, { idempotencyKey }))
  }
  return outcomes
}

/** One person whom everybody is curious about. */
export async function replayVictim(world: AbuseWorld): Promise<CheatAttempt> {
  const { demo, client, run } = world
  const colleagues = demo.cases.officials.filter(({ id }) => id !== abuser)
  const refused: AskOutcome[] = []
  for (const { id } of colleagues)
    refused.push(await askInAbuse(world, { official: id, idempotencyKey: `${run}-${id}` }))
  const repeated = await askUntilDenied(world)
  const last = repeated.at(-1)
  const seen = await client.disclosures('housing', abusersCase(world).subject)
  return {
    moves: [
      { what: othersMove, outcome: tallyOf(refused) },
      { what: againMove, outcome: tallyOf(repeated) },
      { what: seenMove, outcome: { kind: 'entries', count: seen.length } },
    ],
    victim: abusersCase(world).reference,
    stoppedBy: last?.code ?? 'nothing',
    entry: last === undefined ? null : entryOfDenial(last),
  }
}
