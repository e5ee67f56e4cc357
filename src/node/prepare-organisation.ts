import type { Prepare } from '../log/index.ts'
import { type PersonCommitDeps, preparePerson, standingNow } from '../person/index.ts'
import {
  type PopulationIntent,
  populationIntentTypes,
  preparePopulation,
  type RefusalCode,
  standingRefusal,
} from '../population/index.ts'
import type { GatewayTransaction } from '../storage/sqlite/index.ts'
import type { OrganisationCommitted, OrganisationIntent } from './writer-messages.ts'

function isAboutPopulation(intent: OrganisationIntent): intent is PopulationIntent {
  return populationIntentTypes.has(intent.type)
}

/** What ends a question about a population, read in the transaction that reserves for it. */
async function refusalIn(
  tx: GatewayTransaction,
  digest: string,
  nowMs: number,
  deps: PersonCommitDeps,
): Promise<RefusalCode | undefined> {
  const known = deps.agreements.find((one) => one.digest === digest)
  if (known === undefined) return 'AGREEMENT_UNKNOWN'
  return standingRefusal((await standingNow(tx, known, nowMs, deps)).state)
}

/** Prepares whatever is committed to the organisation's one log. */
export function prepareOrganisation(
  deps: PersonCommitDeps,
): Prepare<GatewayTransaction, OrganisationIntent, OrganisationCommitted> {
  const { organisation } = deps
  return (tx, intent, batch) =>
    isAboutPopulation(intent)
      ? preparePopulation(tx, intent, batch, {
          organisation,
          refusalNow: ({ digest }, nowMs) => refusalIn(tx, digest, nowMs, deps),
        })
      : preparePerson(tx, intent, batch, deps)
}
