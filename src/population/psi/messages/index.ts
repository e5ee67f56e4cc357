export {
  type Audited,
  auditedSchema,
  type AuditOpening,
  type AuditRequest,
  auditSchema,
  type Evidence,
  evidenceSchema,
  mostDummies,
  type OpenedDummy,
  type OpenedInput,
  openingSchema,
} from './audit-messages.ts'
export {
  type Abort,
  abortSchema,
  type Challenge,
  challengeSchema,
  type Commit,
  commitSchema,
  type JoinResult,
  type JoinTable,
  type ListNotice,
  listNoticeSchema,
  type Opening,
  type Openings,
  openingsSchema,
  resultSchema,
} from './control-messages.ts'
export { jsonKind, mostMessageBytes, readMessage, writeMessage } from './json-message.ts'
export { emptyList, listKind, type ListHead, pointsOf, readList, writeList } from './point-list.ts'
