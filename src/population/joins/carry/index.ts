export { deliverMessage } from './deliver-message.ts'
export { type ArrivingMessage, JoinRunner } from './join-runner.ts'
export type { BeginRun } from './join-run.ts'
export type { MessagePlace } from './receive-message.ts'
