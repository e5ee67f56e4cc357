import { readCanonicalJson } from '../../bytes/index.ts'
import {
  type EntryPlace,
  governanceRecordSchema,
  type LogsReader,
  readPublicEntry,
} from '../../log/index.ts'
import type { ErasureReader } from '../erasure-store.ts'
import { erasedBodySchema, erasureKinds, type ErasureReason } from './erasure-act.ts'

/** What an entry `record.erased` says about one erased record. Public. */
export interface ErasureNotice {
  /** The entry that says so. */
  readonly by: EntryPlace
  /** Log time of the erasure, milliseconds since the epoch. */
  readonly erasedAtMs: number
  readonly reason: ErasureReason
}

/**
 * Why the record at `place` is not there any more, as the log says; `undefined` when no entry of the
 * log does. The store's own table only says where to look: what counts is the entry.
 */
export async function erasureNotice(
  reader: LogsReader & Pick<ErasureReader, 'erasureOf'>,
  place: EntryPlace,
): Promise<ErasureNotice | undefined> {
  const by = await reader.erasureOf(place)
  const payload = by && (await readPublicEntry(reader.logOf(by.origin), by.index))
  if (by === undefined || payload === undefined) return undefined
  const record = governanceRecordSchema.safeParse(readCanonicalJson(payload.recordBytes)).data
  if (record?.kind !== erasureKinds.erased || record.name !== place.origin) return undefined
  const body = erasedBodySchema.safeParse(record.body).data
  const isMeant = body?.ranges.some(([first, last]) => first <= place.index && place.index <= last)
  if (body === undefined || isMeant !== true) return undefined
  return { by, erasedAtMs: record.timeMs, reason: body.reason }
}
