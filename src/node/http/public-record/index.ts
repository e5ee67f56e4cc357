export { addPublicRecord } from './record-routes.ts'
export type { PublicCountsDeps, PublicRecordDeps } from './record-routes.ts'
export { sharedSeconds } from './shared-answer.ts'
