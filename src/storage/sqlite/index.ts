export { StorageError } from './storage-error.ts'
export type { StorageErrorCode } from './storage-error.ts'
export { storeFailure } from './store-failure.ts'
export {
  createHeadStore,
  createStateStore,
  openHeadReader,
  openHeadStore,
  openStateReader,
  openStateStore,
} from './sqlite-state-store.ts'
export type {
  GatewayReader,
  GatewayTransaction,
  SqliteReader,
  SqliteStateStore,
} from './sqlite-state-store.ts'
export { writeTable } from './write-table.ts'
export type { WholeTable } from './write-table.ts'
export { holdWriterLock } from './writer-lock.ts'
export { openPublishedMemory } from './sqlite-published-memory.ts'
