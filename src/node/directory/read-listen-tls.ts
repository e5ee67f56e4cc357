import { createPrivateKey, X509Certificate } from 'node:crypto'
import { type OwnCertificate, spkiPin } from '../../platform/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { NodeError } from '../node-error.ts'
import { readSettingFile } from '../read-setting-file.ts'

/** What the public listener shows, and whether peers must show something themselves. */
export interface ServedTls extends OwnCertificate {
  /** SHA-256 of the certificate's SubjectPublicKeyInfo, base64. */
  readonly pin: string
  readonly clientCertificates: 'off' | 'required'
  readonly validToMs: number
}

function read(
  certificate: string,
  key: string,
): { readonly pin: string; readonly validToMs: number } {
  const x509 = new X509Certificate(certificate)
  if (!x509.checkPrivateKey(createPrivateKey(key)))
    throw new TypeError('the key does not belong to the certificate')
  return { pin: spkiPin(x509), validToMs: x509.validToDate.getTime() }
}

/**
 * Reads certificate and key of the public listener and sees that they belong together.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`; never with a word of the key
 */
export async function readListenTls({ config, at }: LoadedConfig): Promise<ServedTls | undefined> {
  const { tls } = config.listen
  if (tls === undefined) return undefined
  const certificate = await readSettingFile(at(tls.certificate_file), 'listen.tls.certificate_file')
  const key = await readSettingFile(at(tls.key_file), 'listen.tls.key_file')
  try {
    const clientCertificates = tls.client_certificates ?? 'off'
    return { certificate, key, clientCertificates, ...read(certificate, key) }
  } catch (cause) {
    throw new NodeError(
      'CONFIG_INVALID',
      `${at(tls.certificate_file)} and ${at(tls.key_file)} are not a certificate and its key in PEM.`,
      { cause },
    )
  }
}
