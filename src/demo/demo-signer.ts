import { actBytes, parseAgreement, signAct, signAgreement } from '../agreement/index.ts'
import { canonicalBytes } from '../bytes/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import type { Clock } from '../ports/index.ts'
import { parseOrganisationId } from '../protocol/index.ts'
import type { OfficerSigner } from '../web/index.ts'

/**
 * Signs as an officer, with their secret key of 32 bytes. The demo holds every officer's key, on one machine with
 * everything else; nobody else does.
 */
export function demoSigner(organisation: string, seed: Uint8Array, clock: Clock): OfficerSigner {
  const signer = { organisation: parseOrganisationId(organisation), role: 'dpo', seed } as const
  const ed25519 = bestEd25519()
  return {
    sign: (agreement) => {
      const bytes = canonicalBytes(signAgreement(agreement, signer, ed25519))
      parseAgreement(bytes)
      return bytes
    },
    signAct: (wanted) => actBytes(signAct({ v: 1, ...wanted, atMs: clock.now() }, signer, ed25519)),
  }
}
