export {
  beginInspector,
  type InspectorDeps,
  inspectorDueMs,
  inspectorOutbox,
  inspectorReceives,
  inspectorWaits,
} from './audit/inspector-receives.ts'
export type { InspectorState } from './audit/inspector-state.ts'
export {
  type AuditedParty,
  isAuditHeld,
  isDrawHeld,
  type JoinFinding,
  type PartyFinding,
  readFinding,
} from './audit/join-finding.ts'
export {
  type AuditDeps,
  type AuditEvidence,
  type AuditFinding,
  drawAudit,
  judgeAudit,
} from './audit/judge-audit.ts'
export {
  isJoinFault,
  isStateDamaged,
  JoinError,
  type JoinErrorCode,
  type JoinFaultCode,
} from './join-error.ts'
export {
  drawDummies,
  type DummyLaw,
  dummyProbabilities,
  joinInterval,
  smallestTau,
} from './law/index.ts'
export {
  asJoinPlan,
  bucketCount,
  groupCount,
  type JoinHolder,
  type JoinPlan,
  joinPlanBytes,
  joinPlanJson,
  type JoinPart,
  type JoinPlanContent,
  type JoinStat,
  lawOfPart,
  type Padding,
  paddingLaws,
  partNames,
  partsOf,
  peerOf,
  planCost,
  planHash,
  productOfKeys,
  readJoinPlan,
  type Side,
  sides,
  tausOf,
  slotCount,
} from './plan/index.ts'
export { openedCount } from './audit/answer-audit.ts'
export { abortBytes, readAbort } from './steps/abort.ts'
export { beginHolder, type HolderBeginning, type HolderStep } from './steps/begin-holder.ts'
export { readResult } from './steps/check-result.ts'
export { destroyHolder, destroyTally } from './steps/destroy.ts'
export { drawHolderNoise, type HolderNoise } from './steps/draw-noise.ts'
export { type GivenUpCode, giveUpHolder, giveUpTally, givenUpBytes } from './steps/give-up.ts'
export { holderOutbox, holderReceives } from './steps/holder-receives.ts'
export {
  type HolderKeys,
  holderKeys,
  type HolderState,
  holderWaitsFor,
} from './steps/holder-state.ts'
export type { JoinDeps, JoinMemory, JoinParty, Received, Sent, Stopped } from './steps/join-step.ts'
export {
  holderStateParts,
  inspectorStateParts,
  listsOfHead,
  readHolderState,
  readInspectorState,
  readTallyState,
  type StateParts,
  tallyStateParts,
} from './steps/state-parts.ts'
export { beginTally, tallyOutbox, tallyReceives, type TallyStep } from './steps/tally-receives.ts'
export type { TallyState } from './steps/tally-state.ts'
export { tableBytes } from './steps/tally-table.ts'
export { mostDummies } from './messages/index.ts'
export { messageKind } from './steps/message-kind.ts'
export { readCommit } from './steps/take-commit.ts'
export type { Commit, JoinResult, JoinTable } from './messages/index.ts'
