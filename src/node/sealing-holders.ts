import { equalBytes } from '../bytes/index.ts'
import type {
  GovernanceIntent,
  IdentitySealing,
  KnownAgreement,
  SealingHolders,
} from '../person/index.ts'
import { identityKinds } from '../person/index.ts'
import { sodiumSealedBox } from '../platform/index.ts'
import type { SealedBox } from '../ports/index.ts'
import type { NodeConfig } from './config.ts'
import { NodeError } from './node-error.ts'
import { publicKeyBytes } from './peer.ts'

type Sealing = NonNullable<NodeConfig['keys']['sealing']>

function invalid(message: string): NodeError {
  return new NodeError('CONFIG_INVALID', message)
}

function sealingKey(text: string, setting: string, box: SealedBox): Uint8Array {
  const key = publicKeyBytes(text, `"keys.sealing.${setting}"`)
  try {
    box.seal(key, new Uint8Array(1))
    return key
  } catch (cause) {
    throw new NodeError(
      'CONFIG_INVALID',
      `"keys.sealing.${setting}" is no key that anything can be sealed for; take what "cloison identity seal-key" prints.`,
      { cause },
    )
  }
}

function holdersOf(config: NodeConfig, sealing: Sealing, box: SealedBox): SealingHolders {
  const { org, keys, peers } = config
  const dpo = sealingKey(sealing.dpo_public, 'dpo_public', box)
  const inspector = sealingKey(sealing.inspector_public, 'inspector_public', box)
  if (equalBytes(dpo, inspector))
    throw invalid(
      '"keys.sealing" has one key twice: the officer and the inspector need a key each, made by each of them.',
    )
  if ([sealing.dpo_public, sealing.inspector_public].includes(keys.dpo_public))
    throw invalid(
      '"keys.sealing" has the officer\'s signing key; sealing needs a key of its own, made by "cloison identity seal-key".',
    )
  if (sealing.inspector === org.id || !peers.some(({ id }) => id === sealing.inspector))
    throw invalid(
      `"keys.sealing.inspector" must be another organisation that is a peer; ${JSON.stringify(sealing.inspector)} is not.`,
    )
  return {
    dpo: { organisation: org.id, key: dpo },
    inspector: { organisation: sealing.inspector, key: inspector },
  }
}

/**
 * For whom officials' identities are sealed; `undefined` where the configuration names nobody.
 *
 * @throws {@link NodeError} `CONFIG_INVALID` for keys that are none, or of one party alone
 */
export function identitySealing(config: NodeConfig): IdentitySealing | undefined {
  const { sealing } = config.keys
  if (sealing === undefined) return undefined
  const box = sodiumSealedBox()
  if (box === undefined)
    throw invalid(
      '"keys.sealing" needs libsodium, and sodium-native has no binary for this machine.',
    )
  return { box, holders: holdersOf(config, sealing, box) }
}

/** Makes public, before anything is sealed, for whom it will be; nothing where nobody is named. */
export function sealingIntents({ keys }: NodeConfig): readonly GovernanceIntent[] {
  const { sealing } = keys
  if (sealing === undefined) return []
  const body = { dpo: sealing.dpo_public, inspector: sealing.inspector_public }
  return [
    {
      type: 'governance',
      kind: identityKinds.holders,
      name: sealing.inspector,
      digest: null,
      body,
      agreement: undefined,
    },
  ]
}

/** A sentence where this organisation asks and seals nothing. */
export function sealingWarning(
  { org, keys }: NodeConfig,
  agreements: readonly Pick<KnownAgreement, 'agreement'>[],
): string | undefined {
  const asks = agreements.some(({ agreement }) => agreement.consumer === org.id)
  if (!asks || keys.sealing !== undefined) return undefined
  return 'Who asks is not sealed for anybody, so no inspector can find out who an official was: set keys.sealing (docs/how-to/open-an-identity.md).'
}
