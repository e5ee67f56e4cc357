export { prepareRequest } from './commit-request.ts'
export type { RequestCommitDeps } from './request-ground.ts'
export type { RequestAct, RequestCommitted, RequestIntent, RequestRefusal } from './request-act.ts'
export { extendedDueMs, requestDueMs } from './request-clock.ts'
export {
  longestRequestText,
  mostRequests,
  refusalLaws,
  requestEntryKinds,
  requestKinds,
  requestLaws,
} from './request-kinds.ts'
export type { RequestKind, RequestOutcome, RequestState, RequestStep } from './request-kinds.ts'
export { mostRequestsRead } from './request-store.ts'
export type {
  CorrectionNoticeRow,
  CorrectionRow,
  NoticeState,
  RequestReader,
  RequestRow,
  RequestStepRow,
  RequestTransaction,
} from './request-store.ts'
export {
  openStep,
  requestAboutSchema,
  requestDigest,
  requestElementsSchema,
  requestTextSchema,
  stepSchemas,
} from './request-text.ts'
export type {
  DecidedText,
  ExtendedText,
  FiledText,
  OpenedStep,
  RequestSealing,
} from './request-text.ts'
export { personRequestJson, requestsOfPerson, showRequest } from './show-request.ts'
export type { ShowRequestDeps, ShownRequest, ShownStep } from './show-request.ts'
