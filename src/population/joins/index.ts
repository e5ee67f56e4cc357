export type { JoinRuns, RunFiles, RunFileWriter } from './run-files.ts'
