export {
  elementsOf,
  type PopulationQuery,
  populationQuerySchema,
  queryDigest,
  queryJson,
  type QueryMeasure,
  questionCeiling,
} from './population-query.ts'
export { canonicalQuery, readQuery, type QueryReading } from './read-query.ts'
export { type QueryRefusal, type RefusalCode, refusalCodes } from './query-refusal.ts'
export type { QueryTerms } from './query-terms.ts'
export { boundsOf, closedKeys, knownElement } from './query-terms.ts'
export {
  cellsOf,
  expectedPeople,
  finePlace,
  peoplePerCell,
  protectedElement,
  refuseQuery,
  sideChecks,
} from './refuse-query.ts'
export {
  type Bounds,
  gridOf,
  lawOf,
  numberLevelPpm,
  planNumbers,
  type PlannedNumber,
} from './plan-numbers.ts'
export { previewQuery, type QueryPreview } from './preview-query.ts'
export { queryBounds, queryNumbers } from './query-numbers.ts'
