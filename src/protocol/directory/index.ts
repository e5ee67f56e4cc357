export { directoryKeyId, keyUses, namedUses } from './directory-key.ts'
export type { DirectoryKey, KeySuccession, KeyUse, RevokedKey } from './directory-key.ts'
export {
  directoryRecordSchema,
  isGatewayUrl,
  isLoopbackHost,
  longestValidityMs,
  organisationOfRecord,
  parseDirectoryRecord,
} from './directory-record.ts'
export type { DirectoryRecord } from './directory-record.ts'
export {
  currentKeys,
  defaultDirectoryLocks,
  directoryStanding,
  effectiveRecords,
} from './directory-standing.ts'
export type {
  AcceptedRecord,
  DirectoryLocks,
  DirectoryStanding,
  KeyStanding,
} from './directory-standing.ts'
export { keysAt, type PastKey } from './keys-at.ts'
export { judgeDirectoryRecord } from './judge-directory-record.ts'
export type {
  DirectoryJudgement,
  DirectoryRefusal,
  DirectoryVerdict,
} from './judge-directory-record.ts'
export { isRecoveryGood, recoveryMessage, signRecovery } from './root-recovery.ts'
export type {
  RecoveryStatement,
  RecoverySubject,
  RecoveryVerifiers,
  RootRecovery,
} from './root-recovery.ts'
export { rootFingerprint } from './root-fingerprint.ts'
export {
  directoryDigest,
  isSignedByItsRoot,
  isSuccessor,
  signDirectoryRecord,
  signSuccession,
} from './sign-directory.ts'
export type { UnsignedDirectoryRecord } from './sign-directory.ts'
