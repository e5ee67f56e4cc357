export type {
  AnsweringRegister,
  Register,
  RegisterValue,
  Row,
  SubjectIdentifier,
} from './register.ts'
export { RegisterError } from './register-error.ts'
export type { RegisterErrorCode } from './register-error.ts'
export {
  elementOf,
  parseRegisterDescription,
  registerDescriptionSchema,
} from './register-description.ts'
export type {
  DataCategory,
  Domain,
  DomainKey,
  ElementDescription,
  ElementType,
  RegisterDescription,
} from './register-description.ts'
export {
  bucketCeiling,
  cellCeiling,
  closedQueryPlanSchema,
  fillCells,
  layOutCells,
  middleOf,
  numbersOf,
} from './closed-query-plan.ts'
export type {
  Bounded,
  Cell,
  CellKeys,
  CellTable,
  ClosedQueryPlan,
  Measure,
} from './closed-query-plan.ts'
export { checkMaskPlan, levelCeiling, maskPlanSchema } from './mask-plan.ts'
export type { MaskMeasure, MaskPart, MaskPlan } from './mask-plan.ts'
export { openRegister } from './connectors/open-register.ts'
export type { OpenRegister, RegisterPlace, RegisterSettings } from './connectors/open-register.ts'
export { forkConnector, forkMaskingBy } from './connectors/fork-connector.ts'
export type { MaskingCrew } from './connectors/masking/masking-crew.ts'
export type {
  ConnectorListener,
  ConnectorProcess,
  SpawnConnector,
} from './connectors/fork-connector.ts'
export { joinsSql, registerSql } from './connectors/postgres/register-sql.ts'
export type { RegisterSqlNames } from './connectors/postgres/register-sql.ts'
export { inspectPostgres } from './connectors/postgres/postgres-register.ts'
export { inspectPostgresJoins } from './connectors/postgres/postgres-joins.ts'
export type { PostgresInspection, PostgresPlace } from './connectors/postgres/postgres-register.ts'
export type { RoleFinding, RoleFindingCode } from './connectors/postgres/role-findings.ts'
export { openCaseSource } from './connectors/cases/open-case-source.ts'
export type {
  CaseIssuer,
  CasePlace,
  CaseReply,
  CaseSourceSettings,
  OpenCaseSource,
} from './connectors/cases/open-case-source.ts'
export { parseCaseDescription } from './connectors/cases/case-description.ts'
export type { CaseDescription } from './connectors/cases/case-description.ts'
export { vouchClaimSchema } from './connectors/cases/case-messages.ts'
export type { VouchClaim } from './connectors/cases/case-messages.ts'
export type { CaseRefusal } from './connectors/cases/case-book.ts'
export { caseSql } from './connectors/cases/case-sql.ts'
export { inspectPostgresCases } from './connectors/cases/postgres-case-book.ts'
