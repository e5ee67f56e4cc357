import { isIP } from 'node:net'
import { encodeHex } from '../bytes/index.ts'
import type { Clock, Randomness } from '../ports/index.ts'

/** A new certificate with its key, PEM. */
export interface MadeCertificate {
  readonly certificate: string
  /** PKCS #8, secret. */
  readonly key: string
}

/** Days that a certificate is good for. */
export const certificateDays = 397

const dayMs = 86_400_000
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/**
 * Makes a self-signed certificate (RFC 5280, ECDSA P-256) for one host, for servers and clients. It
 * says nothing about anybody: the directory record that pins it does.
 */
export async function makeCertificate(
  host: string,
  { clock, randomness }: { readonly clock: Clock; readonly randomness: Randomness },
): Promise<MadeCertificate> {
  // Loaded where it is needed: a gateway that only serves makes no certificates.
  await import('reflect-metadata')
  const {
    BasicConstraintsExtension,
    ExtendedKeyUsage,
    ExtendedKeyUsageExtension,
    KeyUsageFlags,
    KeyUsagesExtension,
    SubjectAlternativeNameExtension,
    X509CertificateGenerator,
  } = await import('@peculiar/x509')
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const name = host.replace(/^\[|\]$/g, '')
  const nowMs = clock.now()
  const generated = await X509CertificateGenerator.createSelfSigned(
    {
      // A leading zero byte less than 0x80 keeps the number positive.
      serialNumber: `01${encodeHex(randomness.bytes(15))}`,
      name: [{ CN: [name] }],
      notBefore: new Date(nowMs - dayMs),
      notAfter: new Date(nowMs + certificateDays * dayMs),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
        new SubjectAlternativeNameExtension([
          { type: isIP(name) === 0 ? 'dns' : 'ip', value: name },
        ]),
      ],
    },
    crypto,
  )
  const key = pem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  return { certificate: `${generated.toString('pem')}\n`, key }
}
