import type { JoinMessageRow, JoinRow } from '../../ledger/index.ts'
import {
  isAuditHeld,
  isDrawHeld,
  type JoinFinding,
  readFinding,
  readJoinPlan,
  type Side,
} from '../../psi/index.ts'

/** One message of an audit that is in the inspector's log. */
export interface AuditedMessage {
  readonly leg: string
  readonly direction: 'sent' | 'received'
  readonly party: string
  /** Log time. */
  readonly atMs: number
  /** Sent: the other end has it. */
  readonly isSettled: boolean
}

/** An audit of this organisation: how far it is, and what came of it. It names no person. */
export interface AuditView {
  readonly qid: string
  /** Hex. */
  readonly planHash: string
  /** Who had it made, as the configuration names them. */
  readonly by: string
  readonly begunMs: number
  /** `lost`: what was kept of it could not be read any more, and nothing was found. */
  readonly state: 'running' | 'ended' | 'lost'
  readonly parties: Readonly<Record<Side | 'tally', string>>
  readonly messages: readonly AuditedMessage[]
  /** `null` while it runs. */
  readonly finding: JoinFinding | null
  /** Whether nothing was found; `null` while it runs. */
  readonly holds: boolean | null
  /** Whether the places are those that nonce and shares draw, computed again; `null` where nothing was drawn. */
  readonly isDrawRight: boolean | null
  /** Where the audit begins in the own log. */
  readonly place: JoinRow['place']
}

/** What an audit has come to, by its row and its messages. */
export function auditView(row: JoinRow, messages: readonly JoinMessageRow[]): AuditView {
  const plan = readJoinPlan(row.plan)
  const { qid, planHash, begunMs, place, end } = row
  const finding = end?.result === undefined ? null : readFinding(end.result)
  const isDrawn = finding !== null && finding.request !== null
  return {
    qid,
    planHash,
    begunMs,
    place,
    by: row.analyst,
    state: end === undefined ? 'running' : finding === null ? 'lost' : 'ended',
    parties: {
      left: plan.left.organisation,
      right: plan.right.organisation,
      tally: plan.tally,
    },
    messages: messages.map(({ leg, direction, party, atMs, isSettled }) => ({
      leg,
      direction,
      party,
      atMs,
      isSettled,
    })),
    finding,
    holds: finding && isAuditHeld(finding),
    isDrawRight: isDrawn ? isDrawHeld(finding) : null,
  }
}
