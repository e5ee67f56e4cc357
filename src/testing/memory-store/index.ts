export { memoryCapUse, memoryCharge } from './memory-caps.ts'
export {
  memoryDisk,
  memoryHeadStore,
  memoryReader,
  memoryStateStore,
} from './memory-state-store.ts'
export type { MemoryDisk } from './memory-state-store.ts'
export { copyTables, emptyTables, pairKey } from './memory-tables.ts'
export type { MemoryTables } from './memory-tables.ts'
export { directCall } from './port-call.ts'
export type { PortCall } from './port-call.ts'
