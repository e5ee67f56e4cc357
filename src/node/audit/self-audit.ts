import type { Timers } from '../../ports/index.ts'
import { type AuditFinding, storeFinding } from './audit-finding.ts'
import { auditFolder, lookMs } from './audit-folder.ts'
import { auditPace, AuditStopped } from './audit-pace.ts'
import { auditStore, type StoreAudit } from './audit-store.ts'

/** What a self-audit needs. */
export interface SelfAuditDeps extends Omit<StoreAudit, 'reader'> {
  /** Opens the state store anew for one pass. */
  readonly openStore: () => StoreAudit['reader'] & Disposable
  readonly timers: Timers
  /** Within this time one pass is to be through, milliseconds. */
  readonly passMs: number
}

/** Reads a log again and again for as long as its gateway runs. */
export interface SelfAudit {
  /**
   * One pass over every published file and every stored entry; resolves with the first thing that is
   * not as it was signed, `undefined` when all of it is or when the audit was stopped. A store that
   * cannot be read any more is a finding. Rejects when published files cannot be read at all.
   */
  pass(): Promise<AuditFinding | undefined>
  /** Ends the pass under way at its next step, and all later ones. */
  stop(): void
}

const bundle = 256

const unreadable = (): AuditFinding =>
  storeFinding('ROOT_MISMATCH', 'The state store cannot be read any more.')

/** Runs a part of the audit on a newly opened store; whatever the store throws is a finding. */
async function withStore<Result>(
  { openStore }: SelfAuditDeps,
  part: (reader: StoreAudit['reader']) => Promise<Result>,
): Promise<Result | AuditFinding> {
  try {
    using reader = openStore()
    return await part(reader)
  } catch (cause) {
    if (cause instanceof AuditStopped) throw cause
    return unreadable()
  }
}

/** A self-audit of one log; passes do not overlap, the caller sees to that. */
export function selfAudit(deps: SelfAuditDeps): SelfAudit {
  let stopped = false

  async function run(): Promise<AuditFinding | undefined> {
    const size = await withStore(deps, async (reader) => (await reader.head())?.size ?? 0)
    if (typeof size !== 'number') return size
    // Every bundle is a step twice: as published and as stored. Two more leave time for the rest.
    const steps = 2 * Math.ceil(size / bundle) + 2
    const isStopped = (): boolean => stopped
    const { timers } = deps
    const pace = auditPace(deps.passMs / steps, { timers, isStopped })
    const looks = auditPace(lookMs, { timers, isStopped })
    await pace.step()
    const found = await auditFolder(deps, { pace, looks })
    return found ?? (await withStore(deps, (reader) => auditStore({ ...deps, reader }, pace)))
  }

  return {
    async pass() {
      try {
        return stopped ? undefined : await run()
      } catch (cause) {
        if (cause instanceof AuditStopped || stopped) return undefined
        throw cause
      }
    },
    stop() {
      stopped = true
    },
  }
}
