export { registerPlan } from './register-plan.ts'
export { addNoise, drawTableNoise, type ReleasedCell, type TableNoise } from './noisy-table.ts'
export { type Estimate, meanOf, type Noisy, varianceOf } from './quotients.ts'
export { type QuantileBucket, quantilesOf } from './quantiles.ts'
