export { openRecordKeys, openWritableRecordKeys } from './record-key-folder.ts'
export type { CachedRecordKeys, RecordKeyFolder } from './record-key-folder.ts'
