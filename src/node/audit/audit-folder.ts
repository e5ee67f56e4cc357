import { describeProblem, type LogSource, verifyLog } from '../../log/verify/index.ts'
import type { Files } from '../../ports/index.ts'
import type { AuditFinding } from './audit-finding.ts'
import type { AuditPace } from './audit-pace.ts'
import type { StoreAudit } from './audit-store.ts'

/** The published folder as the verifier reads it, one bundle a step. */
function pacedSource(files: Files, pace: AuditPace): LogSource {
  return {
    async read(path) {
      if (path.startsWith('tile/entries/')) await pace.step()
      return files.read(path)
    },
    async *list(folder) {
      yield* await files.list(folder)
    },
  }
}

/**
 * Reads every published file again and verifies it as a stranger would, by the verifier's code:
 * `undefined` when all of it is good, else the first thing that is not. An unpublished log is good.
 */
export async function auditFolder(
  { files, origin, keys, ed25519 }: Pick<StoreAudit, 'files' | 'origin' | 'keys' | 'ed25519'>,
  pace: AuditPace,
): Promise<AuditFinding | undefined> {
  if ((await files.read('checkpoint')) === undefined) return undefined
  const { problems } = await verifyLog(pacedSource(files, pace), {
    keys,
    policy: { logs: keys.map((key) => ({ key })), witnesses: [], quorum: { kind: 'none' } },
    origin,
    strict: false,
    ed25519,
    settle: () => pace.step(),
  })
  const [first] = problems
  if (first === undefined) return undefined
  const { code, file, entry } = first
  return { code, file, entry, sentence: describeProblem(first) }
}
