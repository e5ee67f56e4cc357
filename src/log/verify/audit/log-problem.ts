/**
 * What can be wrong with a published log. The list is closed; {@link describeProblem} has the
 * sentence of each.
 */
export type ProblemCode =
  | 'CHECKPOINT_MISSING'
  | 'CHECKPOINT_MALFORMED'
  | 'CHECKPOINT_ORIGIN'
  | 'CHECKPOINT_UNSIGNED'
  | 'CHECKPOINT_SIGNATURE'
  | 'CHECKPOINT_SIGNER'
  | 'CHECKPOINT_REPEATED_SIGNER'
  | 'CHECKPOINT_REVERTED'
  | 'QUORUM_NOT_MET'
  | 'FORKED'
  | 'ROOT_MISMATCH'
  | 'TILE_MISSING'
  | 'TILE_WRONG'
  | 'BUNDLE_MISSING'
  | 'BUNDLE_MALFORMED'
  | 'ENTRY_WRONG'
  | 'ENTRY_FORMAT'
  | 'OPENING_MISSING'
  | 'OPENING_WRONG'
  | 'OPENING_UNEXPECTED'
  | 'ENTRY_AFTER_CLOSE'
  | 'EPOCH_INCONSISTENT'
  | RecordProblemCode
  | 'FILE_UNEXPECTED'
  | 'TOO_MANY_PROBLEMS'

/** What `RecordHistory` may find. */
export type RecordProblemCode = 'COUNTS_MALFORMED' | 'COUNTS_LEAVES' | 'COUNTS_GAP' | 'COUNTS_SUM'

/** One thing that is wrong, and where. */
export interface LogProblem {
  readonly code: ProblemCode
  /** Path below the log's prefix. */
  readonly file: string
  /** Byte in the file from which on it is wrong. */
  readonly offset?: number
  /** Number of the first entry concerned. */
  readonly entry?: number
  /** The tile concerned. */
  readonly tile?: { readonly level: number; readonly index: number }
}

const SENTENCES: Readonly<Record<ProblemCode, string>> = {
  CHECKPOINT_MISSING: 'There is no checkpoint.',
  CHECKPOINT_MALFORMED: 'The checkpoint is not a signed checkpoint in its one canonical form.',
  CHECKPOINT_ORIGIN: 'The checkpoint belongs to a log whose key is not known, or not to this log.',
  CHECKPOINT_UNSIGNED: 'The log has not signed the checkpoint.',
  CHECKPOINT_SIGNATURE: 'A signature on the checkpoint does not verify.',
  CHECKPOINT_SIGNER: 'Someone who is not configured signed the checkpoint.',
  CHECKPOINT_REPEATED_SIGNER: 'Someone signed the checkpoint more than once.',
  CHECKPOINT_REVERTED: 'The checkpoint is older than the log: an earlier one was put back.',
  QUORUM_NOT_MET: 'Too few of the required witnesses cosigned the checkpoint.',
  FORKED: 'The log is not a continuation of the checkpoint you hold: there are two histories.',
  ROOT_MISMATCH:
    'The files agree with one another but not with the signed root: the log was rewritten.',
  TILE_MISSING: 'A tile is missing.',
  TILE_WRONG: 'A tile does not hash to what the signed root demands.',
  BUNDLE_MISSING: 'A bundle of entries is missing.',
  BUNDLE_MALFORMED: 'A bundle of entries cannot be read.',
  ENTRY_WRONG: 'An entry is not the one that the log committed to.',
  ENTRY_FORMAT: 'The log committed to an entry that is not in the format of entries.',
  OPENING_MISSING: 'A governance entry is not published.',
  OPENING_WRONG: 'The published text of a governance entry is not what the log committed to.',
  OPENING_UNEXPECTED: 'A text is published for an entry that is not a governance entry.',
  ENTRY_AFTER_CLOSE: 'The log went on after the entry by which it was closed.',
  EPOCH_INCONSISTENT:
    'A closed epoch does not follow the one before: another key of handles, a number left out, or a size that cannot be.',
  COUNTS_MALFORMED: 'The public counts of a month are in no known form.',
  COUNTS_LEAVES:
    'The public counts of a month are not of as many exchanges as the log has from their first entry to their last.',
  COUNTS_GAP: 'The public counts of a month do not begin where those of the month before end.',
  COUNTS_SUM:
    'The public figures of a month are more than its exchanges, or those of agreements more than those of all.',
  FILE_UNEXPECTED: 'A file does not belong to the log.',
  TOO_MANY_PROBLEMS: 'There are more problems than are listed.',
}

/** A plain English sentence on a problem, naming entry, tile and file. */
export function describeProblem({ code, file, offset, entry, tile }: LogProblem): string {
  const places = [
    ...(entry === undefined ? [] : [`entry ${entry}`]),
    ...(tile === undefined ? [] : [`tile ${tile.level}/${tile.index}`]),
    `file ${JSON.stringify(file)}`,
    ...(offset === undefined ? [] : [`from byte ${offset}`]),
  ]
  const [first = '', ...rest] = places
  const where = [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(', ')
  return `${where}: ${SENTENCES[code]}`
}

/** Collects problems; after the limit, one last entry says that there are more. */
export interface ProblemList {
  readonly found: readonly LogProblem[]
  add(problem: LogProblem): void
}

const MAX_PROBLEMS = 1000

/** An empty list. Keeps memory bounded however broken a log is. */
export function problemList(): ProblemList {
  const found: LogProblem[] = []
  return {
    found,
    add(problem) {
      if (found.length < MAX_PROBLEMS) found.push(problem)
      else if (found.length === MAX_PROBLEMS) found.push({ code: 'TOO_MANY_PROBLEMS', file: '' })
    },
  }
}
