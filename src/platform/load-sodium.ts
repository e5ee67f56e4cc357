import { createRequire } from 'node:module'

/**
 * Loads sodium-native, when this machine has a binary of it. `isGood` looks whether the functions are
 * there that the caller uses.
 */
export function loadSodium<Sodium>(
  isGood: (loaded: unknown) => loaded is Sodium,
): Sodium | undefined {
  try {
    const loaded: unknown = createRequire(import.meta.url)('sodium-native')
    return isGood(loaded) ? loaded : undefined
  } catch {
    return undefined
  }
}
