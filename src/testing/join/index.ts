export {
  type CarryingHouse,
  type CarryingHouseSettings,
  type HouseParty,
  type OnTheWay,
  openCarryingHouse,
} from './carrying-house.ts'
export type { JoinOrganisation } from './join-organisation.ts'
export type { MadeUpRegister, MadeUpRow } from './made-up-register.ts'
export { type Carried, carry, deliver, type JoinRun, runJoin, type RunTerms } from './run-join.ts'
export {
  auditDeps,
  inspectorSecret,
  maskedRows,
  memoryOfJoins,
  numbersFrom,
  people,
  sampleDeps,
  samplePlan,
  samplePlanOf,
  sampleUnitsPlan,
  testGroup,
} from './sample-join.ts'
export {
  sampleBothTerms,
  sampleHomesDescription,
  sampleJoinQuestion,
  sampleTermsOf,
} from './sample-terms.ts'
export {
  partsOfPlan,
  sampleJoinPlan,
  sampleJoinReleaseParts,
  type SampleTruth,
} from './sample-join-release.ts'
export { sampleJoinProof, sampleKeysAt, sampleSignatures, sampleSigner } from './sample-signers.ts'
export { type JoinHouse, type JoinHouseSettings, openJoinHouse } from './join-house.ts'
export { oneCell, sampleJoinRows, sampleJoinTruth } from './sample-people.ts'
export { machineHere } from './join-organisation.ts'
