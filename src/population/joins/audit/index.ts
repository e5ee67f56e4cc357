export type { AuditedMessage, AuditView } from './audit-view.ts'
export { AuditableRuns } from './auditable-runs.ts'
export {
  type AuditableList,
  type AuditBegun,
  type AuditDesk,
  type AuditOrder,
  type AuditRefusalCode,
  auditRefusalCodes,
  JoinAuditor,
  type SeenRun,
} from './join-auditor.ts'
export {
  auditableRunsPath,
  mostRunsRequestBytes,
  runsAnswerSchema,
  runsRequestSchema,
} from './runs-message.ts'
