import {
  appendLeaves,
  emptyTree,
  formatAddCheckpoint,
  formatCheckpoint,
  formatVerifierKey,
  leafHash,
  proverFor,
  rootHash,
  SIGNATURE_TYPES,
  signNote,
  storedTiles,
  tileNodeReader,
} from '../../log/index.ts'
import { bestEd25519, systemRandomness } from '../../platform/index.ts'

/** What a log asks a witness to cosign. */
export interface Submission {
  /** The body of an add-checkpoint request. */
  readonly body: string
  /** The text that a cosignature of it is over. */
  readonly text: string
}

/** A log with every checkpoint that it submits, in order. */
export interface SubmittingLog {
  readonly vkey: string
  readonly submissions: readonly Submission[]
}

/** Entries that a log grows by between two checkpoints: proofs are as long as real ones soon. */
const growth = 37

interface Step {
  readonly oldSize: number
  readonly size: number
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** The growth of a tree of random entries in `count` steps, with the proof of each. */
async function growthOf(count: number): Promise<readonly Step[]> {
  const leaves = Array.from({ length: count * growth }, () => systemRandomness.bytes(34))
  const whole = appendLeaves(emptyTree(), leaves.map(leafHash))
  const tiles = new Map(whole.fullTiles.map((tile) => [`${tile.level}/${tile.index}`, tile.bytes]))
  const stored = storedTiles({
    readTile: async (level, index) => tiles.get(`${level}/${index}`),
    readLeaves: async (first, many) => leaves.slice(first, first + many),
  })
  const steps: Step[] = []
  let tree = emptyTree()
  for (let step = 1; step <= count; step += 1) {
    const [oldSize, size] = [tree.size, step * growth]
    tree = appendLeaves(tree, leaves.slice(oldSize, size).map(leafHash)).tree
    const prover = proverFor(size, tileNodeReader(size, stored))
    const proof = oldSize === 0 ? [] : await prover.consistency(oldSize)
    steps.push({ oldSize, size, root: rootHash(tree), proof })
  }
  return steps
}

/**
 * Logs with `count` checkpoints each. They have their own names and keys and the same entries: to a
 * witness that is the same work.
 */
export async function submittingLogs(
  logs: number,
  count: number,
): Promise<readonly SubmittingLog[]> {
  const ed25519 = bestEd25519()
  const steps = await growthOf(count)
  return Array.from({ length: logs }, (_, place) => {
    const origin = `log${place}.localhost/log/2026h2`
    const seed = systemRandomness.bytes(32)
    const signer = { name: origin, type: SIGNATURE_TYPES.ed25519, seed }
    const submissions = steps.map(({ oldSize, size, root, proof }) => {
      const text = formatCheckpoint({ origin, size, root })
      const checkpoint = signNote(text, [signer], ed25519)
      return { body: formatAddCheckpoint({ oldSize, proof, checkpoint }), text }
    })
    const vkey = formatVerifierKey(origin, SIGNATURE_TYPES.ed25519, ed25519.publicKey(seed))
    return { vkey, submissions }
  })
}
