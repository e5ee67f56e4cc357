import { sodiumSealedBox } from '../platform/index.ts'
import type { IdentitySealing } from '../person/index.ts'
import type { SealedBox } from '../ports/index.ts'

/** The secret keys of two holders: public test values. */
export const holderSecrets: { readonly dpo: Uint8Array; readonly inspector: Uint8Array } = {
  dpo: new Uint8Array(32).fill(21),
  inspector: new Uint8Array(32).fill(22),
}

/** libsodium's sealed boxes; tests run where it loads. */
export function testBox(): SealedBox {
  const box = sodiumSealedBox()
  if (box === undefined) throw new TypeError('libsodium does not load on this machine')
  return box
}

/** Sealing for housing's officer and the inspector. */
export function sampleSealing(box: SealedBox = testBox()): IdentitySealing {
  return {
    box,
    holders: {
      dpo: { organisation: 'housing', key: box.publicKey(holderSecrets.dpo) },
      inspector: { organisation: 'inspector', key: box.publicKey(holderSecrets.inspector) },
    },
  }
}
