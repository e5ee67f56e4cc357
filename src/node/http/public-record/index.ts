export { addPublicRecord } from './record-routes.ts'
export type { PublicCountsDeps, PublicRecordDeps } from './record-routes.ts'
export {
  agreementsInForceSchema,
  publicBudgetsSchema,
  publicCountsSchema,
} from './record-schema.ts'
export { sharedSeconds } from './shared-answer.ts'
