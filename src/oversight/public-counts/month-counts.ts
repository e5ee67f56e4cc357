import * as z from 'zod'
import type { Json } from '../../bytes/index.ts'

/** Exchange entries are told in blocks of so many: no figure is ever about fewer. */
export const blockSize = 20

/** Figures by outcome are rounded down to a multiple of this; nothing under it is told. */
export const countStep = 10

/** What the public counts tell apart: how questions ended here, what was asked elsewhere, and tables. */
export const countedSorts = [
  'answered',
  'denied',
  'asked',
  'received-answer',
  'received-denial',
  'table-released',
  'table-refused',
] as const

/** One of {@link countedSorts}. */
export type CountedSort = (typeof countedSorts)[number]

/** Where an entry stands. */
export interface CountPlace {
  readonly log: string
  readonly entry: number
}

/** One figure: at least `count`, and at most 9 more. */
export interface CountCell {
  readonly sort: CountedSort
  /** Id of an agreement; null for the whole organisation. */
  readonly agreement: string | null
  readonly count: number
}

/** Counts of a stretch of the organisation's logs: from one entry on, up to another and without it. */
export interface MonthCounts {
  /** `YYYY-MM`. */
  readonly month: string
  readonly from: CountPlace
  readonly to: CountPlace
  /** Exact: leaves of exchanges, which anybody can count. */
  readonly exchanges: number
  readonly cells: readonly CountCell[]
}

const place = z.strictObject({ log: z.string().min(1).max(200), entry: z.int().min(0) })

const cell = z.strictObject({
  sort: z.enum(countedSorts),
  agreement: z.string().min(1).max(200).nullable(),
  count: z.int().min(countStep).multipleOf(countStep),
})

/** The body of an entry `counts.month` (`spec/public-counts.md`). */
export const monthCountsSchema: z.ZodType<MonthCounts> = z.strictObject({
  month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/),
  from: place,
  to: place,
  exchanges: z.int().min(0).multipleOf(blockSize),
  cells: z.array(cell).max(2_000),
})

/** As the body of a governance entry. */
export function monthCountsJson({ month, from, to, exchanges, cells }: MonthCounts): {
  readonly [name: string]: Json
} {
  return {
    month,
    from: { ...from },
    to: { ...to },
    exchanges,
    cells: cells.map((one) => ({ ...one })),
  }
}

/** The month after one, both as `YYYY-MM`. */
export function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const [nextYear, next] = number === 12 ? [year + 1, 1] : [year, number + 1]
  return `${String(nextYear).padStart(4, '0')}-${String(next).padStart(2, '0')}`
}
