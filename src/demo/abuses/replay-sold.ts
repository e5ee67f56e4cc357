import { decodeUtf8 } from '../../bytes/index.ts'
import { parseTlogProof } from '../../log/verify/index.ts'
import { readDraftQuery } from '../../population/index.ts'
import type { LocalText, StepOutcome } from '../../web/index.ts'
import { sendForged } from '../attempts/forged-question.ts'
import { oneReply, tallyReplies } from '../attempts/step-outcomes.ts'
import type { CheatAttempt } from '../cheat-attempt.ts'
import { demoAgreementIds } from '../demo-agreements.ts'
import { localAddress } from '../demo-config.ts'
import { DemoError } from '../demo-error.ts'
import { demoOrganisations } from '../demo-layout.ts'
import { analystCalls, gatewayStatistics } from '../../pages/index.ts'
import { demoGateway } from '../demo-gateway.ts'
import { abuser, abusersCase, type AbuseWorld } from './abuse-world.ts'

/** Addresses where a search or an export could be, were there one. */
const guessed = ['/v1/persons', '/v1/search', '/v1/export'] as const

const searchMove: LocalText = {
  en: 'Ask for everybody whose income is below the limit',
  fr: 'Demander toutes les personnes dont le revenu est inférieur à la limite',
  es: 'Pedir a todas las personas con ingresos por debajo del límite',
}

const exportMove: LocalText = {
  en: `Look for a search or an export at the tax agency: ${guessed.join(', ')}`,
  fr: `Chercher une recherche ou un export à l’agence fiscale : ${guessed.join(', ')}`,
  es: `Buscar una búsqueda o exportación en la agencia tributaria: ${guessed.join(', ')}`,
}

const tableMove: LocalText = {
  en: 'Order a table about a single person',
  fr: 'Commander un tableau sur une seule personne',
  es: 'Encargar una tabla sobre una sola persona',
}

/** @throws {@link DemoError} `CHECK_FAILED` when something is there. */
async function guessAddresses({ demo, http }: AbuseWorld): Promise<StepOutcome> {
  const offset = demoOrganisations.find(({ id }) => id === 'tax')?.portOffset ?? 0
  const codes = await Promise.all(
    guessed.map(async (path) => {
      const url = `http://${localAddress(demo.basePort + offset)}${path}`
      const limits = { timeoutMs: 10_000, maxResponseBytes: 65_536 }
      const { status, body } = await http.send({ method: 'GET', url, headers: {}, ...limits })
      const code = /"code":"([A-Z_]+)"/.exec(decodeUtf8(body))?.[1]
      if (code === undefined)
        throw new DemoError('CHECK_FAILED', `a guessed address answered ${status}`)
      return code
    }),
  )
  return tallyReplies(codes)
}

/** Records sold by those who could search and export them. */
export async function replaySold(world: AbuseWorld): Promise<CheatAttempt> {
  const { demo, http } = world
  const own = abusersCase(world)
  const search = await sendForged(demo, http, {
    official: abuser,
    caseReference: own.reference,
    instead: { subject: { where: { income_below_limit: true } } },
  })
  const found = await guessAddresses(world)
  const table = await gatewayStatistics(analystCalls(demoGateway(demo, 'housing'), http)).run({
    agreement: demoAgreementIds.tables,
    analyst: 'analyst-1',
    query: {
      ...readDraftQuery({ by: ['age_group'], measure: 'count', epsilon: 0.1 }),
      where: { nin: [own.subject.value] },
    },
  })
  const code = table.state === 'refused' ? table.code : 'nothing'
  const { index } = parseTlogProof(table.inclusion)
  return {
    moves: [
      { what: searchMove, outcome: oneReply(search.code) },
      { what: exportMove, outcome: found },
      { what: tableMove, outcome: oneReply(table.state === 'refused' ? table.code : 'permit') },
    ],
    stoppedBy: code,
    entry: { organisation: 'tax', index, kind: 'population.refused' },
  }
}
