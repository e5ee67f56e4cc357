export {
  folderOf,
  naiveConsistency,
  naiveInclusion,
  naiveLog,
  naiveRoot,
  NAIVE_OPTIONS,
  NAIVE_POLICY,
  ORIGIN,
  publish,
  signedCheckpoint,
} from './naive-log.ts'
export type { NaiveAct, NaiveLog } from './naive-log.ts'
