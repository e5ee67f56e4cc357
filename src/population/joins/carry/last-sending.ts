import type { JoinRow } from '../../ledger/index.ts'
import type { JoinPlan } from '../../psi/index.ts'
import { auditWindowMs } from './audit-window.ts'

/** How long after a plan's end its last messages are still sent. */
const lateMs = 86_400_000

/** How long after its beginning a stopped run may still have messages to send: a plan lives for a day, and some clocks differ. */
export const stoppedSendingMs: number = 3 * 86_400_000

/** Until when a run's messages are sent: after a result, as long as it may be audited. */
export function lastSendingMs({ expiresMs }: JoinPlan, { end, role, begunMs }: JoinRow): number {
  if (role === 'inspector') return begunMs + auditWindowMs
  return end?.state === 'done' ? end.atMs + auditWindowMs : expiresMs + lateMs
}
