import { type Agreement, isSignatureGood } from '../../agreement/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { openDirectory } from '../directory/open-directory.ts'
import { officerKeys } from '../gateway-parts.ts'

/** A signature under an agreement, held against the keys that an organisation has of its peers. */
export interface CheckedSigner {
  readonly organisation: string
  readonly role: 'dpo' | 'inspector'
  /** `unknown` where no key of that officer is known here. */
  readonly signature: 'good' | 'wrong' | 'unknown'
}

/** Says of every signature under a document whether it is good by the keys that count here now. */
export async function checkSigners(
  loaded: LoadedConfig,
  agreement: Agreement,
): Promise<readonly CheckedSigner[]> {
  const ed25519 = bestEd25519()
  const { book, pending } = await openDirectory(loaded, ed25519)
  const { dpos, inspectors } = officerKeys(loaded.config, book.peersWith(pending))
  return agreement.signatures.map((signature) => {
    const { organisation, role } = signature
    const keys = (role === 'dpo' ? dpos : inspectors).get(organisation) ?? []
    const isGood = keys.some((key) => isSignatureGood(agreement, signature, { key, ed25519 }))
    const known = isGood ? 'good' : 'wrong'
    return { organisation, role, signature: keys.length === 0 ? 'unknown' : known }
  })
}
