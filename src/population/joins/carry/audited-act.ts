import { encodeBase64 } from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import type { JoinAuditAct } from '../../commit/index.ts'
import { isAuditHeld, type PartyFinding, readFinding } from '../../psi/index.ts'

/** What an inspector makes public of a finding: whether the audit holds, and how much was found of whom. */
export function auditedAct(bytes: Uint8Array): JoinAuditAct {
  const finding = readFinding(bytes)
  const of = (party: PartyFinding['party']): number =>
    finding.findings.filter((one) => one.party === party).length
  return {
    kind: 'join.audited',
    qid: finding.qid,
    digest: encodeBase64(sha256(bytes)),
    body: {
      holds: isAuditHeld(finding),
      left: of('left'),
      right: of('right'),
      tally: of('tally'),
    },
  }
}
