export { type DraftJoin, joinExample, readDraftJoin } from './draft-join.ts'
export {
  type JoinAsked,
  JoinDesk,
  type JoinHolderReport,
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
export { type JoinProgress, type JoinView, joinViewJson } from './join-view.ts'
