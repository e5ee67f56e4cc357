import {
  askWitnesses,
  type LogSource,
  monitorRound,
  type MonitorFinding,
  type MonitorRules,
} from '../../log/verify/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import type { MonitorState } from './monitor-state.ts'

/** A finding with the files that were kept of it. */
export interface KeptFinding extends MonitorFinding {
  readonly files: readonly string[]
}

/** What one round of one log came to. */
export interface FollowedRound {
  readonly target: string
  readonly origin: string | null
  readonly size: number | null
  readonly witnessedAtMs: number | null
  readonly findings: readonly KeptFinding[]
}

/** A log that is followed. */
export interface FollowedLog {
  readonly target: string
  readonly source: LogSource
  readonly state: MonitorState
  readonly rules: Omit<MonitorRules, 'full'>
  /** Given: the witnesses are asked too. */
  readonly http: HttpClient | undefined
}

async function keep(log: FollowedLog, finding: MonitorFinding): Promise<KeptFinding> {
  const { state, rules } = log
  const isKept = finding.isEvidence
  const files = isKept ? await state.keepEvidence(finding, rules.clock.now()) : []
  return { ...finding, files }
}

/** One round of one log: verified, compared with its witnesses, remembered on disk. */
export async function followRound(log: FollowedLog, full: boolean): Promise<FollowedRound> {
  const { target, source, state, http } = log
  const rules = { ...log.rules, full }
  const before = await state.held()
  const { held, findings, ...head } = await monitorRound(source, before, rules)
  const found = [...findings]
  if (held !== undefined) {
    if (http !== undefined) found.push(...(await askWitnesses({ source, held, http, rules })))
    if (!found.some(({ isEvidence }) => isEvidence)) await state.hold(held)
  }
  const kept: KeptFinding[] = []
  for (const one of found) kept.push(await keep(log, one))
  return { target, ...head, findings: kept }
}
