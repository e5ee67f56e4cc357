import { join } from 'node:path'
import { encodeBase64 } from '../bytes/index.ts'
import { makeKeyFile, type NodeConfig } from '../node/index.ts'
import { sodiumSealedBox } from '../platform/index.ts'
import type { Randomness } from '../ports/index.ts'

/**
 * Makes the sealing keys of housing's officer and of the inspector, each in the folder of its own organisation;
 * `undefined` on a machine without libsodium, where nothing is sealed.
 */
export async function makeSealingKeys(
  dir: string,
  randomness: Randomness,
): Promise<NodeConfig['keys']['sealing']> {
  const box = sodiumSealedBox()
  if (box === undefined) return undefined
  const make = async (organisation: string): Promise<string> => {
    const path = join(dir, organisation, 'keys', 'sealing.key')
    return encodeBase64(box.publicKey(await makeKeyFile(path, randomness)))
  }
  return {
    dpo_public: await make('housing'),
    inspector: 'inspector',
    inspector_public: await make('inspector'),
  }
}
