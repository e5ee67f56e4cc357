import { decodeBase64 } from '../bytes/index.ts'
import { parseVerifierKey, type VerifierKey } from '../log/verify/index.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from '../log/index.ts'
import {
  currentKeys,
  type DirectoryStanding,
  gatewayKeyId,
  isLoopbackHost,
  parseOrganisationId,
} from '../protocol/index.ts'
import { NodeError } from './node-error.ts'
import type { PeerConfig, RecordPeerConfig } from './peer-config.ts'

/** A peer as it counts now, wherever its keys come from. All of it is public. */
export interface Peer {
  readonly id: string
  /** Without a slash at the end. */
  readonly url: string
  /** Public keys of its gateway by key id, 32 bytes each. */
  readonly gatewayKeys: ReadonlyMap<string, Uint8Array>
  /** Of its logs, oldest first. */
  readonly logKeys: readonly VerifierKey[]
  /** Of its data protection officers, newest first. */
  readonly dpoKeys: readonly Uint8Array[]
  /** Of its inspector, who countersigns agreements of others, newest first; none where it has none. */
  readonly inspectorKeys: readonly Uint8Array[]
  /** SHA-256 of the SubjectPublicKeyInfo of its certificates, base64. */
  readonly tlsPins: readonly string[]
  /** Pseudonyms of its officials that are enrolled here. */
  readonly officials: readonly string[]
  /** Names of witnesses it runs that are not named after the host of its log's origin. */
  readonly witnesses: readonly string[]
}

/** A public key out of the configuration, 32 bytes. @throws {@link NodeError} `CONFIG_INVALID` */
export function publicKeyBytes(text: string, what: string): Uint8Array {
  try {
    const key = decodeBase64(text)
    if (key.length === 32) return key
  } catch {
    // Falls through to the same sentence: the reason would quote the key.
  }
  throw new NodeError('CONFIG_INVALID', `${what} must be a public key: 32 bytes in base64.`)
}

function logKeys({ id, log_vkeys }: PeerConfig): readonly VerifierKey[] {
  try {
    return log_vkeys.map((text) => parseVerifierKey(text))
  } catch (cause) {
    throw new NodeError(
      'CONFIG_INVALID',
      `"log_vkeys" of peer "${id}" must be verifier keys as C2SP signed-note has them.`,
      { cause },
    )
  }
}

function inspectorKeys({ id, inspector_key: key }: PeerConfig): readonly Uint8Array[] {
  return key === undefined ? [] : [publicKeyBytes(key, `"inspector_key" of peer "${id}"`)]
}

function requirePrivateWay({ id, url, tls_pins: pins = [] }: PeerConfig): void {
  const { protocol, hostname } = new URL(url)
  if (protocol === 'http:' && !isLoopbackHost(hostname)) {
    throw new NodeError(
      'CONFIG_INVALID',
      `"url" of peer "${id}" must be an https address; plain http is for this machine alone.`,
    )
  }
  if (protocol === 'https:' && pins.length === 0) {
    throw new NodeError(
      'CONFIG_INVALID',
      `Peer "${id}" needs "tls_pins": which certificates it may show, as its directory record lists them.`,
    )
  }
}

/** A peer whose keys stand in the configuration. @throws {@link NodeError} `CONFIG_INVALID` */
export function explicitPeer(config: PeerConfig): Peer {
  requirePrivateWay(config)
  const { id } = config
  const gatewayKey = publicKeyBytes(config.gateway_key, `"gateway_key" of peer "${id}"`)
  return {
    id,
    url: config.url,
    gatewayKeys: new Map([[gatewayKeyId(parseOrganisationId(id), gatewayKey), gatewayKey]]),
    logKeys: logKeys(config),
    dpoKeys: [publicKeyBytes(config.dpo_key, `"dpo_key" of peer "${id}"`)],
    inspectorKeys: inspectorKeys(config),
    tlsPins: config.tls_pins ?? [],
    officials: config.officials,
    witnesses: config.witnesses ?? [],
  }
}

/** What an officer has signed stays signed when the key's time is over, but not when it is revoked. */
const hasBegun: readonly string[] = ['current', 'expired']

/** A peer as its accepted directory records have it at one moment. */
export function recordedPeer(
  { id, officials, witnesses = [] }: RecordPeerConfig,
  standing: DirectoryStanding,
): Peer {
  const keys = (use: Parameters<typeof currentKeys>[1]): ReturnType<typeof currentKeys> =>
    currentKeys(standing, use)
  const bytes = ({ publicKey }: { readonly publicKey: string }): Uint8Array =>
    decodeBase64(publicKey)
  const officerKeys = (use: 'dpo' | 'inspector'): readonly Uint8Array[] =>
    standing.keys
      .filter(({ key, standing: { state } }) => key.use === use && hasBegun.includes(state))
      .map(({ key }) => key)
      .toSorted((one, other) => other.notBeforeMs - one.notBeforeMs)
      .map(bytes)
  return {
    id,
    url: standing.record.url,
    gatewayKeys: new Map(
      keys('gateway').map((key) => [gatewayKeyId(parseOrganisationId(id), bytes(key)), bytes(key)]),
    ),
    logKeys: keys('log').map((key) =>
      parseVerifierKey(formatVerifierKey(key.name ?? '', SIGNATURE_TYPES.ed25519, bytes(key))),
    ),
    dpoKeys: officerKeys('dpo'),
    inspectorKeys: officerKeys('inspector'),
    tlsPins: keys('tls').map(({ publicKey }) => publicKey),
    officials,
    witnesses: [...witnesses, ...keys('witness').map(({ name }) => name ?? '')],
  }
}

/** The logs of a peer, oldest first. */
export function logOrigins({ logKeys: keys }: Peer): readonly string[] {
  return [...new Set(keys.map(({ name }) => name))]
}
