import type { Ed25519 } from '../../src/crypto/index.ts'
import { aesGcm, bestEd25519 } from '../../src/platform/index.ts'
import {
  type Seams,
  simulate,
  type SimulationOptions,
  type SimulationReport,
} from '../../src/testing/simulation/index.ts'
import type { Faults } from '../../src/testing/simulator/index.ts'
import { matrixBugs, plantedBugs } from './planted-bugs.ts'

/** What a run of a seed may differ in. */
export interface RunOptions {
  /** Title of a planted bug. */
  readonly bug?: string | undefined
  readonly onTrace?: (line: string) => void
  /** Faults instead of those that the seed draws. */
  readonly faults?: Faults
  /** Put between the provider's code and its ports, before what a planted bug puts there. */
  readonly seams?: Seams
}

/**
 * The same verdicts, each computed once: nodes and oracles verify the same signatures many times, and
 * a signature says the same every time.
 */
function remembering(algorithm: Ed25519): Ed25519 {
  const verdicts = new Map<string, boolean>()
  return {
    publicKey: (seed) => algorithm.publicKey(seed),
    sign: (message, seed) => algorithm.sign(message, seed),
    verify(signature, message, publicKey) {
      const claim = Buffer.concat([publicKey, signature, message]).toString('latin1')
      const known = verdicts.get(claim)
      if (known !== undefined) return known
      const verdict = algorithm.verify(signature, message, publicKey)
      verdicts.set(claim, verdict)
      return verdict
    },
  }
}

/** The real algorithms, and the event loop's own turns. */
export function realParts(): Pick<SimulationOptions, 'nextTurn' | 'ed25519' | 'aead'> {
  return {
    nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
    ed25519: remembering(bestEd25519()),
    aead: aesGcm,
  }
}

/** Runs one seed with the real algorithms, as it is or with a planted bug. */
export function runSeed(
  seed: number,
  { bug, onTrace, faults, seams = {} }: RunOptions = {},
): Promise<SimulationReport> {
  const planted = [...plantedBugs, ...matrixBugs].find(({ title }) => title === bug)
  if (bug !== undefined && planted === undefined) throw new RangeError(`no bug is titled "${bug}"`)
  return simulate({
    seed: String(seed),
    ...realParts(),
    seams: {
      tax: seams,
      ...(planted === undefined ? {} : { [planted.in]: { ...seams, ...planted.seams() } }),
    },
    ...(faults === undefined ? {} : { faults }),
    ...(onTrace === undefined ? {} : { onTrace }),
  })
}
