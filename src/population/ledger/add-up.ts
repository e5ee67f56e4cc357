import { type Budget, deltaUnits, yearMs } from './budget.ts'
import { type Charge, type Spent, unspent } from './charge.ts'

/** An entry about a population's ledger, as the log has it. */
export type LedgerEntry =
  | { readonly kind: 'budget.opened' | 'budget.renewed'; readonly budget: Budget }
  | {
      readonly kind: 'budget.charged'
      readonly charge: Charge
      /** Commitment of the reservation that it pays for, base64. */
      readonly reservation: string
    }

/** What is wrong with a ledger that somebody else keeps. */
export type LedgerProblem =
  'CHARGE_WITHOUT_BUDGET' | 'YEAR_TOO_EARLY' | 'CHARGE_MISSING' | 'SUM_WRONG' | 'OVERSPENT'

/** A ledger added up from entries: where it stands, or what is wrong and at which entry, counted from 0. */
export type LedgerReading =
  | { readonly ok: true; readonly budget: Budget | undefined; readonly spent: Spent }
  | { readonly ok: false; readonly problem: LedgerProblem; readonly at: number }

function problemOf(charge: Charge, spent: Spent, budget: Budget | undefined) {
  if (budget === undefined || charge.fromMs !== budget.fromMs) return 'CHARGE_WITHOUT_BUDGET'
  if (charge.seq !== spent.seq + 1 || charge.previous !== spent.last) return 'CHARGE_MISSING'
  const isSum =
    charge.spentMicroEpsilon === spent.microEpsilon + charge.microEpsilon &&
    charge.spentDeltaUnits === spent.deltaUnits + charge.deltaUnits
  if (!isSum) return 'SUM_WRONG'
  const isOver =
    charge.spentMicroEpsilon > budget.microEpsilon ||
    charge.spentDeltaUnits > deltaUnits(budget.deltaExponent)
  return isOver ? 'OVERSPENT' : undefined
}

/**
 * Adds a population's ledger up from the public entries, as anybody can: every charge must follow the one before, and the
 * sum must stay within the budget. What is left out, doubled or made small is found at the first entry that shows it.
 */
export function addUpLedger(entries: Iterable<LedgerEntry>): LedgerReading {
  let budget: Budget | undefined
  let spent = unspent
  let at = 0
  for (const entry of entries) {
    if (entry.kind === 'budget.charged') {
      const problem = problemOf(entry.charge, spent, budget)
      if (problem !== undefined) return { ok: false, problem, at }
      const { seq, spentMicroEpsilon, spentDeltaUnits } = entry.charge
      spent = {
        seq,
        microEpsilon: spentMicroEpsilon,
        deltaUnits: spentDeltaUnits,
        last: entry.reservation,
      }
    } else {
      if (budget !== undefined && entry.budget.fromMs < budget.fromMs + yearMs)
        return { ok: false, problem: 'YEAR_TOO_EARLY', at }
      budget = entry.budget
      spent = unspent
    }
    at += 1
  }
  return { ok: true, budget, spent }
}
