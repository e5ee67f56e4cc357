import { defaultLockMs, shortestLockMs, type TimeLock } from '../agreement/index.ts'
import { decodeBase64 } from '../bytes/index.ts'
import {
  belongsTo,
  canBeMet,
  organisationOf,
  parsePolicy,
  parseVerifierKey,
  type Policy,
  policyWithout,
  type VerifierKey,
} from '../log/verify/index.ts'
import {
  defaultRetention,
  type KnownConsumer,
  type KnownProvider,
  type RetentionRule,
} from '../person/index.ts'
import { gatewayKeyId, parseOrganisationId } from '../protocol/index.ts'
import type { NodeConfig, PeerConfig } from './config.ts'
import { NodeError } from './node-error.ts'

/** Whether an origin's host lies under `.localhost`: reserved for this machine, so a demo (RFC 6761, 6.3). */
export function isDemoOrigin(origin: string): boolean {
  return /^[^/]+\.localhost(?:\/|$)/.test(origin)
}

/**
 * The time lock of a gateway. A lock under 24 h is for demo origins only, and a gateway with one
 * refuses every peer that is not a demo itself.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`, `DEMO_PEER_REFUSED`
 */
export function timeLockOf(config: NodeConfig): TimeLock {
  const milliseconds = config.agreements.time_lock_ms ?? defaultLockMs
  const demo = isDemoOrigin(config.log.origin)
  if (!demo && milliseconds < shortestLockMs) {
    throw new NodeError(
      'CONFIG_INVALID',
      '"agreements.time_lock_ms" is under 24 hours; only a demo origin, under .localhost, may have such a lock.',
    )
  }
  const other = config.peers.find((peer) =>
    logKeys(peer).some(({ name }) => isDemoOrigin(name) !== demo),
  )
  if (other !== undefined) {
    throw new NodeError(
      'DEMO_PEER_REFUSED',
      `The peer "${other.id}" and this gateway are not both demos; demo origins are for demos alone.`,
    )
  }
  return { milliseconds, demo }
}

function keyBytes(text: string, what: string): Uint8Array {
  try {
    const key = decodeBase64(text)
    if (key.length === 32) return key
  } catch {
    // Falls through to the same sentence: the reason would quote the key.
  }
  throw new NodeError('CONFIG_INVALID', `${what} must be a public key: 32 bytes in base64.`)
}

function receiptPolicy(keys: readonly VerifierKey[]): Policy {
  return { logs: keys.map((key) => ({ key })), witnesses: [], quorum: { kind: 'none' } }
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

/** The logs of a peer, oldest first. @throws {@link NodeError} `CONFIG_INVALID` */
export function logOrigins(peer: PeerConfig): readonly string[] {
  return [...new Set(logKeys(peer).map(({ name }) => name))]
}

/**
 * Looks at every key of every peer, so that a start is refused before anything is written.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`
 */
export function requirePeerKeys(config: NodeConfig): void {
  knownConsumers(config)
  dpoKeys(config)
}

function gatewayKeys(peer: PeerConfig): ReadonlyMap<string, Uint8Array> {
  const key = keyBytes(peer.gateway_key, `"gateway_key" of peer "${peer.id}"`)
  return new Map([[gatewayKeyId(parseOrganisationId(peer.id), key), key]])
}

/** The peers in their role of asking. */
export function knownConsumers(config: NodeConfig): ReadonlyMap<string, KnownConsumer> {
  return new Map(
    config.peers.map((peer) => [
      peer.id,
      {
        id: peer.id,
        gatewayKeys: gatewayKeys(peer),
        receiptPolicy: receiptPolicy(logKeys(peer)),
        officials: new Set(peer.officials),
      },
    ]),
  )
}

/**
 * The policy under which witnesses vouch for an exchange of this organisation with a peer: neither
 * of the two counts.
 *
 * @throws {@link NodeError} `CONFIG_INVALID` when nobody would be left
 */
function exchangePolicy(config: NodeConfig, peer: PeerConfig, witnesses: Policy): Policy {
  const parties = [
    ...ownNames(config),
    ...logOrigins(peer).map(organisationOf),
    ...(peer.witnesses ?? []),
  ]
  const policy = policyWithout(witnesses, parties)
  if (canBeMet(policy)) return policy
  throw new NodeError(
    'CONFIG_INVALID',
    `The quorum of "witness.policy_file" cannot be met without this organisation and "${peer.id}", so no exchange between the two could be witnessed: name a witness that takes no part.`,
  )
}

/**
 * The own log's policy: an organisation does not vouch for itself, and is not asked to.
 *
 * @throws {@link NodeError} `CONFIG_INVALID` when nobody would be left
 */
export function ownPolicy(config: NodeConfig, witnesses: Policy): Policy {
  const own = ownNames(config)
  const policy = policyWithout(witnesses, own)
  if (!canBeMet(policy)) {
    throw new NodeError(
      'CONFIG_INVALID',
      'The quorum of "witness.policy_file" cannot be met without this organisation\'s own witness: name another one.',
    )
  }
  const others = policy.witnesses.filter(({ key }) => !own.some((one) => belongsTo(key.name, one)))
  return { ...policy, witnesses: others }
}

function ownNames({ log, witness }: NodeConfig): readonly string[] {
  return [organisationOf(log.origin), ...(witness.own ?? [])]
}

/**
 * The peers in their role of answering; `witnesses` is this organisation's own policy of witnesses.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`
 */
export function knownProviders(
  config: NodeConfig,
  witnesses: Policy,
): ReadonlyMap<string, KnownProvider> {
  return new Map(
    config.peers.map((peer) => {
      const keys = logKeys(peer)
      return [
        peer.id,
        {
          id: peer.id,
          url: peer.url,
          authority: new URL(peer.url).host,
          gatewayKeys: gatewayKeys(peer),
          origins: logOrigins(peer),
          receiptPolicy: receiptPolicy(keys),
          quorumPolicy: {
            ...exchangePolicy(config, peer, witnesses),
            logs: keys.map((key) => ({ key })),
          },
        },
      ]
    }),
  )
}

/** Public keys of the data protection officers: the peers' and the own. */
export function dpoKeys(config: NodeConfig): ReadonlyMap<string, Uint8Array> {
  const peers = config.peers.map(({ id, dpo_key }): [string, Uint8Array] => [
    id,
    keyBytes(dpo_key, `"dpo_key" of peer "${id}"`),
  ])
  return new Map([...peers, [config.org.id, keyBytes(config.keys.dpo_public, '"keys.dpo_public"')]])
}

/** Reads a witness policy (C2SP tlog-policy). @throws {@link NodeError} `CONFIG_INVALID` */
export function readWitnessPolicy(text: string): Policy {
  try {
    return parsePolicy(text)
  } catch (cause) {
    throw new NodeError(
      'CONFIG_INVALID',
      'The file of "witness.policy_file" is not a policy as C2SP tlog-policy has it.',
      { cause },
    )
  }
}

/** How long records stay at least, as configured. */
export function retentionOf({ records }: NodeConfig): RetentionRule {
  if (records === undefined) return defaultRetention
  return { accountingYears: records.accounting_years, retentionDays: records.retention_days }
}
