import type { SqlRow } from './open-database.ts'
import { StorageError } from './storage-error.ts'

function unexpected(column: string): StorageError {
  return new StorageError('STORE_FAILED', `Column "${column}" holds a value of another type.`)
}

/** A text column. @throws {@link StorageError} `STORE_FAILED` when it holds anything else. */
export function textOf(row: SqlRow, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw unexpected(column)
  return value
}

/** An integer column up to 2^53 − 1. @throws {@link StorageError} `STORE_FAILED` otherwise. */
export function integerOf(row: SqlRow, column: string): number {
  const value = row[column]
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw unexpected(column)
  return value
}

/** A blob column. @throws {@link StorageError} `STORE_FAILED` when it holds anything else. */
export function bytesOf(row: SqlRow, column: string): Uint8Array {
  const value = row[column]
  if (!(value instanceof Uint8Array)) throw unexpected(column)
  return value
}

/** Reads a column that may be NULL. */
export function optional<T>(
  row: SqlRow,
  column: string,
  read: (row: SqlRow, column: string) => T,
): T | undefined {
  return row[column] === null || row[column] === undefined ? undefined : read(row, column)
}
