import { readCanonicalJson } from '../../bytes/index.ts'
import {
  entryPayload,
  type EntryRow,
  exchangeRecordSchema,
  LEAF_CLASSES,
  type LogsReader,
  type Unseal,
} from '../../log/index.ts'
import type { ChainReader } from '../../person/index.ts'
import type { Timers } from '../../ports/index.ts'
import { periodRanges } from '../period-ranges.ts'
import { type Exposure, isExposed } from './exposure.ts'

/** How many were exposed. Numbers alone: nothing here says who. */
export interface ExposedCount {
  readonly exchanges: number
  /** A person who has entries in both chains counts in each. */
  readonly persons: number
  readonly erased: number
}

/** What counting needs. */
export interface CountExposedDeps extends Unseal {
  readonly reader: LogsReader & Pick<ChainReader, 'chainLinkAt'>
  readonly timers: Timers
}

const pageSize = 128

interface Running {
  exchanges: number
  erased: number
  readonly handles: Set<string>
}

async function addRow(
  row: EntryRow,
  origin: string,
  running: Running,
  { exposure, deps }: { readonly exposure: Exposure; readonly deps: CountExposedDeps },
): Promise<void> {
  if (row.leaf[1] !== LEAF_CLASSES.exchange) return
  const payload = entryPayload(row, deps)
  if (payload === undefined) {
    running.erased += 1
    return
  }
  const record = exchangeRecordSchema.parse(readCanonicalJson(payload.recordBytes))
  if (!isExposed(record, exposure)) return
  running.exchanges += 1
  const link = await deps.reader.chainLinkAt({ origin, index: row.index })
  if (link !== undefined) running.handles.add(link.subjectHandle)
}

/**
 * Counts the exchanges and persons that were exposed, over all logs of the organisation. The handles that
 * tell persons apart are forgotten with the return; gives way to other work in between.
 */
export async function countExposed(
  exposure: Exposure,
  deps: CountExposedDeps,
): Promise<ExposedCount> {
  const running: Running = { exchanges: 0, erased: 0, handles: new Set() }
  const sizes = new Map<string, number>()
  for (const origin of await deps.reader.logs())
    sizes.set(origin, (await deps.reader.logOf(origin).head())?.size ?? 0)
  for (const { origin, first, last } of await periodRanges(exposure, sizes, deps.reader)) {
    for (let at = first; at <= last; at += pageSize) {
      const rows = await deps.reader
        .logOf(origin)
        .readEntries(at, Math.min(pageSize, last - at + 1))
      for (const row of rows) await addRow(row, origin, running, { exposure, deps })
      await deps.timers.sleep(0)
    }
  }
  const { exchanges, erased, handles } = running
  return { exchanges, persons: handles.size, erased }
}
