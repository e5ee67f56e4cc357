import { describeProblem, type LogSource, verifyLog } from '../../log/verify/index.ts'
import { countsHistory } from '../../oversight/index.ts'
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

/** Tiles are published before the checkpoint that signs them; on a busy machine some time before. */
const publicationMs = 5_000
/** Between two looks for the checkpoint that is awaited. */
export const lookMs = 100

/** The second line of a checkpoint: how many entries it signs. */
async function publishedSize(files: Files): Promise<string | undefined> {
  const bytes = await files.read('checkpoint')
  return bytes && Buffer.from(bytes).toString('latin1').split('\n')[1]
}

/** Resolves once a checkpoint of another size is there, and at the latest when a publication must be through. */
async function nextPublication(
  files: Files,
  size: string | undefined,
  looks: AuditPace,
): Promise<void> {
  for (let waitedMs = 0; waitedMs < publicationMs; waitedMs += lookMs) {
    if ((await publishedSize(files)) !== size) return
    await looks.step()
  }
}

/**
 * Reads every published file again and verifies it as a stranger would, by the verifier's code:
 * `undefined` when all of it is good, else the first thing that is not. An unpublished log is good.
 */
export async function auditFolder(
  { files, origin, keys, ed25519 }: Pick<StoreAudit, 'files' | 'origin' | 'keys' | 'ed25519'>,
  { pace, looks }: { readonly pace: AuditPace; readonly looks: AuditPace },
): Promise<AuditFinding | undefined> {
  if ((await files.read('checkpoint')) === undefined) return undefined
  const size = await publishedSize(files)
  const { problems } = await verifyLog(pacedSource(files, pace), {
    keys,
    policy: { logs: keys.map((key) => ({ key })), witnesses: [], quorum: { kind: 'none' } },
    origin,
    strict: false,
    ed25519,
    history: countsHistory,
    settle: () => nextPublication(files, size, looks),
  })
  const [first] = problems
  if (first === undefined) return undefined
  const { code, file, entry } = first
  return { code, file, entry, sentence: describeProblem(first) }
}
