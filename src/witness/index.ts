export { groupedStore } from './grouped-store.ts'
export type {
  BatchWitnessStore,
  WitnessedCheckpoint,
  WitnessStore,
  WitnessSwap,
} from './witness-store.ts'
export { WitnessError } from './witness-error.ts'
export type { WitnessErrorCode } from './witness-error.ts'
export { parseAddCheckpoint } from './add-checkpoint-request.ts'
export type { AddCheckpointRequest } from './add-checkpoint-request.ts'
export { addCheckpoint } from './add-checkpoint.ts'
export type { ForkEvidence, WitnessDeps, WitnessReply } from './add-checkpoint.ts'
export { createWitnessApp, monitorPath } from './witness-app.ts'
export type { WitnessLimits } from './witness-app.ts'
export { loadWitnessConfig } from './config.ts'
export type { LoadedWitnessConfig, WitnessConfig } from './config.ts'
export { startWitness } from './start-witness.ts'
export type { RunningWitness } from './start-witness.ts'
