import { isLoopbackHost } from '../protocol/index.ts'
import type { NodeConfig } from './config.ts'
import { NodeError } from './node-error.ts'

/**
 * How others reach the gateway: `listen.url`, otherwise the address of the public listener. Peers
 * sign for its host and port.
 */
export function publicUrl({ listen }: Pick<NodeConfig, 'listen'>): URL {
  return new URL(listen.url ?? `${listen.tls === undefined ? 'http' : 'https'}://${listen.public}`)
}

/**
 * Plain HTTP stays on this machine: without TLS a gateway listens on a loopback address alone.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`
 */
export function requirePrivacy({ listen }: NodeConfig): void {
  const { hostname } = new URL(`http://${listen.public}`)
  if (listen.tls === undefined && !isLoopbackHost(hostname)) {
    throw new NodeError(
      'CONFIG_INVALID',
      '"listen.tls" is missing: without TLS the public listener may have a loopback address only, as 127.0.0.1:8411.',
    )
  }
}
