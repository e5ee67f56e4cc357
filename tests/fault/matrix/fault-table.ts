import { appendFileSync } from 'node:fs'

/** One cell of the fault matrix: what was broken, where, and what came of it. */
export interface FaultRow {
  readonly fault: string
  readonly step: string
  readonly outcome: string
}

/** A row as it is printed: fault, step, outcome. */
export function formatFaultRow({ fault, step, outcome }: FaultRow): string {
  return `${fault.padEnd(26)} | ${step.padEnd(44)} | ${outcome}`
}

/**
 * Prints a row of the run that it describes, and hands it to `./test`, which prints all rows as one
 * table at its end (`CLOISON_FAULT_TABLE_FILE`).
 */
export function printFault(row: FaultRow): void {
  const line = formatFaultRow(row)
  console.log(line)
  const file = process.env['CLOISON_FAULT_TABLE_FILE']
  if (file !== undefined) appendFileSync(file, `${line}\n`)
}
