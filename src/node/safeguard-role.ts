import { systemClock } from '../platform/index.ts'
import type { LoadedConfig } from './config-file.ts'
import { officerKeys } from './gateway-parts.ts'
import type { SafeguardRouteDeps } from './http/safeguard-routes.ts'
import type { OpenGateway } from './open-gateway.ts'

/** What the data protection officer's acts are checked and written with. */
export function safeguardRole(
  { config }: LoadedConfig,
  gateway: OpenGateway,
): Omit<SafeguardRouteDeps, 'shutBy' | 'writer'> {
  const { reader, subjects, agreements, ed25519, directory, key } = gateway
  return {
    reader,
    subjects,
    agreements,
    ed25519,
    clock: systemClock,
    keysOf(organisation) {
      const peers = directory.peers()
      const officers = officerKeys(config, peers).dpos.get(organisation) ?? []
      if (organisation === config.org.id) return [...officers, ed25519.publicKey(key.seed)]
      const peer = peers.find(({ id }) => id === organisation)
      return [...officers, ...(peer?.gatewayKeys.values() ?? [])]
    },
  }
}
