import type { SignatureAlgorithms } from '../log/verify/index.ts'
import { bestEd25519, nativeDigests, nodeMlDsa44 } from '../platform/index.ts'

/** The algorithms of this Node with which a whole log is verified fastest. */
export function nodeAlgorithms(): SignatureAlgorithms & {
  readonly sha256: (bytes: Uint8Array) => Uint8Array
} {
  return { ed25519: bestEd25519(), mlDsa44: nodeMlDsa44, sha256: nativeDigests.sha256 }
}
