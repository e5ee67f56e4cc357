import type { LoadedConfig } from './config-file.ts'
import type { PublicAppDeps } from './http/public-app.ts'

/** The limits of the public listener, as configured. */
export function publicLimits({ limits }: LoadedConfig['config']): PublicAppDeps['limits'] {
  return {
    bodyBytes: limits.body_bytes,
    connections: limits.connections,
    connectionsPerAddress: limits.connections_per_address,
    connectionsPerPeer: limits.connections_per_peer,
    requestsPerPeerPerMinute: limits.requests_per_peer_per_minute,
  }
}
