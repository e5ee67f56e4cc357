import { decodeUtf8 } from '../../bytes/index.ts'
import { CHECKPOINT_PATH } from '../../log/index.ts'
import {
  LogError,
  openCheckpoint,
  type Policy,
  quorumMet,
  type SignatureAlgorithms,
} from '../../log/verify/index.ts'
import type { DrawRow, ExchangeReader, PersonWriter } from '../../person/index.ts'
import type { Files } from '../../ports/index.ts'

/** What fixing checkpoints for draws needs. */
export interface DrawJobDeps extends SignatureAlgorithms {
  readonly reader: ExchangeReader
  readonly writer: PersonWriter
  /** Where the present log is published. */
  readonly files: Files
  readonly origin: string
  readonly policy: Policy
}

/** The published checkpoint with its size, if a quorum has cosigned it. */
async function witnessedCheckpoint(
  deps: DrawJobDeps,
): Promise<{ readonly note: string; readonly size: number } | undefined> {
  const { files, policy, origin, ...algorithms } = deps
  const bytes = await files.read(CHECKPOINT_PATH)
  if (bytes === undefined) return undefined
  const log = policy.logs.map(({ key }) => key).filter(({ name }) => name === origin)
  const witnesses = policy.witnesses.map(({ key }) => key)
  try {
    const opened = openCheckpoint(bytes, { log, witnesses, ...algorithms })
    const isMet = quorumMet(
      policy,
      opened.cosignatures.map(({ key }) => key),
    )
    return isMet ? { note: decodeUtf8(bytes), size: opened.checkpoint.size } : undefined
  } catch (cause) {
    if (cause instanceof LogError) return undefined
    throw cause
  }
}

/**
 * Fixes a checkpoint for each draw that waits for one: the first published one that covers the
 * commitment and that a quorum has cosigned. The operator does so without the nonce, and by no choice of
 * the inspector's.
 */
export function drawJob(deps: DrawJobDeps, mayWrite: () => boolean): { round(): Promise<void> } {
  return {
    async round() {
      if (!mayWrite()) return
      const waiting = await deps.reader.drawsToFix()
      const own = waiting.filter(({ committed }: DrawRow) => committed.origin === deps.origin)
      if (own.length === 0) return
      const found = await witnessedCheckpoint(deps)
      if (found === undefined) return
      for (const { committed } of own) {
        if (found.size <= committed.index) continue
        await deps.writer.commit({ type: 'draw', step: 'fix', committed, checkpoint: found.note })
      }
    },
  }
}
