import { availableParallelism } from 'node:os'
import { aesGcm, runningSha256, systemRandomness } from '../../platform/index.ts'
import type { JoinRuns } from '../../population/index.ts'
import { openJoinRuns } from '../../storage/join-runs/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import type { JoinFolders } from './join-orders.ts'
import { placedQueue } from './queue/open-parts.ts'

/** Where runs of joins are kept and with how many threads, as configured; a core is left for questions. */
export function joinFolders({ config, at }: LoadedConfig): JoinFolders {
  const { audit_seal_file } = config.keys
  return {
    path: at(config.store.join_folder ?? 'joins'),
    keyPath: at(config.keys.join_folder ?? 'keys/joins'),
    ...(config.join_queue !== undefined && { queue: placedQueue(config.join_queue, at) }),
    threads: config.limits.join_threads ?? Math.max(1, availableParallelism() - 1),
    sealPath: audit_seal_file === undefined ? undefined : at(audit_seal_file),
  }
}

/** Opens the folder of runs with this machine's parts. */
export function joinRunsIn(folders: JoinFolders): JoinRuns {
  return openJoinRuns({
    ...folders,
    aead: aesGcm(systemRandomness),
    randomness: systemRandomness,
    sha256: runningSha256,
  })
}
