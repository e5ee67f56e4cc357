import {
  budgetSchema,
  type BudgetRow,
  chargeSchema,
  type ChargeRow,
  type LedgerReader,
  type LedgerTransaction,
  type ReleaseRow,
  unspent,
} from '../../population/index.ts'
import { bytesOf, integerOf, optional, textOf } from './columns.ts'
import type { LogTable } from './log-table.ts'
import type { Database, SqlRow } from './open-database.ts'
import { sqliteAnalysisReader, sqliteAnalysisWrites } from './sqlite-analyses.ts'
import { sqliteJoinReader, sqliteJoinWrites } from './sqlite-joins.ts'
import { StorageError } from './storage-error.ts'

const budgetColumns = 'idx, population, body'
const chargeColumns = 'idx, population, analyst, reservation, body'

/** What stands in a row's body, held against its schema: a changed file is not added up. */
function bodyOf<Body>(
  row: SqlRow,
  schema: { safeParse(json: unknown): { readonly data?: Body | undefined } },
): Body {
  const { data } = schema.safeParse(JSON.parse(textOf(row, 'body')))
  if (data !== undefined) return data
  throw new StorageError('STORE_FAILED', 'A row of the ledger has another form.')
}

function budgetOf(row: SqlRow, logs: LogTable): BudgetRow {
  return {
    population: textOf(row, 'population'),
    budget: bodyOf(row, budgetSchema),
    place: logs.placeOf(integerOf(row, 'idx')),
  }
}

function chargeOf(row: SqlRow, logs: LogTable): ChargeRow {
  return {
    population: textOf(row, 'population'),
    charge: bodyOf(row, chargeSchema),
    reservation: textOf(row, 'reservation'),
    analyst: textOf(row, 'analyst'),
    place: logs.placeOf(integerOf(row, 'idx')),
  }
}

function releaseOf(row: SqlRow, logs: LogTable): ReleaseRow {
  return {
    query: textOf(row, 'query'),
    snapshot: textOf(row, 'snapshot'),
    reservation: textOf(row, 'reservation'),
    reserved: logs.placeOf(integerOf(row, 'reserved_idx')),
    spentBefore: integerOf(row, 'spent_before'),
    spentAfter: integerOf(row, 'spent_after'),
    release: optional(row, 'bytes', bytesOf),
    released: optional(row, 'released_idx', (found, column) =>
      logs.placeOf(integerOf(found, column)),
    ),
  }
}

function ledgerRows(
  db: Database,
  logs: LogTable,
  population: string,
): readonly (BudgetRow | ChargeRow)[] {
  const budgets = db
    .all(`SELECT ${budgetColumns} FROM budget WHERE population = ?`, population)
    .map((row) => ({ idx: integerOf(row, 'idx'), row: budgetOf(row, logs) }))
  const charges = db
    .all(`SELECT ${chargeColumns} FROM charge WHERE population = ?`, population)
    .map((row) => ({ idx: integerOf(row, 'idx'), row: chargeOf(row, logs) }))
  return [...budgets, ...charges].toSorted((a, b) => a.idx - b.idx).map(({ row }) => row)
}

/** Reads of budgets, charges and releases, through one connection. */
export function sqliteLedgerReader(db: Database, logs: LogTable): LedgerReader {
  return {
    ...sqliteAnalysisReader(db, logs),
    ...sqliteJoinReader(db, logs),
    budgetOf: async (population) => {
      const sql = `SELECT ${budgetColumns} FROM budget WHERE population = ? ORDER BY idx DESC LIMIT 1`
      const row = db.get(sql, population)
      return row === undefined ? undefined : budgetOf(row, logs)
    },
    spentOf: async (population, fromMs) => {
      const sql = `SELECT ${chargeColumns} FROM charge WHERE population = ? AND from_ms = ? ORDER BY idx DESC LIMIT 1`
      const row = db.get(sql, population, fromMs)
      if (row === undefined) return unspent
      const { charge, reservation } = chargeOf(row, logs)
      const { seq, spentMicroEpsilon: microEpsilon, spentDeltaUnits: deltaUnits } = charge
      return { seq, microEpsilon, deltaUnits, last: reservation }
    },
    spentUnder: async (population, fromMs, { agreement, analyst }) => {
      const whose = analyst === undefined ? '' : ' AND analyst = ?'
      const sql = `SELECT coalesce(sum(micro_epsilon), 0) AS spent FROM charge WHERE population = ? AND from_ms = ? AND agreement = ?${whose}`
      const by = analyst === undefined ? [] : [analyst]
      const row = db.get(sql, population, fromMs, agreement, ...by)
      return row === undefined ? 0 : integerOf(row, 'spent')
    },
    ledgerOf: async (population) => ledgerRows(db, logs, population),
    releaseOf: async (query, snapshot) => {
      const row = db.get('SELECT * FROM release WHERE query = ? AND snapshot = ?', query, snapshot)
      return row === undefined ? undefined : releaseOf(row, logs)
    },
  }
}

function writeCharge(db: Database, logs: LogTable, row: ChargeRow): void {
  const { charge, population, analyst, reservation } = row
  db.run(
    'INSERT INTO charge (idx, population, from_ms, agreement, analyst, micro_epsilon, reservation, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    logs.positionOf(row.place),
    population,
    charge.fromMs,
    charge.agreement.id,
    analyst,
    charge.microEpsilon,
    reservation,
    JSON.stringify(charge),
  )
}

/** Writes of them within the connection's open transaction. */
export function sqliteLedgerTransaction(db: Database, logs: LogTable): LedgerTransaction {
  return {
    ...sqliteLedgerReader(db, logs),
    ...sqliteAnalysisWrites(db, logs),
    ...sqliteJoinWrites(db, logs),
    saveBudget: async ({ population, budget, place }) => {
      db.run(
        'INSERT INTO budget (idx, population, body) VALUES (?, ?, ?)',
        logs.positionOf(place),
        population,
        JSON.stringify(budget),
      )
    },
    saveCharge: async (row) => writeCharge(db, logs, row),
    saveReservation: async (row) => {
      db.run(
        'INSERT INTO release (query, snapshot, reservation, reserved_idx, spent_before, spent_after) VALUES (?, ?, ?, ?, ?, ?)',
        row.query,
        row.snapshot,
        row.reservation,
        logs.positionOf(row.reserved),
        row.spentBefore,
        row.spentAfter,
      )
    },
    saveRelease: async ({ query, snapshot }, { release, released }) => {
      const { changes } = db.run(
        'UPDATE release SET bytes = ?, released_idx = ? WHERE query = ? AND snapshot = ? AND bytes IS NULL',
        release,
        logs.positionOf(released),
        query,
        snapshot,
      )
      if (changes !== 1)
        throw new StorageError('STORE_FAILED', 'A release has no open reservation.')
    },
  }
}
