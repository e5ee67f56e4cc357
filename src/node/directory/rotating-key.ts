import type { Clock } from '../../ports/index.ts'
import type { SignatureKey } from '../../protocol/index.ts'
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
