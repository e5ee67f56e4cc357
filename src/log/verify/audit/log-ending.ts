import type { OpenedEntry } from '../opening.ts'

/** Follows whether a log has closed itself: its entry `log.closed` must be the last. */
export interface LogEnding {
  /** Takes the opened record of an entry of governance; entries come in the order of the log. */
  see(entry: number, record: Extract<OpenedEntry, { ok: true }>['record']): void
  /** Number of the first closing entry. */
  readonly closedBy: number | undefined
  /** Origin of the log that the closing entry names as the next one. */
  readonly successor: string | undefined
}

/** An ending of which nothing was seen yet. */
export function logEnding(): LogEnding {
  let found: { readonly entry: number; readonly successor: string | undefined } | undefined
  return {
    see(entry, record) {
      if (found !== undefined || record.class !== 'governance' || record.kind !== 'log.closed')
        return
      found = { entry, successor: record.name ?? undefined }
    },
    get closedBy() {
      return found?.entry
    },
    get successor() {
      return found?.successor
    },
  }
}
