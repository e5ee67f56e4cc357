export {
  type Budget,
  type BudgetRow,
  budgetSchema,
  type ChargeRow,
  chargeSchema,
  type LedgerReader,
  type LedgerTransaction,
  type ReleaseRow,
  unspent,
} from './ledger/index.ts'
export {
  type PopulationCommitDeps,
  type PopulationCommitted,
  type PopulationIntent,
  preparePopulation,
} from './commit/index.ts'
export { type NoiseLaw, noiseSampler, type Ratio, ratio } from './privacy/index.ts'
export {
  type Bounds,
  gridOf,
  lawOf,
  planNumbers,
  type PlannedNumber,
  type PopulationQuery,
  type QueryMeasure,
  type QueryTerms,
} from './query/index.ts'
export {
  type Certificate,
  drawTableNoise,
  isReleaseSigned,
  makeRelease,
  openSignedRelease,
  parseRelease,
  type Release,
  releaseBytes,
  releaseDigest,
  type ReleasedCell,
  type ReleasedNumber,
  ReleaseError,
  type ReleaseErrorCode,
  releaseJson,
  type ReleaseParts,
  type ReleaseSignature,
  signRelease,
} from './release/index.ts'
