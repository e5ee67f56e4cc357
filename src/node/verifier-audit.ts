import type { RootAudit } from '../log/index.ts'
import { treeHasher } from '../log/verify/index.ts'

/** The verifier's own computation of a log's root: shares no code with the tree that the writer signs. */
export function verifierAudit(): RootAudit {
  let hasher = treeHasher()
  return {
    begin(size, peaks) {
      hasher = treeHasher({ size, peaks })
    },
    extend(leaves) {
      for (const leaf of leaves) hasher.add(leaf)
      return hasher.root()
    },
  }
}
