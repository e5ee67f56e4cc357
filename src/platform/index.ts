export { aesCtr } from './aes-ctr.ts'
export { aesGcm } from './aes-gcm.ts'
export { bestEd25519 } from './best-ed25519.ts'
export { collectGarbage } from './collect-garbage.ts'
export { folderFiles, sweepTemporaries } from './folder-files.ts'
export { nativeDigests } from './native-digests.ts'
export {
  bestJoinGroup,
  joinGroupOf,
  joinTiers,
  carryOut,
  type GroupOperation,
  type GroupOrder,
  sodiumJoinGroup,
  type StartThread,
  type ThreadedJoinGroup,
  threadedJoinGroup,
} from './join/index.ts'
export type { JoinTier } from './join/index.ts'
export { nodeEd25519 } from './node-ed25519.ts'
export { nodeMlDsa44 } from './node-ml-dsa44.ts'
export { PlatformError } from './platform-error.ts'
export type { PlatformErrorCode } from './platform-error.ts'
export { runningSha256 } from './running-sha256.ts'
export { sodiumEd25519 } from './sodium-ed25519.ts'
export { sodiumEdwards } from './sodium-edwards.ts'
export { sodiumSealedBox } from './sodium-sealed-box.ts'
export { systemClock } from './system-clock.ts'
export { systemRandomness } from './system-randomness.ts'
export { systemTimers } from './system-timers.ts'
export { claimPort, claimPorts } from './claim-ports.ts'
export { certificateDays, makeCertificate } from './make-certificate.ts'
export type { MadeCertificate } from './make-certificate.ts'
export { certificatePin, spkiPin } from './pinned-connector.ts'
export type { OwnCertificate } from './pinned-connector.ts'
export { undiciHttpClient } from './undici-http-client.ts'
export type { PinnedServer, Pins } from './pinned-server.ts'
export type { HttpTrust } from './undici-http-client.ts'
