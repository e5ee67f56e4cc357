import { LEAF_CLASSES } from './make-entry.ts'
import { monthOf, monthStartMs, type WritableRecordKeys } from './record-keys.ts'
import type { EntryRow, LogReader, LogsReader } from './state-store.ts'

const slice = 256

/** The rows of one log from the newest back, as long as they are of `sinceMs` or later. */
async function* newestRows(log: LogReader, sinceMs: number): AsyncGenerator<EntryRow> {
  let end = (await log.head())?.size ?? 0
  while (end > 0) {
    const first = Math.max(0, end - slice)
    for (const row of (await log.readEntries(first, end - first)).toReversed()) {
      if (row.timeMs < sinceMs) return
      yield row
    }
    end = first
  }
}

async function hasExchangeSince(reader: LogsReader, sinceMs: number): Promise<boolean> {
  for (const origin of await reader.logs()) {
    for await (const { leaf } of newestRows(reader.logOf(origin), sinceMs))
      if (leaf[1] === LEAF_CLASSES.exchange) return true
  }
  return false
}

/**
 * The key for sealing at `timeMs`, log time. In memory but for the first call of a month, which makes
 * the month's key, on disk when it returns.
 *
 * @throws {@link LogError} `RECORD_KEY_MISSING` when the month has sealed entries already: another key
 * would hide that theirs is gone
 */
export async function sealingKey(
  reader: LogsReader,
  timeMs: number,
  keys: WritableRecordKeys,
): Promise<Uint8Array> {
  const known = keys.of(timeMs)
  if (known !== undefined) return known
  return keys.forSealing(timeMs, await hasExchangeSince(reader, monthStartMs(monthOf(timeMs))))
}

/**
 * Finds out before a log is served whether {@link sealingKey} would refuse at `timeMs`; makes nothing.
 *
 * @throws {@link LogError} `RECORD_KEY_MISSING`
 */
export async function requireSealingKey(
  reader: LogsReader,
  timeMs: number,
  keys: WritableRecordKeys,
): Promise<void> {
  if (keys.of(timeMs) !== undefined) return
  const sinceMs = monthStartMs(monthOf(timeMs))
  if (await hasExchangeSince(reader, sinceMs)) keys.forSealing(timeMs, true)
}
