import type { WitnessedCheckpoint, WitnessStore } from '../../witness/index.ts'

/** A witness's memory that ends with the process: for tests and the simulator, never for a witness. */
export function memoryWitnessStore(): WitnessStore {
  const checkpoints = new Map<string, WitnessedCheckpoint>()
  return {
    latest: (origin) => Promise.resolve(checkpoints.get(origin)),
    swap(origin, previousSize, next) {
      if ((checkpoints.get(origin)?.size ?? 0) !== previousSize) return Promise.resolve('conflict')
      checkpoints.set(origin, next)
      return Promise.resolve('swapped')
    },
  }
}
