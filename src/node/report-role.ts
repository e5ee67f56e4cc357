import { countExposed, declaredBreaches, governanceIndex } from '../oversight/index.ts'
import { systemTimers } from '../platform/index.ts'
import type { LoadedConfig } from './config-file.ts'
import { officerKeys } from './gateway-parts.ts'
import type { ReportRouteDeps } from './http/report-routes.ts'
import type { OpenGateway } from './open-gateway.ts'
import type { PublishedFolders } from './published-folders.ts'
import { readSettingFile } from './read-setting-file.ts'
import { exportDeps, verifierKeys } from './subject-files.ts'

/** What this gateway makes its reports with, and what it counts breaches with. */
export function reportRole(
  loaded: LoadedConfig,
  gateway: OpenGateway,
  folders: PublishedFolders,
): Omit<ReportRouteDeps, 'shutBy' | 'writer' | 'makeSubjectFile'> {
  const { config, at } = loaded
  const { reader, timeLock, directory, ed25519, lineage } = gateway
  const deps = { ...exportDeps(loaded, gateway, folders), timers: systemTimers, reader }
  const index = governanceIndex(deps)
  const { milliseconds, demo } = timeLock
  return {
    organisation: config.org.id,
    agreements: lineage,
    clock: deps.clock,
    timers: systemTimers,
    ed25519,
    officerKeys: () => officerKeys(config, directory.peers()).dpos.get(config.org.id) ?? [],
    breaches: () => declaredBreaches(index, reader),
    countExposed: (exposure) => countExposed(exposure, deps),
    making: {
      ...deps,
      index,
      lock: { milliseconds, demo },
      trust: async () => ({
        vkeys: await verifierKeys(loaded, gateway),
        policy: await readSettingFile(at(config.witness.policy_file), 'witness.policy_file'),
      }),
    },
  }
}
