import type { GovernanceRecord } from '../../entry/index.ts'
import type { OpenedEntry } from '../opening.ts'
import { type ClosedEpoch, readClosedEpoch } from '../subject/epoch-record.ts'

/** Follows the epochs that a log has closed (`spec/epoch-map.md`). */
export interface EpochHistory {
  /**
   * Takes the opened record of an entry of governance, in the order of the log. False for a closed
   * epoch that does not follow the one before: another key of handles, under which people would have
   * second handles; a number left out or given twice; a size that shrinks or is ahead of the entry.
   */
  follows(entry: number, record: Extract<OpenedEntry, { ok: true }>['record']): boolean
}

function isNext(closed: ClosedEpoch, before: ClosedEpoch | undefined, entry: number): boolean {
  if (closed.size > entry) return false
  // A log that follows another goes on from that one's numbers.
  if (before === undefined) return true
  const { epoch, vrfKey, size } = before
  return closed.epoch === epoch + 1 && closed.vrfKey === vrfKey && closed.size >= size
}

function isEpoch(record: { readonly class: string }): record is GovernanceRecord {
  return record.class === 'governance' && 'kind' in record && record.kind === 'epoch.closed'
}

/** A history of which nothing was seen yet. */
export function epochHistory(): EpochHistory {
  let before: ClosedEpoch | undefined
  return {
    follows(entry, record) {
      if (!isEpoch(record)) return true
      const closed = readClosedEpoch(record)
      const holds = closed !== undefined && isNext(closed, before, entry)
      before = closed ?? before
      return holds
    },
  }
}
