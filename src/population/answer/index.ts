export type {
  AskingOrganisation,
  KnownPopulationAgreement,
  PopulationDeps,
  PopulationWriter,
} from './population-deps.ts'
export { PopulationAnswerer } from './population-answerer.ts'
export { standingRefusal } from './standing-refusal.ts'
export { snapshotBeginMs, snapshotOf } from './snapshot.ts'
export { NonceMemory } from './nonce-memory.ts'
export { RefusalQuota } from './refusal-quota.ts'
export { problemReply, signedReply } from './signed-reply.ts'
export { type Connection, type VerifiedSender, verifiedSender } from './verified-sender.ts'
