export {
  type AuditableList,
  AuditableRuns,
  auditableRunsPath,
  type AuditBegun,
  type AuditDesk,
  type AuditedMessage,
  type AuditOrder,
  type AuditRefusalCode,
  auditRefusalCodes,
  type AuditView,
  JoinAuditor,
  mostRunsRequestBytes,
  runsAnswerSchema,
  runsRequestSchema,
  type SeenRun,
} from './audit/index.ts'
export { type ArrivingMessage, JoinRunner } from './carry/index.ts'
export { runBeginner, JoinAnswerer } from './hold/index.ts'
export type { JoinContext, JoinPeer, KnownJoinAgreement } from './join-context.ts'
export {
  beginningAnswerSchema,
  beginningSchema,
  joinBeginPath,
  joinProposalPath,
  joinReceiptSchema,
  mostPlanMessageBytes,
  proposalAnswerSchema,
  proposalSchema,
} from './messages/index.ts'
export {
  type Auditing,
  type JoinMachine,
  type JoinRuns,
  type RunFiles,
  type RunFileWriter,
  type RunLeg,
  runLegs,
  RunSteps,
  type RunStepsDeps,
} from './run/index.ts'
export { JoinTally } from './tally/index.ts'
