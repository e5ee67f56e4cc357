import { decodeUtf8, encodeBase64, utf8 } from '../../bytes/index.ts'
import { nobleEd25519, sha256 } from '../../crypto/index.ts'
import {
  appendLeaves,
  appendSignatures,
  batchNodeReader,
  cosign,
  emptyTree,
  formatCheckpoint,
  formatTlogProof,
  formatVerifierKey,
  leafHash,
  makeEntry,
  proverFor,
  rootHash,
  SIGNATURE_TYPES,
  signNote,
} from '../../log/index.ts'
import type { ExchangeRecord, GovernanceRecord, LogEntry } from '../../log/index.ts'
import type { DisclosureProof } from '../../web/index.ts'

/** A witness of fixture logs, and the moment at which it signs. */
export interface FixtureWitness {
  readonly name: string
  readonly seed: Uint8Array
  readonly timeSeconds: number
}

/** A whole log in memory, with real hashes and signatures. */
export interface FixtureLog {
  readonly origin: string
  /** The log's verifier key. */
  readonly vkey: string
  readonly size: number
  /** The root of the first `size` entries, base64. */
  root(size: number): string
  /** The signed checkpoint of the first `size` entries, cosigned by `witnesses`. */
  note(size: number, witnesses: readonly FixtureWitness[]): string
  /** What the subject of entry `index` holds, under the bare checkpoint of `size` entries. */
  proof(index: number, size: number): Promise<DisclosureProof>
  consistency(from: number, to: number): Promise<readonly string[]>
}

const noStorage = {
  read: () => Promise.reject(new Error('a fixture log is held in memory alone')),
}

/** Makes a log of `records`, deterministic from its origin. */
export function makeFixtureLog(
  origin: string,
  records: readonly (ExchangeRecord | GovernanceRecord)[],
): FixtureLog {
  const seed = sha256(utf8(`fixture log ${origin}`))
  const type = SIGNATURE_TYPES.ed25519
  const entries: LogEntry[] = records.map((record, index) =>
    makeEntry(record, sha256(utf8(`fixture entry ${origin} ${index}`))),
  )
  const leaves = entries.map(({ leaf }) => leafHash(leaf))
  const reader = batchNodeReader(appendLeaves(emptyTree(), leaves).nodes, noStorage)
  const rootOf = (size: number): Uint8Array =>
    rootHash(appendLeaves(emptyTree(), leaves.slice(0, size)).tree)
  const note = (size: number, witnesses: readonly FixtureWitness[]): string => {
    const text = formatCheckpoint({ origin, size, root: rootOf(size) })
    const lines = witnesses.map((witness) => cosign(text, witness, nobleEd25519))
    return appendSignatures(signNote(text, [{ name: origin, type, seed }], nobleEd25519), lines)
  }
  return {
    origin,
    vkey: formatVerifierKey(origin, type, nobleEd25519.publicKey(seed)),
    size: entries.length,
    root: (size) => encodeBase64(rootOf(size)),
    note,
    async proof(index, size) {
      const entry = entries[index]
      if (entry === undefined) throw new RangeError(`the fixture log has no entry ${index}`)
      const hashes = await proverFor(size, reader).inclusion(index)
      return {
        leaf: encodeBase64(entry.leaf),
        r: encodeBase64(entry.r),
        record: decodeUtf8(entry.recordBytes),
        tlogProof: formatTlogProof({ index, hashes, checkpoint: note(size, []) }),
      }
    },
    consistency: async (from, to) =>
      (await proverFor(to, reader).consistency(from)).map(encodeBase64),
  }
}
