import { closeLog } from '../log/index.ts'
import { bestEd25519, nodeMlDsa44, systemClock, systemTimers } from '../platform/index.ts'
import type { LoadedConfig } from './config-file.ts'
import { witnessStanding } from './jobs/witness-standing.ts'
import { verifierKeyText } from './log-keys.ts'
import { requireSuccessorOrigin } from './log-origin.ts'
import { NodeError } from './node-error.ts'
import { writerSettings } from './open-gateway.ts'
import { openLog } from './open-log.ts'
import { assembleGateway, makePublishJob } from './start-node.ts'
import { confirmHead } from './startup/confirm-head.ts'

/** What closing a log came to. */
export interface OrganisationLogClosed {
  readonly origin: string
  /** Entries of the closed log, the closing one included. */
  readonly size: number
  readonly successor: string
  /** What peers and witnesses must know the successor by. */
  readonly verifierKeys: readonly string[]
}

/** How long the witnesses have to confirm the head before it is closed. */
const patienceMs = 20_000

/** Starts the gateway without listening, so that a log that was put back is found before it is closed. */
async function confirmBefore(loaded: LoadedConfig): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const assembled = await assembleGateway(loaded, stack)
  const { policy, ed25519 } = assembled.gateway
  const standing = witnessStanding({ policy, ed25519, mlDsa44: nodeMlDsa44, clock: systemClock })
  const publish = makePublishJob(assembled)
  const endMs = systemClock.now() + patienceMs
  const confirmed = await confirmHead({
    checkWitnesses: assembled.findings.checkWitnesses,
    publish: async () => {
      const round = await publish.round()
      if (round !== undefined) standing.take(round)
    },
    isConfirmed: () => standing.isConfirmed(),
    isStopped: () => systemClock.now() > endMs,
    timers: systemTimers,
    report: () => undefined,
  })
  if (confirmed === 'confirmed') return
  throw new NodeError(
    'UNCONFIRMED',
    'No quorum of witnesses has confirmed the head of this log; it is not closed. Try again when they can be reached.',
  )
}

/**
 * Closes the organisation's log and opens its successor, while no gateway runs: the stores are held
 * against everything that remembers the log, as at a start, and a quorum of witnesses confirms the
 * head; then the closing entry, its checkpoint and the empty successor become durable in one commit.
 * The closing checkpoint is published by the next start that lists the log as closed.
 *
 * @throws {@link NodeError}, {@link StorageError}, {@link LogError} as a start does; `UNCONFIRMED`
 */
export async function closeOrganisationLog(
  loaded: LoadedConfig,
  next: string,
): Promise<OrganisationLogClosed> {
  const { origin } = loaded.config.log
  requireSuccessorOrigin(origin, next)
  await confirmBefore(loaded)
  using open = await openLog(writerSettings(loaded))
  const ed25519 = bestEd25519()
  const signers = open.keys.active.map((signer) => ({ ...signer, name: next }))
  const verifierKeys = signers.map((signer) => verifierKeyText(signer, ed25519))
  const { closing } = await closeLog({ ...open.deps, signers: open.keys.active }, open.start, {
    organisation: loaded.config.org.id,
    successor: { origin: next, signers, verifierKeys },
  })
  return { origin, size: closing.size, successor: next, verifierKeys }
}
