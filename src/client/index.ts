export { cloisonClient, CloisonProblem } from './cloison-client.ts'
export type { ClientOptions, CloisonClient, FetchLike } from './cloison-client.ts'
export type { AskOutcome, AskRequest, ConsentStanding, ConsentWish, Problem } from './api-types.ts'
