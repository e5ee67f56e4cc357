import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { ServedTls } from '../directory/read-listen-tls.ts'

/**
 * Times after which a connection that does not get on is ended, milliseconds; sizes in bytes. A request may take as long as the
 * largest list of a join; all others are ended much earlier, by `body-deadline.ts`.
 */
const bounds = {
  headersTimeout: 10_000,
  requestTimeout: 3_600_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
} as const

/** How long a connection may stay silent, and a TLS handshake may take, milliseconds. */
const silenceMs = 30_000
const handshakeMs = 10_000

/**
 * The server of the public listener: TLS 1.3 and nothing older, or plain HTTP where none is
 * configured. Client certificates are asked for where they may be needed, and looked at by the
 * routes: pins decide, no authority.
 */
export function publicServer(
  listener: RequestListener,
  tls: ServedTls | undefined,
  asksCertificates: boolean,
): Server {
  const server =
    tls === undefined
      ? createServer(bounds, listener)
      : createTlsServer(
          {
            ...bounds,
            cert: tls.certificate,
            key: tls.key,
            minVersion: 'TLSv1.3',
            handshakeTimeout: handshakeMs,
            ALPNProtocols: ['http/1.1'],
            requestCert: asksCertificates,
            rejectUnauthorized: false,
          },
          listener,
        )
  server.setTimeout(silenceMs)
  return server
}
