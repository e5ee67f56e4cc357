import { parseTlogProof } from '../../log/verify/index.ts'
import { type DraftQuery, type PopulationAnswer, readDraftQuery } from '../../population/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import type { LocalText, StepOutcome } from '../../web/index.ts'
import type { CheatAttempt, LeftEntry } from '../cheat-attempt.ts'
import { demoAgreementIds } from '../demo-agreements.ts'
import { analystCalls, gatewayStatistics } from '../../pages/index.ts'
import { demoGateway } from '../demo-gateway.ts'
import type { PreparedDemo } from '../prepare-demo.ts'
import { oneReply, tallyReplies } from './step-outcomes.ts'

/** Sent at the same moment. Each would take all that the agreement's year has left. */
const measures = ['annual_income', 'dependants'] as const
const groupings = ['age_group', 'district', 'employment'] as const

function queries(): readonly DraftQuery[] {
  return groupings.flatMap((by) =>
    measures.map((mean) => readDraftQuery({ by: [by], measure: { mean }, epsilon: 0.5 })),
  )
}

type Ended = Exclude<PopulationAnswer, { state: 'pending' }>

function move(count: number): LocalText {
  return {
    en: `Ask for ${count} different tables at the same moment, with budget for one`,
    fr: `Demander ${count} tableaux différents au même instant, avec le budget d'un seul`,
    es: `Pedir ${count} tablas distintas a la vez, con presupuesto para una`,
  }
}

const againMove: LocalText = {
  en: 'Ask for another one afterwards',
  fr: 'En demander un autre ensuite',
  es: 'Pedir otra después',
}

/** `permit` for a table that was released, as in the pages' words, and how often each outcome came. */
function tally(outcomes: readonly Ended[]): StepOutcome {
  return tallyReplies(outcomes.map((one) => (one.state === 'refused' ? one.code : 'permit')))
}

function entryOf(outcome: Ended): LeftEntry {
  const { index } = parseTlogProof(outcome.inclusion)
  const kind = outcome.state === 'refused' ? 'population.refused' : 'population.released'
  return { organisation: 'tax', index, kind }
}

/**
 * Spends the last of a budget twice: six questions at once under an agreement whose year pays for one. Who tries
 * again finds that nothing is left.
 */
export async function cheatSpendTwice(demo: PreparedDemo, http: HttpClient): Promise<CheatAttempt> {
  const statistics = gatewayStatistics(analystCalls(demoGateway(demo, 'housing'), http))
  const ask = (query: DraftQuery): Promise<Ended> =>
    statistics.run({ agreement: demoAgreementIds.lastTable, analyst: 'analyst-1', query })
  const all = queries()
  const outcomes = await Promise.all(all.map((query) => ask(query)))
  const late = await ask(readDraftQuery({ by: ['age_group'], measure: 'count', epsilon: 0.5 }))
  const refused = late.state === 'refused' ? late.code : 'nothing'
  return {
    moves: [
      { what: move(all.length), outcome: tally(outcomes) },
      { what: againMove, outcome: oneReply(late.state === 'refused' ? late.code : 'permit') },
    ],
    stoppedBy: refused,
    entry: entryOf(late),
  }
}
