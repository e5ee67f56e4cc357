export { prepareOpening } from './commit-opening.ts'
export type { OpeningDeps } from './commit-opening.ts'
export { identityKinds } from './identity-act.ts'
export type {
  IdentityCommitted,
  IdentityIntent,
  IdentityRefusal,
  ShownEntry,
} from './identity-act.ts'
export { IdentityError } from './identity-error.ts'
export type { IdentityErrorCode } from './identity-error.ts'
export { readIdentityRequest, readIdentityShare, requestJson } from './identity-request.ts'
export type { IdentityRequest, IdentityShare } from './identity-request.ts'
export { mostOpenings, openingsWithinMs } from './identity-store.ts'
export type { IdentityReader, IdentityTransaction } from './identity-store.ts'
export { openIdentity, openShare } from './open-identity.ts'
export type { HolderDeps } from './open-identity.ts'
export { sealIdentity } from './seal-identity.ts'
export type { IdentitySealing, SealIdentityDeps } from './seal-identity.ts'
export { sealedIdentitySchema } from './sealed-identity.ts'
export type { SealedIdentity, SealingHolder, SealingHolders } from './sealed-identity.ts'
