import { readCanonicalJson } from '../../bytes/index.ts'
import {
  entryPayload,
  type EntryRow,
  LEAF_CLASSES,
  type LogsReader,
  type Unseal,
} from '../../log/index.ts'
import { openEntry } from '../../log/verify/index.ts'
import { type ErasureReader, erasureNotice } from '../../person/index.ts'
import { type AuditFinding, storeFinding } from './audit-finding.ts'

/** What the records of an organisation's logs are audited by. */
export interface RecordAudit extends Unseal {
  readonly reader: LogsReader & Pick<ErasureReader, 'erasureOf'>
}

function opensLeaf(row: EntryRow, audit: RecordAudit): boolean {
  try {
    const payload = entryPayload(row, audit)
    if (payload === undefined) return false
    const record = readCanonicalJson(payload.recordBytes)
    return openEntry(row.leaf, { r: payload.r, record }).ok
  } catch {
    return false
  }
}

function missing(entry: number): AuditFinding {
  const sentence = `The record of entry ${entry} is missing from the state store, and no entry of the log says that it was erased.`
  return storeFinding('RECORD_MISSING', sentence, entry)
}

function unopened(row: EntryRow, { recordKeys }: RecordAudit): AuditFinding {
  const { index, leaf, timeMs } = row
  if (leaf[1] === LEAF_CLASSES.exchange && recordKeys.of(timeMs) === undefined)
    return storeFinding(
      'RECORD_KEY_MISSING',
      `The key of the month of entry ${index} is missing from the folder of record keys, and its record was not erased.`,
      index,
    )
  return storeFinding(
    'ENTRY_SEALED',
    `The sealed record of entry ${index} in the state store does not open its leaf.`,
    index,
  )
}

async function isErased(row: EntryRow, origin: string, { reader }: RecordAudit): Promise<boolean> {
  if (row.sealed.length > 0 || row.leaf[1] !== LEAF_CLASSES.exchange) return false
  return (await erasureNotice(reader, { origin, index: row.index })) !== undefined
}

/**
 * A record that is there must open its leaf; one that is not, an entry of the log must say so.
 * `undefined` when that is so.
 */
export async function auditRecord(
  row: EntryRow,
  origin: string,
  audit: RecordAudit,
): Promise<AuditFinding | undefined> {
  if (row.sealed.length > 0 && opensLeaf(row, audit)) return undefined
  // An erasure between the read and now is none of silence: the row as it stands decides.
  const [now = row] = await audit.reader.logOf(origin).readEntries(row.index, 1)
  if (await isErased(now, origin, audit)) return undefined
  return now.sealed.length === 0 ? missing(row.index) : unopened(now, audit)
}
