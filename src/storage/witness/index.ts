export { memoryWitnessStore } from './memory-witness-store.ts'
export { openWitnessStore } from './sqlite-witness-store.ts'
export type { SqliteWitnessStoreOptions } from './sqlite-witness-store.ts'
