export {
  type Auditing,
  type Drawn,
  type GivingUp,
  type RunLeg,
  runLegs,
  type JoinMachine,
  type KeptMessage,
  type Outgoing,
  type Processed,
  type OpenedCount,
  type RunBeginning,
  type RunStanding,
} from './join-machine.ts'
export type { JoinRuns, RunFiles, RunFileWriter } from './run-files.ts'
export { RunSteps, type RunStepsDeps } from './run-steps.ts'
