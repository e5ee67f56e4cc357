import type { Ed25519 } from '../crypto/index.ts'
import { nodeEd25519 } from './node-ed25519.ts'
import { sodiumEd25519 } from './sodium-ed25519.ts'

/** The fastest Ed25519 of this machine: libsodium where it loads, else OpenSSL. Same verdicts. */
export function bestEd25519(): Ed25519 {
  return sodiumEd25519() ?? nodeEd25519
}
