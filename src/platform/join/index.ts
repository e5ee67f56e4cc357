export { bestJoinGroup, joinGroupOf, joinTiers } from './best-join-group.ts'
export { carryOut } from './threads/carry-out.ts'
export type { GroupOperation, GroupOrder } from './threads/group-order.ts'
export type { JoinTier } from './join-tier.ts'
export {
  type StartThread,
  type ThreadedJoinGroup,
  threadedJoinGroup,
} from './threads/threaded-join-group.ts'
export { sodiumJoinGroup } from './sodium-join-group.ts'
