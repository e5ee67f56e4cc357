import { createHash } from 'node:crypto'
import type { RunningDigest } from '../ports/index.ts'

/** SHA-256 (FIPS 180-4) of what comes piece by piece; 32 bytes. */
export function runningSha256(): RunningDigest {
  const hash = createHash('sha256')
  return {
    add: (bytes) => void hash.update(bytes),
    digest: () => new Uint8Array(hash.digest()),
  }
}
