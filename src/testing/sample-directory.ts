import { encodeBase64 } from '../bytes/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import {
  type DirectoryKey,
  type DirectoryRecord,
  parseOrganisationId,
  signDirectoryRecord,
} from '../protocol/index.ts'

const ed25519 = bestEd25519()

/** A moment of the samples, milliseconds. */
export const directoryNowMs = 1_795_000_000_000

/** A seed that is told apart by a number. */
export function directorySeed(number: number): Uint8Array {
  const seed = new Uint8Array(32).fill(7)
  seed[0] = number & 255
  seed[1] = number >> 8
  return seed
}

/** The public half of {@link directorySeed}, base64. */
export function directoryPublicKey(number: number): string {
  return encodeBase64(ed25519.publicKey(directorySeed(number)))
}

/** A key of a sample record, valid from a day before {@link directoryNowMs} for a year. */
export function sampleKey(number: number, change: Partial<DirectoryKey> = {}): DirectoryKey {
  return {
    use: 'gateway',
    name: null,
    publicKey: directoryPublicKey(number),
    notBeforeMs: directoryNowMs - 86_400_000,
    notAfterMs: directoryNowMs + 365 * 86_400_000,
    succession: null,
    ...change,
  }
}

/** A record of `tax` that the root of seed 1 has signed, unless the change says otherwise. */
export function sampleRecord(
  change: Partial<Omit<DirectoryRecord, 'rootKey' | 'signature'>> = {},
  root = 1,
): DirectoryRecord {
  return signDirectoryRecord(
    {
      v: 1,
      organisation: parseOrganisationId('tax'),
      name: 'Tax Agency',
      version: 1,
      issuedAtMs: directoryNowMs - 1_000,
      validUntilMs: directoryNowMs + 300 * 86_400_000,
      url: 'https://tax.example:8411',
      postalAddress: ['Tax Agency', '1 Mint Street'],
      keys: [sampleKey(2)],
      revoked: [],
      recovery: null,
      ...change,
    },
    directorySeed(root),
    ed25519,
  )
}
