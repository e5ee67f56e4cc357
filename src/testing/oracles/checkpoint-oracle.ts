import { decodeUtf8, encodeHex } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { openCheckpoint, type VerifierKey } from '../../log/verify/index.ts'
import type { Judge } from './judge.ts'
import type { LogView } from './log-view.ts'

/** A log whose checkpoints are watched. */
export interface WatchedLog {
  readonly key: VerifierKey
  readonly view: LogView
}

interface SeenCheckpoint {
  readonly size: number
  readonly root: string
}

/**
 * I3: all checkpoints of a log that anybody ever saw are of one history. Each signed one is compared
 * with the others of its size, and with the root over the durable entries as soon as there are as many.
 */
export class CheckpointOracle {
  readonly #logs: ReadonlyMap<string, WatchedLog>
  readonly #ed25519: Ed25519
  readonly #judge: Judge
  readonly #rootBySize = new Map<string, string>()
  readonly #ahead = new Map<string, SeenCheckpoint[]>()
  readonly #notes = new Set<string>()

  constructor(logs: readonly WatchedLog[], ed25519: Ed25519, judge: Judge) {
    this.#logs = new Map(logs.map((log) => [log.key.name, log]))
    this.#ed25519 = ed25519
    this.#judge = judge
  }

  /** Takes a note that somebody has seen; one that no watched log has signed is nobody's. */
  see(note: string | Uint8Array | null | undefined): void {
    if (note === null || note === undefined) return
    const text = typeof note === 'string' ? note : decodeUtf8(note)
    if (this.#notes.has(text)) return
    this.#notes.add(text)
    const log = this.#logs.get(text.slice(0, text.indexOf('\n')))
    if (log === undefined) return
    const { checkpoint } = openCheckpoint(text, {
      log: log.key,
      witnesses: [],
      ed25519: this.#ed25519,
    })
    this.#compare(log, { size: checkpoint.size, root: encodeHex(checkpoint.root) })
  }

  /** Compares what was ahead of the disk with the entries that have come since. */
  afterEvent(): void {
    for (const [origin, ahead] of this.#ahead) {
      const log = this.#logs.get(origin)
      if (log === undefined) continue
      const still = ahead.filter((seen) => !this.#compareWithEntries(log, seen))
      if (still.length === 0) this.#ahead.delete(origin)
      else this.#ahead.set(origin, still)
    }
  }

  #compare(log: WatchedLog, seen: SeenCheckpoint): void {
    const { name } = log.key
    const place = `${name} ${seen.size}`
    const other = this.#rootBySize.get(place)
    if (other !== undefined) {
      this.#judge.check('I3', other === seen.root, () => `two roots of ${place} were signed`)
    }
    this.#rootBySize.set(place, seen.root)
    if (this.#compareWithEntries(log, seen)) return
    this.#ahead.set(name, [...(this.#ahead.get(name) ?? []), seen])
  }

  /** False while there are fewer durable entries than the checkpoint covers. */
  #compareWithEntries({ key, view }: WatchedLog, { size, root }: SeenCheckpoint): boolean {
    const expected = view.roots[size]
    if (expected === undefined) return false
    this.#judge.check(
      'I3',
      expected === root,
      () => `a checkpoint of ${key.name} over ${size} entries is not of the entries on disk`,
    )
    return true
  }
}
