import { runSeed } from './run-seed.ts'

/**
 * Replays one seed: `node tests/simulation/replay.ts SEED [--trace] [--bug TITLE]`. Ends with 1 when
 * an invariant did not hold.
 */

const [seed = '1', ...flags] = process.argv.slice(2)
const bug = flags.includes('--bug') ? flags[flags.indexOf('--bug') + 1] : undefined
const keep = flags.includes('--trace') ? { onTrace: (line: string) => console.log(line) } : {}
const report = await runSeed(Number(seed), { bug, ...keep })
console.log(report)
if (report.violations.length > 0) process.exitCode = 1
