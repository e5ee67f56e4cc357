import type { PersonWriter } from '../../person/index.ts'
import type { GateSentence, Said } from '../../sentences/index.ts'
import type { AuditFinding } from '../audit/audit-finding.ts'
import type { SelfAudit } from '../audit/self-audit.ts'

/** The self-audit as a job of a running gateway. */
export interface AuditJob {
  /** One pass; nothing more once something was found. */
  round(): Promise<void>
  /** What was found: from then on nothing may be answered. */
  ailment(): Said<GateSentence> | undefined
}

/**
 * Runs the self-audit. The first finding shuts the gateway at once, and is then made an entry
 * (`signal.self-audit`) that names what was found and where, so that it cannot be hidden by a restart.
 */
export function auditJob(audit: SelfAudit, writer: PersonWriter): AuditJob {
  let finding: AuditFinding | undefined
  return {
    async round() {
      if (finding !== undefined) return
      finding = await audit.pass()
      if (finding === undefined) return
      const { code, file, entry } = finding
      await writer.commit({
        type: 'governance',
        kind: 'signal.self-audit',
        name: file,
        digest: null,
        body: entry === undefined ? { code } : { code, entry },
        agreement: undefined,
      })
    },
    ailment: () =>
      finding === undefined
        ? undefined
        : { id: 'gateSays.self-audit', values: { said: finding.sentence } },
  }
}
