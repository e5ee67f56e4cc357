import { equalBytes } from '../../../bytes/index.ts'
import type { ExchangeRecord, GovernanceRecord } from '../../entry/index.ts'
import type { LogSource } from '../log-source.ts'
import { MAX_OPENING_BYTES, openEntry, openingLeaf, parseLeaf } from '../opening.ts'
import { parsePublishedOpening } from '../opening.ts'
import type { PublishedOpening } from '../opening.ts'
import { entryHash } from '../tree-hasher.ts'
import type { Audit } from './audit.ts'
import type { FoundEntry } from './check-bundle.ts'

/** Path of the published opening of a governance entry. */
export function openingPath(entry: number): string {
  return `governance/${entry}`
}

/** Whether an entry is a leaf of an exchange: then there is nothing more to check, nor to wait for. */
export function isPlainExchange({ leaf }: FoundEntry): boolean {
  return leaf !== undefined && parseLeaf(leaf)?.class === 'exchange'
}

/**
 * Checks what an entry of a proven row says: it is a leaf of version 1, and a governance entry has
 * its opening published, which opens this leaf. Where the bundle lost the entry, an opening that is
 * published for it must still have the hash that the log committed to.
 *
 * @returns whether an opening is published there that was judged
 */
export async function checkEntry(audit: Audit, found: FoundEntry): Promise<boolean> {
  const { entry, leaf, file, offset } = found
  if (leaf === undefined) return checkLost(audit, found)
  const parsed = parseLeaf(leaf)
  if (parsed === undefined) audit.problems.add({ code: 'ENTRY_FORMAT', file, offset, entry })
  if (parsed?.class !== 'governance') return false
  audit.history?.pass(entry)
  const opening = await readOpening(audit.source, entry)
  if (opening === undefined) {
    audit.problems.add({ code: 'OPENING_MISSING', file: openingPath(entry), entry })
  } else {
    const opened = opening === 'malformed' ? undefined : openEntry(leaf, opening)
    if (opened?.ok === true) seeRecord(audit, entry, opened.record)
    else audit.problems.add({ code: 'OPENING_WRONG', file: openingPath(entry), entry })
  }
  return opening !== undefined
}

/** What the records of a log say one after the other. */
function seeRecord(audit: Audit, entry: number, record: ExchangeRecord | GovernanceRecord): void {
  audit.ending.see(entry, record)
  const file = openingPath(entry)
  if (!audit.epochs.follows(entry, record))
    audit.problems.add({ code: 'EPOCH_INCONSISTENT', file, entry })
  for (const code of audit.history?.problemsOf(entry, record) ?? [])
    audit.problems.add({ code, file, entry })
}

async function checkLost(
  { source, problems }: Audit,
  { entry, hash }: FoundEntry,
): Promise<boolean> {
  if (source.list === undefined) return false
  const opening = await readOpening(source, entry)
  if (opening === undefined) return false
  const leaf = opening === 'malformed' ? undefined : openingLeaf(opening)
  if (leaf === undefined || !equalBytes(entryHash(leaf), hash)) {
    problems.add({ code: 'OPENING_WRONG', file: openingPath(entry), entry })
  }
  return true
}

async function readOpening(
  source: LogSource,
  entry: number,
): Promise<PublishedOpening | 'malformed' | undefined> {
  const bytes = await source.read(openingPath(entry), MAX_OPENING_BYTES)
  if (bytes === undefined) return undefined
  const opening = parsePublishedOpening(bytes)
  return opening?.index === entry ? opening : 'malformed'
}
