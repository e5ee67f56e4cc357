import { TLSSocket } from 'node:tls'
import type { Socket } from 'node:net'
import { spkiPin } from '../../platform/index.ts'

/**
 * The pin of the certificate that the other side of a connection has shown, base64; `undefined`
 * without TLS or certificate. TLS has proved that it holds the key; whose it is, pins say.
 */
export function shownPin(socket: Socket): string | undefined {
  if (!(socket instanceof TLSSocket)) return undefined
  const certificate = socket.getPeerX509Certificate()
  return certificate === undefined ? undefined : spkiPin(certificate)
}
