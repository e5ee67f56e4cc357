import type { BatchWitnessStore, WitnessedCheckpoint, WitnessSwap } from '../../witness/index.ts'

/** A witness's memory that ends with the process: for tests and the simulator, never for a witness. */
export function memoryWitnessStore(): BatchWitnessStore {
  const checkpoints = new Map<string, WitnessedCheckpoint>()
  function swapOne({ origin, previousSize, next }: WitnessSwap): 'swapped' | 'conflict' {
    if ((checkpoints.get(origin)?.size ?? 0) !== previousSize) return 'conflict'
    checkpoints.set(origin, next)
    return 'swapped'
  }
  return {
    latest: (origin) => Promise.resolve(checkpoints.get(origin)),
    swap: async (origin, previousSize, next) => swapOne({ origin, previousSize, next }),
    swapAll: async (swaps) => swaps.map(swapOne),
  }
}
