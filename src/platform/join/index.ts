export { sodiumJoinGroup } from './sodium-join-group.ts'
