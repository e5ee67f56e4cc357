export { verifyVrf, VRF_PROOF_BYTES, vrfKey } from './ecvrf.ts'
export type { FastEdwards, VrfKey } from './ecvrf.ts'
export { hmacSha256, sha256, sha256Each, sha512, useDigests } from './digest.ts'
export type { Digests } from './digest.ts'
export { checkSeed, isStrictEncoding } from './ed25519.ts'
export type { Ed25519 } from './ed25519.ts'
export type { MlDsa44Signing } from './ml-dsa44.ts'
export { nobleEd25519 } from './noble-ed25519.ts'
export { fieldBytesHasher, fieldHasher } from './hash-to-field.ts'
export { UniformDraws } from './uniform-draws.ts'
export {
  bytesOf,
  curveSquare,
  edwardsToU,
  FIELD_ORDER,
  fieldPower,
  gatherMaskedRows,
  GROUP_ORDER,
  identifierTag,
  liftU,
  maskBatchCeiling,
  maskTokens,
  nobleJoinGroup,
  numberOf,
  openSlot,
  packedAt,
  packedCount,
  POINT_BYTES,
  reduced,
  rowLeaf,
  rowLeaves,
  rowSalt,
  signOfX,
  uToEdwards,
  slotStride,
  joinTierNames,
} from './join/index.ts'
export type {
  EdwardsGroup,
  GroupTokens,
  JoinGroup,
  MaskDeps,
  MaskedBatch,
  MaskedRows,
  MaskingRun,
  MaskRequest,
  RowEntry,
  JoinTierName,
} from './join/index.ts'
