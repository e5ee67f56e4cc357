export { cloisonClient } from './cloison-client.ts'
export type { CloisonClient } from './cloison-client.ts'
export { CloisonProblem } from './send-json.ts'
export type { ClientOptions, FetchLike } from './send-json.ts'
export type { AskOutcome, AskRequest, ConsentStanding, ConsentWish, Problem } from './api-types.ts'
export { statisticsClient } from './statistics-client.ts'
export type {
  EndedJoin,
  JoinRunOptions,
  RunOptions,
  StatisticsClient,
} from './statistics-client.ts'
export type {
  JoinClientPreview,
  JoinClientProof,
  JoinClientRelease,
  JoinOutcome,
  JoinQuery,
  JoinRefused,
  JoinRequest,
  JoinSideQuery,
} from './join-types.ts'
export type {
  StatisticsMeasure,
  StatisticsOutcome,
  StatisticsPending,
  StatisticsPreview,
  StatisticsQuery,
  StatisticsRelease,
  StatisticsRequest,
} from './statistics-types.ts'
