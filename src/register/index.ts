export type { Register, RegisterValue, Row, SubjectIdentifier } from './register.ts'
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
export { cellCeiling, closedQueryPlanSchema, fillCells, layOutCells } from './closed-query-plan.ts'
export type { Cell, CellKeys, CellTable, ClosedQueryPlan, Measure } from './closed-query-plan.ts'
export { openRegister } from './connectors/open-register.ts'
export type { OpenRegister, RegisterPlace, RegisterSettings } from './connectors/open-register.ts'
export { forkConnector } from './connectors/fork-connector.ts'
export type {
  ConnectorListener,
  ConnectorProcess,
  SpawnConnector,
} from './connectors/fork-connector.ts'
export { registerSql } from './connectors/postgres/register-sql.ts'
export type { RegisterSqlNames } from './connectors/postgres/register-sql.ts'
export { inspectPostgres } from './connectors/postgres/postgres-register.ts'
export type { PostgresInspection, PostgresPlace } from './connectors/postgres/postgres-register.ts'
export type { RoleFinding, RoleFindingCode } from './connectors/postgres/role-findings.ts'
