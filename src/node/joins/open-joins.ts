import {
  AuditableRuns,
  runBeginner,
  JoinAnswerer,
  JoinAuditor,
  type JoinContext,
  JoinRunner,
  JoinTally,
} from '../../population/index.ts'
import { joinGroupOf, PlatformError } from '../../platform/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { NodeError } from '../node-error.ts'
import type { OpenGateway } from '../open-gateway.ts'
import { auditSeal } from './audit-seal.ts'
import type { JoinFolders } from './join-orders.ts'
import { joinRole } from './join-role.ts'
import { joinFolders, joinRunsIn } from './join-run-place.ts'
import { JoinThread } from './join-thread.ts'

/** All that a running gateway does for joins. */
export interface OpenJoins extends AsyncDisposable {
  readonly runner: JoinRunner
  readonly answerer: JoinAnswerer
  readonly tally: JoinTally
  readonly auditor: JoinAuditor
  readonly auditable: AuditableRuns
  /** One round of what is open; the first takes up what an earlier process left. */
  round(): Promise<void>
}

/**
 * Opens joins over an open gateway. No thread is started before there is a run.
 *
 * @throws NodeError `KEY_FILE_INVALID`, `CONFIG_INVALID` for an inspector's key that is none, and for arithmetic that this
 * machine does not have
 */
export function openJoins(
  loaded: LoadedConfig,
  gateway: OpenGateway,
  parts: Pick<JoinContext, 'countNoise' | 'mayAnswer' | 'report'>,
): OpenJoins {
  const folders = joinFolders(loaded)
  auditSeal(folders)
  requireTier(folders)
  const machine = new JoinThread(folders)
  const context = joinRole(loaded, gateway, { ...parts, machine, runs: joinRunsIn(folders) })
  const runner = new JoinRunner(context, runBeginner(context))
  const tally = new JoinTally(context, runner)
  let resumed: Promise<void> | undefined
  return {
    runner,
    tally,
    answerer: new JoinAnswerer(context, runner),
    auditor: new JoinAuditor(context, runner),
    auditable: new AuditableRuns(context),
    async round() {
      if (!parts.mayAnswer()) return
      resumed ??= runner.resume()
      await resumed
      await tally.round()
      await runner.round()
    },
    async [Symbol.asyncDispose]() {
      await machine[Symbol.asyncDispose]()
      await runner[Symbol.asyncDispose]()
    },
  }
}

function requireTier({ tier }: JoinFolders): void {
  try {
    joinGroupOf(tier)
  } catch (cause) {
    if (!(cause instanceof PlatformError)) throw cause
    throw new NodeError('CONFIG_INVALID', `"limits.join_tier": ${cause.message}`, { cause })
  }
}
