import { join } from 'node:path'
import { encodeBase64 } from '../bytes/index.ts'
import { makeKeyFile, type NodeConfig } from '../node/index.ts'
import { sodiumSealedBox } from '../platform/index.ts'
import type { Randomness } from '../ports/index.ts'

/** For whom each organisation seals, by its id. */
export type DemoSealing = ReadonlyMap<string, NonNullable<NodeConfig['keys']['sealing']>>

/**
 * Makes the sealing keys of the officers of tax and housing and of the inspector, each in the folder of its own
 * organisation; none on a machine without libsodium, where nothing is sealed.
 */
export async function makeSealingKeys(dir: string, randomness: Randomness): Promise<DemoSealing> {
  const box = sodiumSealedBox()
  if (box === undefined) return new Map()
  const make = async (organisation: string): Promise<string> => {
    const path = join(dir, organisation, 'keys', 'sealing.key')
    return encodeBase64(box.publicKey(await makeKeyFile(path, randomness)))
  }
  const inspector = { inspector: 'inspector', inspector_public: await make('inspector') }
  return new Map([
    ['tax', { dpo_public: await make('tax'), ...inspector }],
    ['housing', { dpo_public: await make('housing'), ...inspector }],
  ])
}
