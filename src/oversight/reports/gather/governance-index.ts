import { readCanonicalJson } from '../../../bytes/index.ts'
import {
  type EntryPlace,
  type GovernanceRecord,
  governanceRecordSchema,
  LEAF_CLASSES,
  type LogsReader,
  readPublicEntry,
} from '../../../log/index.ts'
import type { Timers } from '../../../ports/index.ts'

/** One public entry of the organisation's logs. */
export interface IndexedEntry {
  readonly place: EntryPlace
  readonly kind: GovernanceRecord['kind']
  readonly timeMs: number
}

/** What finding public entries needs. */
export interface GovernanceIndexDeps {
  readonly reader: LogsReader
  readonly timers: Timers
}

/** Where the public entries of an organisation's logs are: each is read once, and new ones as they come. */
export interface GovernanceIndex {
  /** All so far, in the order of the logs. */
  all(): Promise<readonly IndexedEntry[]>
}

/** Leaves read at a time: a millisecond of work before others get their turn. */
const pageSize = 2_048

async function readPage(
  origin: string,
  first: number,
  { reader }: GovernanceIndexDeps,
): Promise<{ readonly read: number; readonly found: readonly IndexedEntry[] }> {
  const log = reader.logOf(origin)
  const leaves = await log.readLeaves(first, pageSize)
  const found: IndexedEntry[] = []
  for (const [at, leaf] of leaves.entries()) {
    if (leaf[1] !== LEAF_CLASSES.governance) continue
    const index = first + at
    const entry = await readPublicEntry(log, index)
    // What its leaf does not open the self-audit finds; a report cannot cite it.
    if (entry === undefined) continue
    const { kind, timeMs } = governanceRecordSchema.parse(readCanonicalJson(entry.recordBytes))
    found.push({ place: { origin, index }, kind, timeMs })
  }
  return { read: leaves.length, found }
}

/** Begins an index that knows nothing yet; about 200 bytes for each public entry. */
export function governanceIndex(deps: GovernanceIndexDeps): GovernanceIndex {
  const found: IndexedEntry[] = []
  const next = new Map<string, number>()
  let last: Promise<unknown> = Promise.resolve()

  async function catchUp(): Promise<readonly IndexedEntry[]> {
    for (const origin of await deps.reader.logs()) {
      for (;;) {
        const first = next.get(origin) ?? 0
        const page = await readPage(origin, first, deps)
        found.push(...page.found)
        next.set(origin, first + page.read)
        if (page.read < pageSize) break
        await deps.timers.sleep(0)
      }
    }
    return [...found]
  }

  return {
    all() {
      const run = last.then(catchUp)
      last = run.catch(() => undefined)
      return run
    },
  }
}
