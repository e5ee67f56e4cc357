import { type Budget, deltaUnits, yearMs } from './budget.ts'
import type { Charge, Cost, Spent } from './charge.ts'

/** Whose money would not do, and how much of it is left. */
export interface BudgetSpent {
  readonly account: 'population' | 'delta' | 'agreement' | 'analyst'
  /** Millionths of epsilon; for `delta` units of 10^−15. */
  readonly left: number
}

/** What a charge is held against, as it stands in the commit that makes it. */
export interface LedgerFacts {
  /** The newest budget of the population; `undefined` where none was ever opened. */
  readonly budget: Budget | undefined
  readonly spent: Spent
  /** Spent in this year under the agreement, whatever its version. */
  readonly agreementMicroEpsilon: number
  /** Spent in this year by this analyst under the agreement. */
  readonly analystMicroEpsilon: number
}

/** A charge that fits, or the account that has too little left. */
export type ChargeDecision =
  | { readonly outcome: 'charge'; readonly charge: Charge }
  | { readonly outcome: 'refuse'; readonly spent: BudgetSpent }

/** The account of an open year that has too little left for a cost; `agreed` is the agreement's budget for a year. */
export function shortAccount(
  cost: Cost,
  facts: LedgerFacts & { readonly budget: Budget },
  agreed: number,
): BudgetSpent | undefined {
  const { budget, spent, agreementMicroEpsilon, analystMicroEpsilon } = facts
  const perAnalyst = budget.perAnalystMicroEpsilon ?? agreed
  const left = {
    population: budget.microEpsilon - spent.microEpsilon,
    agreement: agreed - agreementMicroEpsilon,
    analyst: perAnalyst - analystMicroEpsilon,
  }
  for (const account of ['population', 'agreement', 'analyst'] as const)
    if (cost.microEpsilon > left[account]) return { account, left: Math.max(0, left[account]) }
  const deltaLeft = deltaUnits(budget.deltaExponent) - spent.deltaUnits
  return cost.deltaUnits > deltaLeft
    ? { account: 'delta', left: Math.max(0, deltaLeft) }
    : undefined
}

/**
 * Decides a charge: pure, and called in the commit that writes it, on live counters. The charge that comes out is the next
 * entry of the ledger, with the sum that it makes. A year that is over, or was never opened, has nothing left.
 *
 * `agreed` is the agreement's budget for a year, in millionths of epsilon.
 */
export function decideCharge(
  cost: Cost,
  facts: LedgerFacts,
  terms: {
    readonly agreed: number
    readonly agreement: Charge['agreement']
    readonly nowMs: number
  },
): ChargeDecision {
  const { budget, spent } = facts
  const isOpen =
    budget !== undefined && terms.nowMs >= budget.fromMs && terms.nowMs < budget.fromMs + yearMs
  if (!isOpen) return { outcome: 'refuse', spent: { account: 'population', left: 0 } }
  const short = shortAccount(cost, { ...facts, budget }, terms.agreed)
  if (short !== undefined) return { outcome: 'refuse', spent: short }
  return {
    outcome: 'charge',
    charge: {
      fromMs: budget.fromMs,
      seq: spent.seq + 1,
      microEpsilon: cost.microEpsilon,
      deltaUnits: cost.deltaUnits,
      spentMicroEpsilon: spent.microEpsilon + cost.microEpsilon,
      spentDeltaUnits: spent.deltaUnits + cost.deltaUnits,
      agreement: terms.agreement,
      previous: spent.last,
    },
  }
}
