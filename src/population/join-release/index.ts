export {
  type JoinCertificate,
  type JoinNotCovered,
  joinNotCoveredKinds,
  type PlanSignature,
} from './join-certificate.ts'
export { type JoinNumber } from './join-numbers.ts'
export {
  asJoinRelease,
  type JoinRelease,
  joinReleaseBytes,
  joinReleaseJson,
  parseJoinRelease,
} from './join-release.ts'
export { quantileNoise } from './quantile-noise.ts'
export { joinReleaseDigest } from './join-release-digest.ts'
export { type JoinReleaseParts, type JoinTables, makeJoinRelease } from './make-join-release.ts'
