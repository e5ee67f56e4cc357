export { addAdministration } from './administration-routes.ts'
export type {
  AdministrationDeps,
  ShownJob,
  ShownKey,
  ShownKeyFile,
  ShownLog,
  ShownPeer,
  ShownStorage,
  ShownStore,
} from './administration-routes.ts'
export { addOffice } from './office-routes.ts'
export type { OfficeRouteDeps } from './office-routes.ts'
export { listInForce } from './list-agreements.ts'
export type { PublicAgreementDeps } from './list-agreements.ts'
export { listBudgets } from './list-budgets.ts'
export type { BudgetListDeps } from './list-budgets.ts'
