export { registerPlan } from './register-plan.ts'
export { addNoise, drawTableNoise, type ReleasedCell, type TableNoise } from './noisy-table.ts'
export { decimalText, floorRatio } from './decimal.ts'
export { type Estimate, meanOf, type Noisy, varianceOf } from './quotients.ts'
export { quantileInterval, type QuantileNoise } from './quantile-interval.ts'
export { type QuantileBucket, quantilesOf } from './quantiles.ts'
export {
  type Certificate,
  type CertifiedBounds,
  type LegalLine,
  legalLineOf,
  legalLines,
  type NotCovered,
  notCoveredKinds,
} from './certificate.ts'
export {
  asRelease,
  mostReleaseBytes,
  parseRelease,
  type Release,
  type ReleasedNumber,
  releaseBytes,
  releaseJson,
} from './release.ts'
export { dimensionsOf } from './check-release.ts'
export { makeRelease, type ReleaseParts } from './make-release.ts'
export { ReleaseError, type ReleaseErrorCode } from './release-error.ts'
export {
  isReleaseSigned,
  openSignedRelease,
  releaseDigest,
  type ReleaseSignature,
  signRelease,
} from './sign-release.ts'
