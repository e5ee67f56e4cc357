import { writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

import type { RegisterValue } from '../register/index.ts'
import type { ContractRow } from './contract-table.ts'

/** Writes lines as a CSV file (RFC 4180); what is `null` is an empty field. */
export function writeCsvFile(path: string, rows: readonly ContractRow[]): void {
  const columns = Object.keys(rows[0] ?? {})
  const lines = rows.map((row) => columns.map((column) => field(row[column] ?? null)).join(','))
  writeFileSync(path, `${[columns.join(','), ...lines].join('\n')}\n`)
}

function field(value: RegisterValue): string {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  return `"${value.replaceAll('"', '""')}"`
}

/** Writes lines as the table `people` of a new SQLite file, `nin` its primary key. */
export function writeSqliteFile(path: string, rows: readonly ContractRow[]): void {
  const columns = Object.keys(rows[0] ?? {})
  const db = new DatabaseSync(path)
  const declared = columns.map((column) => `${column} ${declaration(column, rows)}`)
  db.exec(`CREATE TABLE people (${declared.join(', ')}); BEGIN`)
  const insert = db.prepare(`INSERT INTO people VALUES (${columns.map(() => '?').join(', ')})`)
  for (const row of rows) {
    insert.run(
      ...columns.map((column) => {
        const value = row[column] ?? null
        return typeof value === 'boolean' ? Number(value) : value
      }),
    )
  }
  db.exec('COMMIT')
  db.close()
}

function declaration(column: string, rows: readonly ContractRow[]): string {
  if (column === 'nin') return 'TEXT PRIMARY KEY'
  const found = rows.find((row) => row[column] !== null)?.[column]
  return typeof found === 'string' ? 'TEXT' : 'INTEGER'
}
