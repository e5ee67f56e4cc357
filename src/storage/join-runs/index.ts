export { type JoinRunFolder, openJoinRuns } from './join-run-folder.ts'
