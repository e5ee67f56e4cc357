export { JoinTally } from './join-tally.ts'
