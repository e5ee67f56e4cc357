export { bestJoinGroup, joinTiers } from './best-join-group.ts'
export type { JoinTier } from './join-tier.ts'
export { type ThreadedJoinGroup, threadedJoinGroup } from './threads/threaded-join-group.ts'
export { sodiumJoinGroup } from './sodium-join-group.ts'
