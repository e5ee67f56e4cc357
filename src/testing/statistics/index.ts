export { deviationOfFit } from './goodness-of-fit.ts'
export type { FitCell } from './goodness-of-fit.ts'
