import { encodeHex, equalBytes, readCanonicalJson } from '../../bytes/index.ts'
import {
  entryPayload,
  type EntryRow,
  type ExchangeRecord,
  type GovernanceRecord,
  type RecordKeys,
} from '../../log/index.ts'
import { openEntry, treeHasher } from '../../log/verify/index.ts'
import type { Aead } from '../../ports/index.ts'
import type { MemoryTables } from '../memory-store/index.ts'
import type { Judge } from './judge.ts'

/** An entry of a log with what it says. */
export interface SeenEntry {
  readonly index: number
  readonly leaf: Uint8Array
  readonly record: ExchangeRecord | GovernanceRecord
}

/** Whose disk is watched, and what opens its entries. */
export interface LogViewDeps {
  readonly name: string
  readonly disk: { readonly tables: MemoryTables }
  readonly recordKeys: RecordKeys
  readonly aead: Aead
  readonly judge: Judge
}

/**
 * What an onlooker remembers of one log's disk: every entry since it first was durable, and the root
 * over every prefix, computed from the entries alone. Checks I4 whenever the disk has changed.
 */
export class LogView {
  readonly entries: SeenEntry[] = []
  /** Hex, by size. */
  readonly roots: string[] = []
  readonly #deps: LogViewDeps
  readonly #hasher = treeHasher()
  #seen: MemoryTables | undefined

  constructor(deps: LogViewDeps) {
    this.#deps = deps
    this.roots.push(encodeHex(this.#hasher.root()))
  }

  get size(): number {
    return this.entries.length
  }

  /** Looks at the disk; returns the entries that are new. */
  refresh(): readonly SeenEntry[] {
    const { tables } = this.#deps.disk
    if (tables === this.#seen) return []
    this.#seen = tables
    this.#compare(tables.entries)
    const fresh: SeenEntry[] = []
    for (const row of tables.entries.slice(this.entries.length)) fresh.push(this.#take(row))
    return fresh
  }

  #compare(rows: readonly EntryRow[]): void {
    const { judge, name } = this.#deps
    for (const { index, leaf } of this.entries) {
      const now = rows[index]
      const isSame = now !== undefined && equalBytes(now.leaf, leaf)
      const what = now === undefined ? 'has vanished' : 'has changed'
      judge.check('I4', isSame, () => `entry ${index} of ${name} ${what}`)
    }
  }

  #take(row: EntryRow): SeenEntry {
    const entry = { index: row.index, leaf: row.leaf, record: this.#open(row) }
    this.entries.push(entry)
    this.#hasher.add(row.leaf)
    this.roots.push(encodeHex(this.#hasher.root()))
    return entry
  }

  #open(row: EntryRow): SeenEntry['record'] {
    const { index, leaf } = row
    const { name } = this.#deps
    const payload = entryPayload(row, this.#deps)
    if (payload === undefined) throw new Error(`entry ${index} of ${name} does not open`)
    const record = readCanonicalJson(payload.recordBytes)
    const opened = openEntry(leaf, { r: payload.r, record })
    if (!opened.ok) throw new Error(`entry ${index} of ${name} is not what its leaf says`)
    return opened.record
  }
}
