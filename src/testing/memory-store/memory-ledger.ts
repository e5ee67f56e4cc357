import {
  type BudgetRow,
  type ChargeRow,
  type LedgerReader,
  type LedgerTransaction,
  mostAnalyses,
  unspent,
} from '../../population/index.ts'
import { type MemoryTables, pairKey, requireNew } from './memory-tables.ts'
import { memoryJoinReader, memoryJoinWrites } from './memory-joins.ts'
import type { PortCall } from './port-call.ts'

function isCharge(row: BudgetRow | ChargeRow): row is ChargeRow {
  return 'charge' in row
}

function isBudget(row: BudgetRow | ChargeRow): row is BudgetRow {
  return 'budget' in row
}

function chargesOf(
  { ledger }: MemoryTables,
  population: string,
  fromMs: number,
): readonly ChargeRow[] {
  return ledger
    .filter((row) => isCharge(row))
    .filter((row) => row.population === population && row.charge.fromMs === fromMs)
}

/** Reads of budgets, charges and releases from whatever `tables` gives. */
export function memoryLedgerReader(tables: () => MemoryTables, call: PortCall): LedgerReader {
  return {
    budgetOf: (population) =>
      call('budgetOf', () =>
        tables()
          .ledger.filter((row) => isBudget(row))
          .findLast((row) => row.population === population),
      ),
    spentOf: (population, fromMs) =>
      call('spentOf', () => {
        const last = chargesOf(tables(), population, fromMs).at(-1)
        if (last === undefined) return unspent
        const { seq, spentMicroEpsilon: microEpsilon, spentDeltaUnits: deltaUnits } = last.charge
        return { seq, microEpsilon, deltaUnits, last: last.reservation }
      }),
    spentUnder: (population, fromMs, { agreement, analyst }) =>
      call('spentUnder', () =>
        chargesOf(tables(), population, fromMs)
          .filter((row) => row.charge.agreement.id === agreement)
          .filter((row) => analyst === undefined || row.analyst === analyst)
          .reduce((sum, { charge }) => sum + charge.microEpsilon, 0),
      ),
    ledgerOf: (population) =>
      call('ledgerOf', () => tables().ledger.filter((row) => row.population === population)),
    releaseOf: (query, snapshot) =>
      call('releaseOf', () => tables().releases.get(pairKey(query, snapshot))),
    ...memoryJoinReader(tables, call),
    analysis: (exchangeId) => call('analysis', () => tables().analyses.get(exchangeId)),
    analysesOf: (analysts) =>
      call('analysesOf', () =>
        [...tables().analyses.values()]
          .filter(({ analyst }) => analysts.includes(analyst))
          .toReversed()
          .slice(0, mostAnalyses),
      ),
  }
}

/** Writes of them into a draft. */
export function memoryLedgerWrites(
  draft: MemoryTables,
  call: PortCall,
): Omit<LedgerTransaction, keyof LedgerReader> {
  return {
    ...memoryJoinWrites(draft, call),
    saveAnalysis: (row) =>
      call('saveAnalysis', () => {
        requireNew(draft.analyses.has(row.exchangeId), 'an analysis')
        draft.analyses.set(row.exchangeId, row)
      }),
    saveBudget: (row) => call('saveBudget', () => void draft.ledger.push(row)),
    saveCharge: (row) => call('saveCharge', () => void draft.ledger.push(row)),
    saveReservation: (row) =>
      call('saveReservation', () => {
        const key = pairKey(row.query, row.snapshot)
        requireNew(draft.releases.has(key), 'a reservation')
        draft.releases.set(key, { ...row, release: undefined, released: undefined })
      }),
    saveRelease: ({ query, snapshot }, kept) =>
      call('saveRelease', () => {
        const key = pairKey(query, snapshot)
        const row = draft.releases.get(key)
        if (row === undefined || row.release !== undefined)
          throw new RangeError('a release has no open reservation')
        draft.releases.set(key, { ...row, ...kept })
      }),
  }
}
