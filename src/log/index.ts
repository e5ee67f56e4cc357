export { EXCHANGE_KINDS, exchangeRecordSchema, governanceRecordSchema } from './entry/index.ts'
export type {
  AgreementCitation,
  ExchangeKind,
  ExchangeRecord,
  GovernanceRecord,
} from './entry/index.ts'
export type { CommittedProofs } from './batch-proofs.ts'
export { epochMapBuilder } from './epoch/index.ts'
export type {
  EpochMap,
  EpochMapBuilder,
  MapBlinding,
  MapContext,
  MapHead,
  MapProof,
} from './epoch/index.ts'
export { groupCommit } from './group-commit.ts'
export type { GroupCommit } from './group-commit.ts'
export { closeLog } from './close-log.ts'
export type { ClosedLog, Successor } from './close-log.ts'
export { commitmentText, logWriter } from './log-writer.ts'
export type {
  BatchContext,
  LogStart,
  LogWriter,
  LogWriterDeps,
  Preparation,
  Prepare,
  PreparedEntry,
  RootAudit,
  SealedEntry,
} from './log-writer.ts'
export { civilDate, daysFromCivil } from './civil-date.ts'
export type { CivilDate } from './civil-date.ts'
export { monthOf, monthStartMs, parseMonth } from './record-keys.ts'
export type { RecordKeys, RecordMonth, WritableRecordKeys } from './record-keys.ts'
export { requireSealingKey, sealingKey } from './sealing-key.ts'
export { logTime } from './log-time.ts'
export { entryPayload, readEntry, readPublicEntry, receiptUnder } from './read-entry.ts'
export type { ReadEntry, Unseal } from './read-entry.ts'
export { bystanderMarks } from './entry-marks.ts'
export type { EntryMarks } from './entry-marks.ts'
export type { EntryPayload } from './entry-payload.ts'
export { createLog, startLog } from './start-log.ts'
export type { CreateLogDeps, StartLogDeps } from './start-log.ts'
export { LogError } from './log-error.ts'
export type { LogErrorCode } from './log-error.ts'
export {
  chainLink,
  exchangeEntry,
  governanceOpening,
  LEAF_BYTES,
  LEAF_CLASSES,
  LEAF_VERSION,
  makeEntry,
} from './make-entry.ts'
export type { ChainPlace, LogEntry } from './make-entry.ts'
export {
  appendSignatures,
  checkKeyName,
  cosign,
  cosignTree,
  formatCheckpoint,
  formatSignatureLine,
  formatTlogProof,
  formatVerifierKey,
  noteKeyId,
  readOwnCheckpoint,
  SIGNATURE_TYPES,
  signerOf,
  signTree,
  signNote,
} from './note/index.ts'
export type {
  Cosigner,
  NoteSignature,
  NoteSigner,
  SignatureType,
  TlogProof,
  TreeHead,
} from './note/index.ts'
export type {
  EntryPlace,
  EntryRow,
  HeadStore,
  LogReader,
  LogsReader,
  LogTransaction,
  StateStore,
  StoredHead,
  StoredTile,
} from './state-store.ts'
export {
  appendLeaves,
  batchNodeReader,
  bundleOfEntry,
  bundlePath,
  consistencyProof,
  edgeTiles,
  emptyRoot,
  emptyTree,
  encodeBundle,
  inclusionProof,
  leafHash,
  loadTree,
  newResources,
  nodeHash,
  proverFor,
  resourcesOf,
  rootHash,
  storedTiles,
  tileCache,
  tileLevels,
  tileNodeReader,
  tilePath,
} from './tree/index.ts'
export type {
  Appended,
  BundleId,
  LogTree,
  NodeId,
  NodeReader,
  NodeRun,
  ParsedTile,
  Prover,
  ReadTile,
  Resources,
  StoredLog,
  Tile,
  TileCache,
  TileId,
  TileLevel,
} from './tree/index.ts'
export {
  addCheckpoint,
  CHECKPOINT_PATH,
  cosignatureCollector,
  formatAddCheckpoint,
  logPublisher,
  onePerSigner,
  openingPath,
  partialCollector,
  publishableLog,
  sizeBefore,
} from './publish/index.ts'
export type {
  AddCheckpoint,
  CosignatureCollector,
  CosignatureDeps,
  Cosignatures,
  GovernanceOpening,
  PartialCollector,
  PartialCollectorDeps,
  Publication,
  PublishedMemory,
  PublishableLog,
  Publisher,
  PublisherDeps,
  Witness,
  WitnessOutcome,
  WitnessReply,
} from './publish/index.ts'
