export { bestJoinGroup, joinTiers } from './best-join-group.ts'
export type { JoinTier } from './best-join-group.ts'
export { sodiumJoinGroup } from './sodium-join-group.ts'
