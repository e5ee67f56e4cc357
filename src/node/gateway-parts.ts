import { defaultLockMs, shortestLockMs, type TimeLock } from '../agreement/index.ts'
import {
  belongsTo,
  canBeMet,
  organisationOf,
  parsePolicy,
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
import { defaultDirectoryLocks, type DirectoryLocks } from '../protocol/index.ts'
import type { NodeConfig } from './config.ts'
import { NodeError } from './node-error.ts'
import { logOrigins, type Peer, publicKeyBytes } from './peer.ts'
import type { OfficerKeys } from './read-agreements.ts'

/** Whether an origin's host lies under `.localhost`: reserved for this machine, so a demo (RFC 6761, 6.3). */
export function isDemoOrigin(origin: string): boolean {
  return /^[^/]+\.localhost(?:\/|$)/.test(origin)
}

/**
 * The time lock of a gateway. A lock under 24 h is for demo origins only.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`
 */
export function timeLockOf(config: NodeConfig): TimeLock {
  const milliseconds = config.agreements.time_lock_ms ?? defaultLockMs
  requireTimeLock(config.log.origin, milliseconds)
  return { milliseconds, demo: isDemoOrigin(config.log.origin) }
}

/** @throws {@link NodeError} `CONFIG_INVALID` for a lock under 24 h outside of demos */
export function requireTimeLock(origin: string, milliseconds: number): void {
  if (isDemoOrigin(origin) || milliseconds >= shortestLockMs) return
  throw new NodeError(
    'CONFIG_INVALID',
    '"agreements.time_lock_ms" is under 24 hours; only a demo origin, under .localhost, may have such a lock.',
  )
}

/** The lock as it is counted: by cosignatures wherever the policy asks for any. */
export function countedLock(lock: TimeLock, { quorum }: Pick<Policy, 'quorum'>): TimeLock {
  return quorum.kind === 'none' ? lock : { ...lock, counted: 'by-cosignatures' }
}

/**
 * How long new keys and roots of peers wait. Shorter than a day and fourteen days for demos alone.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`
 */
export function directoryLocksOf({ directory, log }: NodeConfig): DirectoryLocks {
  const { keyMs, rootMs } = defaultDirectoryLocks
  const locks = {
    keyMs: directory?.key_lock_ms ?? keyMs,
    rootMs: directory?.root_lock_ms ?? rootMs,
  }
  if (!isDemoOrigin(log.origin) && (locks.keyMs < keyMs || locks.rootMs < rootMs)) {
    throw new NodeError(
      'CONFIG_INVALID',
      '"directory.key_lock_ms" is under 24 hours or "directory.root_lock_ms" under 14 days; only a demo origin, under .localhost, may have such locks.',
    )
  }
  return locks
}

/**
 * A gateway and its peers are all demos, or none is: a demo's locks are short.
 *
 * @throws {@link NodeError} `DEMO_PEER_REFUSED`
 */
export function requireDemoPeers(config: NodeConfig, peers: readonly Peer[]): void {
  const demo = isDemoOrigin(config.log.origin)
  const other = peers.find((peer) =>
    logOrigins(peer).some((origin) => isDemoOrigin(origin) !== demo),
  )
  if (other === undefined) return
  throw new NodeError(
    'DEMO_PEER_REFUSED',
    `The peer "${other.id}" and this gateway are not both demos; demo origins are for demos alone.`,
  )
}

function receiptPolicy(keys: readonly VerifierKey[]): Policy {
  return { logs: keys.map((key) => ({ key })), witnesses: [], quorum: { kind: 'none' } }
}

/** The peers in their role of asking. */
export function knownConsumers(peers: readonly Peer[]): ReadonlyMap<string, KnownConsumer> {
  return new Map(
    peers.map((peer) => [
      peer.id,
      {
        id: peer.id,
        gatewayKeys: peer.gatewayKeys,
        receiptPolicy: receiptPolicy(peer.logKeys),
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
function exchangePolicy(config: NodeConfig, peer: Peer, witnesses: Policy): Policy {
  const parties = [...ownNames(config), ...logOrigins(peer).map(organisationOf), ...peer.witnesses]
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
  peers: readonly Peer[],
  witnesses: Policy,
): ReadonlyMap<string, KnownProvider> {
  return new Map(
    peers.map((peer) => {
      const keys = peer.logKeys
      return [
        peer.id,
        {
          id: peer.id,
          url: peer.url,
          authority: new URL(peer.url).host,
          gatewayKeys: peer.gatewayKeys,
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

/**
 * Public keys that agreements are held against: the data protection officers', the peers' and the own, and
 * those of inspectors among the peers.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`
 */
export function officerKeys(config: NodeConfig, peers: readonly Peer[]): OfficerKeys {
  const own = publicKeyBytes(config.keys.dpo_public, '"keys.dpo_public"')
  const others = peers.map(({ id, dpoKeys: keys }): [string, readonly Uint8Array[]] => [id, keys])
  const inspectors = peers.map(({ id, inspectorKeys }) => [id, inspectorKeys] as const)
  return {
    dpos: new Map([...others, [config.org.id, [own]]]),
    inspectors: new Map(inspectors),
  }
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
