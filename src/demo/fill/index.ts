export { fillDemo } from './fill-demo.ts'
export type { FilledDemo, FillTold, FillWish } from './fill-demo.ts'
export type { FillProgress } from './fill-logs.ts'
