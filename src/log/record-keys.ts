import { civilDate, daysFromCivil } from './civil-date.ts'

const dayMs = 86_400_000

/** A calendar month, UTC, as `2026-11`: what one record key is for. Sorts as text as it does in time. */
export type RecordMonth = string & { readonly brand: 'RecordMonth' }

function monthText(year: number, month: number): RecordMonth {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
  return text as RecordMonth
}

/** The month in which `timeMs` lies, milliseconds since the epoch. */
export function monthOf(timeMs: number): RecordMonth {
  const { year, month } = civilDate(Math.floor(timeMs / dayMs))
  return monthText(year, month)
}

/** Reads a month; `undefined` for text of another form. */
export function parseMonth(text: string): RecordMonth | undefined {
  const [, year = '', month = ''] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? []
  return year === '' ? undefined : monthText(Number(year), Number(month))
}

/** The first millisecond of a month. */
export function monthStartMs(month: RecordMonth): number {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return daysFromCivil({ year, month: number, day: 1 }) * dayMs
}

/** The keys under which an organisation sealed the secret part of its entries, one a month. Secret. */
export interface RecordKeys {
  /**
   * The 32 bytes of the month in which `timeMs` lies, log time; `undefined` when that key was destroyed
   * or is not there: what it sealed is noise then. Use at once and do not keep.
   */
  of(timeMs: number): Uint8Array | undefined
}

/** The same keys as the log's writer holds them, who alone makes and destroys them. */
export interface WritableRecordKeys extends RecordKeys {
  /**
   * The key of the month in which `timeMs` lies. Where the month has none it is made first, and
   * returned only once it is on disk. With `mustExist` it is never made: what the month already has
   * was sealed under the key that is missing.
   *
   * @throws {@link LogError} `RECORD_KEY_MISSING`
   */
  forSealing(timeMs: number, mustExist: boolean): Uint8Array
  /** Months that have a key, sorted. */
  months(): readonly RecordMonth[]
  /** Destroys a month's key; returns once its file is gone from disk. Nothing happens where there is none. */
  destroy(month: RecordMonth): void
}
