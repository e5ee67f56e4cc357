export { LogError } from './log-error.ts'
export type { LogErrorCode } from './log-error.ts'
export { checkDistinct, parseVerifierKey, parseVerifierKeys, sameKey } from './verifier-key.ts'
export type { KeyType, VerifierKey } from './verifier-key.ts'
export { parseNote } from './note.ts'
export type { Note, NoteSignature } from './note.ts'
export { openCheckpoint, openNote } from './open-note.ts'
export type { CheckpointKeys, OpenedCheckpoint, OpenedNote } from './open-note.ts'
export { parseCheckpoint } from './checkpoint.ts'
export type { Checkpoint } from './checkpoint.ts'
export type { Cosignature, MlDsa44, SignatureAlgorithms } from './cosignature.ts'
export { verifyConsistency, verifyInclusion } from './proof.ts'
export type { ConsistencyClaim, InclusionClaim } from './proof.ts'
export { emptyRoot, entryHash, rootOfEntries, treeHasher } from './tree-hasher.ts'
export type { HashedTree, Sha256, TreeHasher } from './tree-hasher.ts'
export { parsePolicy, quorumMet } from './policy.ts'
export type { Policy, PolicyParty, QuorumRule } from './policy.ts'
export { belongsTo, canBeMet, organisationOf, policyWithout, quorumTime } from './uninvolved.ts'
export { openedCheckpoints } from './opened-checkpoints.ts'
export type { OpenedCheckpoints } from './opened-checkpoints.ts'
export { parseTlogProof, verifyReceipt } from './receipt.ts'
export type { ReceiptClaim, ReceiptFault, ReceiptVerdict, TlogProof } from './receipt.ts'
export { openEntry, parseLeaf, parsePublishedOpening } from './opening.ts'
export type {
  EntryClass,
  EntryOpening,
  Leaf,
  OpenedEntry,
  OpeningFault,
  PublishedOpening,
} from './opening.ts'
export { parseDecimal } from './decimal.ts'
export { parseResourcePath, resourcePath, TILE_WIDTH } from './resource-path.ts'
export type { Resource } from './resource-path.ts'
export { readBundle } from './bundle.ts'
export type { BundleItem } from './bundle.ts'
export type { LogSource } from './log-source.ts'
export { verifyLog } from './audit/verify-log.ts'
export type { RecordHistory } from './audit/record-history.ts'
export type { LogReport, VerifyLogOptions } from './audit/verify-log.ts'
export type { HeadRules } from './audit/head.ts'
export { describeProblem } from './audit/log-problem.ts'
export type { LogProblem, ProblemCode } from './audit/log-problem.ts'
export { entryJudge, judgeHead } from './subject/entry-judge.ts'
export type { EntryFault, EntryJudge, JudgedEntry, JudgeKeys } from './subject/entry-judge.ts'
export { readClosedEpoch } from './subject/epoch-record.ts'
export type { ClosedEpoch } from './subject/epoch-record.ts'
export { provesInMap } from './subject/map-proof.ts'
export type { MapClaim } from './subject/map-proof.ts'
export { parseSubjectFile, subjectChainSchema, subjectFileSchema } from './subject/subject-file.ts'
export type {
  ChainLink,
  MapEvidence,
  ProvenEntry,
  SealedFacts,
  SubjectChain,
  SubjectFile,
} from './subject/subject-file.ts'
export { chainChecks, verifySubjectChain } from './subject/verify-subject-chain.ts'
export type {
  ChainChecks,
  ChainFault,
  ChainProblem,
  WholeChain,
} from './subject/verify-subject-chain.ts'
export {
  describeSubjectProblem,
  policyWithKeys,
  verifySubjectFile,
} from './subject/verify-subject-file.ts'
export type { SubjectVerdict } from './subject/verify-subject-file.ts'
export { askWitnesses } from './monitor/ask-witnesses.ts'
export type { WitnessQuestions } from './monitor/ask-witnesses.ts'
export { monitorRound } from './monitor/monitor-round.ts'
export type { HeldLog, MonitorRound, MonitorRules } from './monitor/monitor-round.ts'
export type { EvidenceNote, MonitorCode, MonitorFinding } from './monitor/monitor-finding.ts'
