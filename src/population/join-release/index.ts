export {
  type JoinCertificate,
  type JoinNotCovered,
  joinNotCoveredKinds,
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
export {
  isJoinRefuted,
  type JoinProof,
  joinProofCodes,
  type JoinProofCode,
  type PlanSigner,
  type ProofGround,
  proveJoinRelease,
  type SignerKey,
  type SignerKeysAt,
  signerStates,
  type SignerState,
  tableStates,
} from './join-proof.ts'
export {
  isPlanSigned,
  type PlanSignature,
  planSignatureSchema,
  type PlanSignatures,
  planSignaturesSchema,
  readPlanSignatures,
  signPlan,
} from './plan-signature.ts'
export { joinReleaseDigest } from './join-release-digest.ts'
export { type JoinReleaseParts, type JoinTables, makeJoinRelease } from './make-join-release.ts'
