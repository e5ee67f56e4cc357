export { type Carried, carry, deliver, type JoinRun, runJoin, type RunTerms } from './run-join.ts'
export {
  memoryOfJoins,
  numbersFrom,
  people,
  sampleDeps,
  samplePlan,
  samplePlanOf,
  testGroup,
} from './sample-join.ts'
