export { drawDummies } from './draw-dummies.ts'
export { dummyDelta, type DummyLaw, dummyProbabilities, smallestTau } from './dummy-law.ts'
export { joinInterval } from './join-interval.ts'
