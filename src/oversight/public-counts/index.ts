export { checkMonthCounts } from './check-month-counts.ts'
export { countsHistory } from './counts-history.ts'
export type { CountsProblem } from './check-month-counts.ts'
export { countsBook, countsKind, mostMonths } from './counts-book.ts'
export type { CountsBook, CountsBookDeps, PublicCounts, PublishedCounts } from './counts-book.ts'
export {
  blockSize,
  countedSorts,
  countStep,
  monthCountsJson,
  monthCountsSchema,
} from './month-counts.ts'
export type { CountCell, CountedSort, CountPlace, MonthCounts } from './month-counts.ts'
