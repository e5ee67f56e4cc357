import { createHash, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { TLSSocket } from 'node:tls'
import { buildConnector } from 'undici'
import type { PinnedServer, Pins } from './pinned-server.ts'
import { PlatformError } from './platform-error.ts'

/** A certificate of this side with its key, PEM. */
export interface OwnCertificate {
  readonly certificate: string
  /** Secret. */
  readonly key: string
}

/** SHA-256 of a certificate's SubjectPublicKeyInfo in base64: what a directory record pins (RFC 7469, 2.4). */
export function spkiPin(certificate: X509Certificate): string {
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('base64')
}

/** {@link spkiPin} of a certificate in PEM. */
export function certificatePin(pem: string): string {
  return spkiPin(new X509Certificate(pem))
}

function isFor(certificate: X509Certificate, host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '')
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined
}

function refusalOf(
  socket: TLSSocket,
  host: string,
  { pins, nowMs }: { readonly pins: Pins; readonly nowMs: number },
): string | undefined {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return 'the other side shows no certificate'
  if (pins === 'any') return undefined
  if (!pins.includes(spkiPin(certificate))) return 'its certificate is not pinned in the directory'
  const { validFromDate, validToDate } = certificate
  if (nowMs < validFromDate.getTime() || nowMs > validToDate.getTime())
    return 'its certificate is not valid at this time'
  if (!isFor(certificate, host)) return 'its certificate is for another host'
  if (socket.getProtocol() !== 'TLSv1.3') return 'it does not speak TLS 1.3'
  return undefined
}

/**
 * Connects by TLS 1.3 to whoever shows one of the pinned certificates, made for the host and valid
 * now. No authority is asked: the directory record vouches. The connection is handed out only after
 * that, so nothing is sent to anybody else. Sessions are not resumed: each connection shows the
 * certificate anew.
 */
export function pinnedConnector(
  { pins, host }: PinnedServer,
  own: OwnCertificate | undefined,
  nowMs: () => number,
): buildConnector.connector {
  const connect = buildConnector({
    rejectUnauthorized: false,
    minVersion: 'TLSv1.3',
    maxCachedSessions: 0,
    allowH2: false,
    timeout: 10_000,
    ...(own === undefined ? {} : { cert: own.certificate, key: own.key }),
  })
  return (options, callback) => {
    connect(options, (cause, socket) => {
      if (cause !== null) return callback(cause, null)
      const reason =
        socket instanceof TLSSocket
          ? refusalOf(socket, host ?? options.hostname, { pins, nowMs: nowMs() })
          : 'it does not speak TLS'
      if (reason === undefined) return callback(null, socket)
      socket.destroy()
      return callback(
        new PlatformError('PEER_NOT_PINNED', `The connection is refused: ${reason}.`),
        null,
      )
    })
  }
}
