export type { Attack, Attacker, AttackResult, Trace } from './attack.ts'
export { allAttacks } from './attacks/all-attacks.ts'
export type { AttackRow } from './run-attacks.ts'
export { isHeld, runRedteam } from './run-redteam.ts'
export type {
  AttackedProcess,
  AttacksReport,
  RedteamOptions,
  RedteamReport,
  TellRedteam,
} from './run-redteam.ts'
export { mostAnswers } from './dragnet/most-answers.ts'
export { isWithinCaps, realTable, simulatedTable } from './dragnet/dragnet-table.ts'
export type { DragnetCounts } from './dragnet/dragnet-counts.ts'
export type { DragnetReport } from './dragnet/replay-dragnet.ts'
export { runDragnet } from './dragnet/run-dragnet.ts'
export type { DragnetProcess, RealDragnet, RealDragnetWish } from './dragnet/run-dragnet.ts'
export { simulateDragnet } from './dragnet/simulate-dragnet.ts'
export type { DragnetWish, SimulatedPath } from './dragnet/simulate-dragnet.ts'
export type { Decide } from './dragnet/virtual-provider.ts'
export { attackTable } from './redteam-table.ts'
export { RedteamError } from './redteam-error.ts'
export type { RedteamErrorCode } from './redteam-error.ts'
export type { PublishedVerdict } from './verify-published.ts'
export { startWorld } from './world/start-world.ts'
export type { RedWorld, WorldWish } from './world/start-world.ts'
