import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandomness } from '../../platform/index.ts'
import { type NoiseLaw, noiseSampler, ratio } from '../../population/index.ts'
import { type BenchReport, figure } from '../bench-report.ts'
import { fsyncLatencyMs } from '../fsync-latency.ts'
import { describeCpu } from '../machine.ts'
import type { Tell } from '../person-bench.ts'

/** How the samplers are measured. */
export interface NoiseBenchOptions {
  readonly rounds: number
  /** Draws of each law in a round. */
  readonly draws: number
}

const laws: readonly { readonly what: string; readonly law: NoiseLaw }[] = [
  {
    what: 'discrete Laplace, scale 1',
    law: { kind: 'discrete-laplace', scale: ratio(1, 1) },
  },
  {
    what: 'discrete Laplace, scale 10',
    law: { kind: 'discrete-laplace', scale: ratio(10, 1) },
  },
  {
    what: 'discrete Laplace, epsilon 0.37',
    law: { kind: 'discrete-laplace', scale: ratio(100, 37) },
  },
  {
    what: 'discrete Gaussian, variance 1',
    law: { kind: 'discrete-gaussian', variance: ratio(1, 1) },
  },
  {
    what: 'discrete Gaussian, variance 100',
    law: { kind: 'discrete-gaussian', variance: ratio(100, 1) },
  },
  {
    what: 'discrete Gaussian, epsilon 0.5 and delta 10^-6',
    law: { kind: 'discrete-gaussian', variance: ratio(500_000, 6_637) },
  },
]

/** Draws a second of processor time: what a core gives, whatever else runs on it. */
function drawRound(law: NoiseLaw, draws: number): number {
  const draw = noiseSampler(law, systemRandomness)
  const before = process.cpuUsage()
  for (let one = 0; one < draws; one += 1) draw()
  const { user, system } = process.cpuUsage(before)
  return draws / ((user + system) / 1_000_000)
}

/** Measures the exact samplers with the operating system's generator, in turns, after one round that is not counted. */
export function runNoiseBench({ rounds, draws }: NoiseBenchOptions, tell: Tell): BenchReport {
  const runs = laws.map((): number[] => [])
  for (let round = 0; round <= rounds; round += 1) {
    tell(round === 0 ? 'warming up' : `round ${round} of ${rounds}`)
    for (const [at, { law }] of laws.entries()) {
      const rate = drawRound(law, draws)
      if (round > 0) runs[at]?.push(rate)
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'cloison-bench-'))
  const fsyncMs = fsyncLatencyMs(folder)
  rmSync(folder, { recursive: true, force: true })
  return {
    name: 'exact draws a second of one core',
    figures: laws.map(({ what }, at) => figure(what, '1/s', runs[at] ?? [])),
    fsyncMs,
    cpu: describeCpu(),
    node: process.version,
  }
}
