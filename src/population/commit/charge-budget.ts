import { encodeBase64 } from '../../bytes/index.ts'
import type { BatchContext, PreparedEntry } from '../../log/index.ts'
import {
  type Charge,
  type ChargeDecision,
  type Cost,
  decideCharge,
  type LedgerFacts,
  type LedgerReader,
  type LedgerTransaction,
  unspent,
} from '../ledger/index.ts'
import type { PopulationParties } from './population-intents.ts'

/** What is to be charged, and to which account. */
export interface Charging {
  readonly population: string
  readonly parties: PopulationParties
  readonly cost: Cost
  /** What the agreement allows in a year, in millionths of epsilon. */
  readonly agreed: number
}

/** What the charge is held against, as this commit finds it. */
async function ledgerFacts(
  tx: LedgerReader,
  { population, parties }: Charging,
): Promise<LedgerFacts> {
  const budget = (await tx.budgetOf(population))?.budget
  const fromMs = budget?.fromMs ?? 0
  const agreement = parties.agreement.id
  const { analyst } = parties
  return {
    budget,
    spent: budget === undefined ? unspent : await tx.spentOf(population, fromMs),
    agreementMicroEpsilon: await tx.spentUnder(population, fromMs, { agreement }),
    analystMicroEpsilon: await tx.spentUnder(population, fromMs, { agreement, analyst }),
  }
}

/** Decides on the ledger as the transaction finds it; or, with a reader alone, as it stands before any commit. */
export async function decideChargeNow(
  tx: LedgerReader,
  charging: Charging,
  nowMs: number,
): Promise<ChargeDecision> {
  const { id, version } = charging.parties.agreement
  const terms = { agreed: charging.agreed, agreement: { id, version }, nowMs }
  return decideCharge(charging.cost, await ledgerFacts(tx, charging), terms)
}

/** Writes a charge beside the reservation that it pays: both are entries of one commit. Gives the reservation's commitment. */
export async function saveChargeOf(
  tx: LedgerTransaction,
  { population, parties }: Pick<Charging, 'population' | 'parties'>,
  of: { readonly charge: Charge; readonly entry: PreparedEntry; readonly organisation: string },
  batch: BatchContext,
): Promise<string> {
  const reservation = encodeBase64(of.entry.commitment)
  const { origin, index } = batch.add({
    v: 1,
    class: 'governance',
    kind: 'budget.charged',
    timeMs: batch.timeMs,
    organisation: of.organisation,
    name: population,
    digest: reservation,
    body: { ...of.charge },
  })
  const place = { origin, index }
  await tx.saveCharge({
    population,
    charge: of.charge,
    reservation,
    analyst: parties.analyst,
    place,
  })
  return reservation
}
