import type { LogProblem, ProblemCode } from '../audit/log-problem.ts'
import { describeProblem } from '../audit/log-problem.ts'

/**
 * What a monitor tells of. Evidence: `FORK` two histories under the log's signature, `ROLLBACK` an
 * older state than was shown before, `WITNESS_AHEAD` less than a witness was shown, `CLOSED_LOG_GREW`,
 * `TAMPERED` files or signatures that are not as the log signed. The rest may pass: `QUORUM` too few
 * witnesses, `STALE` their newest quorum is too old, `UNREACHABLE`, `WITNESS_UNREACHABLE`.
 */
export type MonitorCode =
  | 'FORK'
  | 'ROLLBACK'
  | 'WITNESS_AHEAD'
  | 'CLOSED_LOG_GREW'
  | 'TAMPERED'
  | 'QUORUM'
  | 'STALE'
  | 'UNREACHABLE'
  | 'WITNESS_UNREACHABLE'

/** A checkpoint, or anything else, that proves a finding, under a name for its file. */
export interface EvidenceNote {
  readonly name: string
  readonly bytes: Uint8Array
}

/** One thing that a monitor tells of. */
export interface MonitorFinding {
  readonly code: MonitorCode
  /** A whole sentence. */
  readonly sentence: string
  /** Whether it speaks against the log, and stays so. */
  readonly isEvidence: boolean
  readonly notes: readonly EvidenceNote[]
}

const passing: ReadonlySet<MonitorCode> = new Set([
  'QUORUM',
  'STALE',
  'UNREACHABLE',
  'WITNESS_UNREACHABLE',
])

/** A finding; whether it is evidence follows from its code. */
export function finding(
  code: MonitorCode,
  sentence: string,
  notes: readonly EvidenceNote[] = [],
): MonitorFinding {
  return { code, sentence, notes, isEvidence: !passing.has(code) }
}

const codes: Readonly<Partial<Record<ProblemCode, MonitorCode>>> = {
  FORKED: 'FORK',
  CHECKPOINT_REVERTED: 'ROLLBACK',
  ENTRY_AFTER_CLOSE: 'CLOSED_LOG_GREW',
  QUORUM_NOT_MET: 'QUORUM',
  CHECKPOINT_MISSING: 'UNREACHABLE',
}

/** What the problems of a verification come to: one finding a code, each with its first sentence. */
export function findingsOf(
  problems: readonly LogProblem[],
  notes: readonly EvidenceNote[],
): readonly MonitorFinding[] {
  const byCode = Map.groupBy(problems, ({ code }): MonitorCode => codes[code] ?? 'TAMPERED')
  return [...byCode].flatMap(([code, [first, ...more]]) => {
    if (first === undefined) return []
    const rest = more.length === 0 ? '' : ` And ${more.length} more.`
    return [finding(code, `${describeProblem(first)}${rest}`, notes)]
  })
}
