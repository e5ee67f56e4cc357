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
