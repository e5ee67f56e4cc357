import { encodeBase64 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { systemClock } from '../../platform/index.ts'
import type { Clock } from '../../ports/index.ts'
import { gatewayKeyId, parseOrganisationId, type SignatureKey } from '../../protocol/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { readKeyFile } from '../key-file.ts'
import type { DirectoryBook } from './directory-book.ts'

/** A gateway key with its public half, base64. */
export interface HeldKey extends SignatureKey {
  readonly publicKey: string
}

/**
 * The key to sign with now: of those that are held, the one whose time in the own directory record
 * began last. What is not in the record signs only where there is no record with it.
 */
export function rotatingKey(
  [first, ...others]: readonly HeldKey[],
  directory: Pick<DirectoryBook, 'ownGatewayKeys'>,
  clock: Clock,
): SignatureKey {
  if (first === undefined) throw new RangeError('a gateway has a key')
  const current = (): SignatureKey => {
    const nowMs = clock.now()
    const begun = directory
      .ownGatewayKeys()
      .filter(({ notBeforeMs, notAfterMs }) => notBeforeMs <= nowMs && nowMs < notAfterMs)
      .toSorted((one, other) => other.notBeforeMs - one.notBeforeMs)
    const held = [first, ...others]
    for (const { publicKey } of begun) {
      const key = held.find((one) => one.publicKey === publicKey)
      if (key !== undefined) return key
    }
    return first
  }
  return {
    get keyId() {
      return current().keyId
    },
    get seed() {
      return current().seed
    },
  }
}

/** The key that messages are signed with: while it is changed, the one that the own record says counts. */
export async function readSignatureKey(
  { config, at }: LoadedConfig,
  directory: DirectoryBook,
  ed25519: Ed25519,
): Promise<SignatureKey> {
  const { gateway_file: file, gateway_next_file: next } = config.keys
  const files = next === undefined ? [file] : [file, next]
  const keys = await Promise.all(
    files.map(async (name) => {
      const seed = await readKeyFile(at(name))
      const publicKey = ed25519.publicKey(seed)
      const keyId = gatewayKeyId(parseOrganisationId(config.org.id), publicKey)
      return { keyId, seed, publicKey: encodeBase64(publicKey) }
    }),
  )
  return rotatingKey(keys, directory, systemClock)
}
