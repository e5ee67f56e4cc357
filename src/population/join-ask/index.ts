export { type DraftJoin, joinExample, readDraftJoin } from './draft-join.ts'
export { draftJoinJson } from './draft-join-json.ts'
export {
  type JoinAsked,
  JoinDesk,
  type JoinHolderReport,
  type JoinOffer,
  type JoinPair,
  type JoinPreviewReport,
} from './join-desk.ts'
export type {
  AskableJoin,
  AskableSide,
  JoinBegun,
  JoinDeskDeps,
  JoinLeg,
  JoinCarrier,
  JoinStanding,
} from './join-desk-deps.ts'
export {
  type JoinListed,
  joinListedJson,
  type JoinProgress,
  type JoinView,
  joinViewJson,
} from './join-view.ts'
export type { JoinStop } from './join-stop.ts'
export {
  joinProofSchema,
  joinStopSchema,
  readJoinAsked,
  readJoinList,
  readJoinOffer,
  readJoinPreview,
  readJoinView,
} from './read-join-answers.ts'
