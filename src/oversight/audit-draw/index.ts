export { drawCommitment, drawSeed } from './draw-seed.ts'
export type { DrawTerms } from './draw-seed.ts'
export { DrawLogChanged, readDrawLog } from './read-draw-log.ts'
export type { DrawTrust } from './read-draw-log.ts'
export { sampleEntries } from './sample-entries.ts'
export { verifyDraws } from './verify-draw.ts'
export type {
  DrawFault,
  DrawLog,
  DrawVerdict,
  JudgedCheckpoint,
  PublicEntry,
} from './verify-draw.ts'
