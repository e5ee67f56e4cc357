export { partialCollector, sizeBefore } from './collect-partials.ts'
export type { PartialCollector, PartialCollectorDeps } from './collect-partials.ts'
export { cosignatureCollector, onePerSigner } from './cosignatures.ts'
export type {
  CosignatureCollector,
  CosignatureDeps,
  Cosignatures,
  WitnessOutcome,
} from './cosignatures.ts'
export { publishableLog } from './publishable-log.ts'
export type { PublishedMemory } from './published-memory.ts'
export { CHECKPOINT_PATH, logPublisher, openingPath } from './publisher.ts'
export type {
  GovernanceOpening,
  Publication,
  PublishableLog,
  Publisher,
  PublisherDeps,
} from './publisher.ts'
export { addCheckpoint, formatAddCheckpoint } from './witness-client.ts'
export type { AddCheckpoint, Witness, WitnessReply } from './witness-client.ts'
