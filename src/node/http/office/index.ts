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
