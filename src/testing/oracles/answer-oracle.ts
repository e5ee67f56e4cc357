import { decodeBase64, encodeBase64, encodeHex, equalBytes } from '../../bytes/index.ts'
import { entryHash, parseCheckpoint, parseNote, parseTlogProof } from '../../log/verify/index.ts'
import { verifyInclusion } from '../../log/verify/index.ts'
import type { AskReceipt } from '../../person/index.ts'
import type { PersonAnswer, PersonDenial } from '../../protocol/index.ts'
import type { MemoryTables } from '../memory-store/index.ts'
import type { Judge } from './judge.ts'
import type { LogView } from './log-view.ts'

/** The provider, as far as its answers are watched. */
export interface WatchedProvider {
  readonly view: LogView
  readonly disk: {
    readonly tables: MemoryTables
    readonly confirmed: ReadonlySet<string>
    /** What the head store holds. */
    readonly head: { readonly size: number } | undefined
  }
}

/** What stays of a receipt to be looked for again. */
interface HeldReceipt {
  readonly index: number
  /** Of the receipt's checkpoint. */
  readonly size: number
  readonly leaf: Uint8Array
}

/**
 * I1: an answer's entry stands in the provider's log, under a checkpoint that is durable when the first
 * byte leaves, and stays there. I14: the store had confirmed the entry by then. I11: the same for a
 * denial.
 */
export class AnswerOracle {
  readonly #provider: WatchedProvider
  readonly #judge: Judge
  readonly #held: HeldReceipt[] = []
  #seen: MemoryTables | undefined

  constructor(provider: WatchedProvider, judge: Judge) {
    this.#provider = provider
    this.#judge = judge
  }

  /** An outcome leaves the provider, at this moment. */
  outcomeLeft(body: PersonAnswer | PersonDenial): void {
    const { view, disk } = this.#provider
    view.refresh()
    const isAnswer = body.outcome === 'permit'
    const fault = this.#faultOf(body.leaf, body.inclusion)
    const what = `the ${isAnswer ? 'answer' : 'denial'} of ${body.exchangeId}`
    this.#judge.check(isAnswer ? 'I1' : 'I11', fault === undefined, () => `${what}: ${fault}`)
    const { size } = sizeOf(body.inclusion)
    const isRecorded = (disk.head?.size ?? -1) >= size
    this.#judge.check('I14', isRecorded, () => `${what} left before the head store had its head`)
    const isConfirmed = disk.confirmed.has(body.leaf)
    this.#judge.check('I14', isConfirmed, () => `${what} left without a confirmed entry`)
  }

  /** A client holds an outcome with this receipt from now on. */
  held({ leaf, inclusion, index }: AskReceipt): void {
    const fault = this.#faultOf(leaf, inclusion)
    this.#judge.check('I1', fault === undefined, () => `held receipt of entry ${index}: ${fault}`)
    const { size } = sizeOf(inclusion)
    this.#held.push({ index, size, leaf: decodeBase64(leaf) })
  }

  /** Whatever clients hold must still be in the log, under a checkpoint that covers it. */
  afterEvent(): void {
    const { tables } = this.#provider.disk
    if (this.#seen === tables) return
    this.#seen = tables
    for (const { index, size, leaf } of this.#held) {
      const entry = tables.entries[index]
      const isThere = entry !== undefined && equalBytes(entry.leaf, leaf)
      const isCovered = (tables.head?.size ?? -1) >= size
      this.#judge.check('I1', isThere && isCovered, () => `held entry ${index} is not in the log`)
    }
  }

  /** Recomputed from the entries on disk; what the receipt says is only compared. */
  #faultOf(leaf: string, inclusion: string): string | undefined {
    const { view, disk } = this.#provider
    const { index, hashes, checkpoint: note } = parseTlogProof(inclusion)
    const { size, root } = parseCheckpoint(parseNote(note).text)
    const entry = disk.tables.entries[index]
    if (entry === undefined) return 'its entry is not durable'
    if (encodeBase64(entry.leaf) !== leaf) return 'another entry stands in its place'
    if ((disk.tables.head?.size ?? -1) < size) return 'its checkpoint is not durable'
    if (view.roots[size] !== encodeHex(root)) return 'its checkpoint is of another tree'
    const leafHash = entryHash(decodeBase64(leaf))
    const isIn = verifyInclusion({ index, size, leafHash, proof: hashes, root })
    return isIn ? undefined : 'its proof does not hold'
  }
}

/** The tree size that a receipt is under. */
function sizeOf(inclusion: string): { readonly size: number } {
  return parseCheckpoint(parseNote(parseTlogProof(inclusion).checkpoint).text)
}
