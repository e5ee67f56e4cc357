export { prepareDraw } from './commit-draw.ts'
export type { DrawCommitted, DrawIntent } from './commit-draw.ts'
export type { DrawReader, DrawRow, DrawTransaction } from './draw-store.ts'
