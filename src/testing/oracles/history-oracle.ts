import { encodeHex } from '../../bytes/index.ts'
import { parseCheckpoint, parseNote } from '../../log/verify/index.ts'
import type { AskRow } from '../../person/index.ts'
import type { Judge } from './judge.ts'
import type { LogView } from './log-view.ts'

interface SeenHead {
  readonly size: number
  /** Hex. */
  readonly root: string
}

function headOf(note: string): SeenHead {
  const { size, root } = parseCheckpoint(parseNote(note).text)
  return { size, root: encodeHex(root) }
}

/**
 * I16: whatever a log and its witnesses do, nobody who is honest accepts two of its histories. A log
 * that forks has one view for each of its trees; two checkpoints are of one history when a single
 * tree has both.  I17: a receipt counts as witnessed only under a tree that a witness has cosigned. I18: a witness never
 * cosigns two histories.
 */
export class HistoryOracle {
  /** Every tree that the provider keeps: one when it is honest. */
  readonly #trees: readonly LogView[]
  readonly #judge: Judge
  readonly #accepted: SeenHead[] = []
  readonly #cosigned: SeenHead[] = []
  readonly #settled = new Set<string>()

  constructor(trees: readonly LogView[], judge: Judge) {
    this.#trees = trees
    this.#judge = judge
  }

  /** The consumer has taken a receipt under this checkpoint for good. */
  accepted(note: string): void {
    const head = headOf(note)
    const other = this.#accepted.find((before) => !this.#isOneHistory(before, head))
    this.#judge.check(
      'I16',
      other === undefined,
      () => `the consumer accepted trees of ${other?.size} and ${head.size} entries, two histories`,
    )
    this.#accepted.push(head)
  }

  /** A witness has cosigned this checkpoint of the provider's log; an honest one never two histories. */
  cosigned(note: string): void {
    const head = headOf(note)
    const other = this.#cosigned.find((before) => !this.#isOneHistory(before, head))
    this.#judge.check(
      'I18',
      other === undefined,
      () => `the witness cosigned trees of ${other?.size} and ${head.size} entries, two histories`,
    )
    this.#cosigned.push(head)
  }

  /** Looks at the consumer's questions whose receipt counts as witnessed from now on. */
  afterEvent(asks: ReadonlyMap<string, AskRow>): void {
    for (const [id, row] of asks) {
      if (row.witnessedAtMs === undefined || row.provisional === undefined) continue
      if (this.#settled.has(id)) continue
      this.#settled.add(id)
      const head = headOf(row.provisional)
      const isCovered = this.#cosigned.some(
        (cosigned) => cosigned.size >= head.size && this.#isOneHistory(cosigned, head),
      )
      this.#judge.check('I17', isCovered, () => `no witness has cosigned what ${id} counts on`)
    }
  }

  #isOneHistory(one: SeenHead, other: SeenHead): boolean {
    for (const tree of this.#trees) tree.refresh()
    return this.#trees.some(
      ({ roots }) => roots[one.size] === one.root && roots[other.size] === other.root,
    )
  }
}
