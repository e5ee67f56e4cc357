import { nodeMlDsa44, systemClock, systemRandomness } from '../../platform/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import type { OpenGateway } from '../open-gateway.ts'
import { type ReconcileJob, reconcileJob } from './reconcile-job.ts'

/** The runs that the configuration asks for; none where it names no organisations. */
export function makeReconcileJob(
  { config, at }: LoadedConfig,
  gateway: OpenGateway,
  mayWrite: () => boolean,
): ReconcileJob {
  const { reconciliation } = config
  const { key, ed25519, http, policy, writer, directory } = gateway
  return reconcileJob(
    {
      key,
      ed25519,
      mlDsa44: nodeMlDsa44,
      http,
      policy,
      writer,
      clock: systemClock,
      randomness: systemRandomness,
      peers: () => directory.peers(),
      organisations: reconciliation?.organisations ?? [],
      everyMs: (reconciliation?.every_s ?? 0) * 1000,
      windowMs: (reconciliation?.window_s ?? 0) * 1000,
      stateFile: at(reconciliation?.state_file ?? 'reconciliation.json'),
    },
    mayWrite,
  )
}
