import { availableParallelism } from 'node:os'
import { aesGcm, runningSha256, systemRandomness } from '../../platform/index.ts'
import type { JoinRuns } from '../../population/index.ts'
import type { MaskingCrew } from '../../register/index.ts'
import { openJoinRuns } from '../../storage/join-runs/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import type { JoinFolders } from './join-orders.ts'
import { placedQueue } from './queue/open-parts.ts'

/** With what this organisation computes points, in its register's processes as well; a core is left for questions. */
export function joinCrew({ limits }: LoadedConfig['config']): MaskingCrew {
  const threads = limits.join_threads ?? Math.max(1, availableParallelism() - 1)
  return { threads, tier: limits.join_tier }
}

/** Where runs of joins are kept and with what points are computed, as configured. */
export function joinFolders({ config, at }: LoadedConfig): JoinFolders {
  const { audit_seal_file } = config.keys
  return {
    path: at(config.store.join_folder ?? 'joins'),
    keyPath: at(config.keys.join_folder ?? 'keys/joins'),
    ...(config.join_queue !== undefined && { queue: placedQueue(config.join_queue, at) }),
    ...joinCrew(config),
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
