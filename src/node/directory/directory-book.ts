import { canonicalBytes } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { Policy } from '../../log/verify/index.ts'
import type {
  DirectoryRow,
  KnownConsumer,
  KnownProvider,
  PersonWriter,
} from '../../person/index.ts'
import type { PinnedServer } from '../../platform/index.ts'
import type { SignerKey } from '../../population/index.ts'
import type { Clock } from '../../ports/index.ts'
import {
  type AcceptedRecord,
  type DirectoryKey,
  type DirectoryLocks,
  type DirectoryRecord,
  type DirectoryStanding,
  directoryStanding,
  type DirectoryVerdict,
  judgeDirectoryRecord,
  parseDirectoryRecord,
  parseOrganisationId,
} from '../../protocol/index.ts'
import type { NodeConfig } from '../config.ts'
import { knownConsumers, knownProviders } from '../gateway-parts.ts'
import { NodeError } from '../node-error.ts'
import { explicitPeer, logOrigins, type Peer, recordedPeer } from '../peer.ts'
import { isRecordPeer, type RecordPeerConfig } from '../peer-config.ts'
import { directoryIntent } from './directory-intent.ts'
import { isConsentKey, othersKeys, recoveryVerifiers } from './directory-neighbours.ts'
import { gatewayKeysOf, noLocks } from './gateway-keys-of.ts'

/** A record that the configuration brings along, to be made an entry before it counts. */
export interface PendingRecord {
  readonly organisation: string
  /** Base64: what it must be signed by when it is the first. */
  readonly rootKey: string
  readonly bytes: Uint8Array
}

/** What the book is made from. */
export interface DirectoryBookDeps {
  readonly config: NodeConfig
  readonly locks: DirectoryLocks
  readonly clock: Clock
  readonly ed25519: Ed25519
  /** Accepted before, in the order of acceptance. */
  readonly rows: readonly DirectoryRow[]
}

/** The log to write acceptances to, and the witnesses under which peers are relied on. */
export interface DirectoryGround {
  readonly writer: PersonWriter
  readonly policy: Policy
}

function historiesOf(rows: readonly DirectoryRow[]): Map<string, readonly AcceptedRecord[]> {
  const histories = new Map<string, readonly AcceptedRecord[]>()
  for (const { organisation, record, atMs } of rows) {
    const accepted = { record: parseDirectoryRecord(record), acceptedAtMs: atMs }
    histories.set(organisation, [...(histories.get(organisation) ?? []), accepted])
  }
  return histories
}

/**
 * Who the peers are and which keys count, now. Its maps are changed in place, so that whoever holds
 * them sees a revocation at the very next look. A record counts only once its entry is durable.
 */
export class DirectoryBook {
  /** Peers in their role of asking. */
  readonly consumers: ReadonlyMap<string, KnownConsumer>
  /** Peers in their role of answering. */
  readonly providers: ReadonlyMap<string, KnownProvider>
  /** Origins of the logs of each peer, oldest first. */
  readonly origins: ReadonlyMap<string, readonly string[]>
  readonly #consumers = new Map<string, KnownConsumer>()
  readonly #providers = new Map<string, KnownProvider>()
  readonly #origins = new Map<string, readonly string[]>()
  readonly #deps: DirectoryBookDeps
  readonly #histories: Map<string, readonly AcceptedRecord[]>
  #ground: DirectoryGround | undefined
  #peers: readonly Peer[] = []
  #nextChangeMs = 0
  #last: Promise<unknown> = Promise.resolve()

  constructor(deps: DirectoryBookDeps) {
    this.consumers = this.#consumers
    this.providers = this.#providers
    this.origins = this.#origins
    this.#deps = deps
    this.#histories = historiesOf(deps.rows)
    this.refresh()
  }

  /** From here on records can be accepted, and peers relied on. */
  begin(ground: DirectoryGround): void {
    this.#ground = ground
    this.refresh()
  }

  /** Peers whose keys count now. */
  peers(): readonly Peer[] {
    if (this.#deps.clock.now() >= this.#nextChangeMs) this.refresh()
    return this.#peers
  }

  /** What counts of an organisation now, the own among them. */
  standing(organisation: string): DirectoryStanding | undefined {
    const { locks, clock } = this.#deps
    return directoryStanding(this.#histories.get(organisation) ?? [], locks, clock.now())
  }

  /** The newest accepted record of an organisation, also one that waits. */
  newest(organisation: string): DirectoryRecord | undefined {
    return this.#histories.get(organisation)?.at(-1)?.record
  }

  /** The own record as it is served: canonical bytes, once its entry is durable. */
  ownRecord(): Uint8Array | undefined {
    const record = this.newest(this.#deps.config.org.id)
    return record === undefined ? undefined : canonicalBytes(record)
  }

  /** Certificates that whoever listens at `host:port` may show; `undefined` for no peer's address. */
  pinsOf(authority: string): PinnedServer | undefined {
    const peer = this.peers().find(({ url }) => new URL(url).host === authority)
    return peer === undefined ? undefined : { pins: peer.tlsPins }
  }

  /** The peer that may show a certificate of this pin. */
  peerOfPin(pin: string): string | undefined {
    return this.peers().find(({ tlsPins }) => tlsPins.includes(pin))?.id
  }

  /** Whether a gateway key of a peer counts at this moment. */
  isCurrentGatewayKey(keyId: string): boolean {
    return this.peers().some(({ gatewayKeys }) => gatewayKeys.has(keyId))
  }

  /**
   * Gateway keys that counted for an organisation at a moment, the own among them, by key id. Where no record says, the ones
   * that count now.
   */
  gatewayKeysAt(organisation: string, atMs: number): ReadonlyMap<string, SignerKey> {
    const { config, locks } = this.#deps
    const history = this.#histories.get(organisation)
    if (history === undefined) {
      const now = this.peers().find(({ id }) => id === organisation)?.gatewayKeys ?? []
      return new Map([...now].map(([keyId, publicKey]) => [keyId, { publicKey, isRevoked: false }]))
    }
    const isOwn = organisation === config.org.id
    return gatewayKeysOf(organisation, history, { atMs, locks: isOwn ? noLocks : locks })
  }

  /** Keys of a peer's inspector that count at this moment. */
  inspectorKeys(organisation: string): readonly Uint8Array[] {
    return this.peers().find(({ id }) => id === organisation)?.inspectorKeys ?? []
  }

  /** Whether consents by this key of an issuer count at this moment. */
  isConsentKey(issuer: Parameters<typeof isConsentKey>[0]): boolean {
    const standing = this.standing(issuer.organisation)
    return isConsentKey(issuer, {
      histories: this.#histories,
      config: this.#deps.config,
      standing,
    })
  }

  /** Gateway keys that the own record lists and that count or will; no lock holds for oneself. */
  ownGatewayKeys(): readonly DirectoryKey[] {
    const standing = this.standing(this.#deps.config.org.id)
    return (standing?.keys ?? [])
      .filter(({ key, standing: { state } }) => key.use === 'gateway' && state !== 'revoked')
      .map(({ key }) => key)
  }

  /**
   * Peers as they would count if these records were accepted; for what a start compares before it
   * writes anything.
   *
   * @throws {@link NodeError} `DIRECTORY_REFUSED`
   */
  peersWith(pending: readonly PendingRecord[]): readonly Peer[] {
    const nowMs = this.#deps.clock.now()
    const histories = new Map(this.#histories)
    for (const one of pending) {
      const verdict = this.#judge(one)
      requireFit(one, verdict)
      if (verdict.state !== 'acceptable') continue
      const history = histories.get(one.organisation) ?? []
      const accepted = { record: verdict.record, acceptedAtMs: nowMs }
      histories.set(one.organisation, [...history, accepted])
    }
    return this.#peersOf(histories)
  }

  /**
   * Judges a record and, where it is good, makes it an entry; from that moment on it counts. One at a
   * time. Resolves with the verdict once the entry is on disk.
   */
  accept(pending: PendingRecord): Promise<DirectoryVerdict> {
    const next = this.#last.then(() => this.#accept(pending))
    this.#last = next.catch(() => undefined)
    return next
  }

  /** The root key that the configuration names for a peer, or the own record's. */
  rootKeyOf(organisation: string): string | undefined {
    const { config } = this.#deps
    const peer = config.peers.filter(isRecordPeer).find(({ id }) => id === organisation)
    return peer?.root_key
  }

  /** Looks at the clock: keys begin, end and are unlocked by it. */
  refresh(): void {
    this.#peers = this.#peersOf(this.#histories)
    this.#nextChangeMs = this.#nextChange()
    const { config } = this.#deps
    replace(this.#consumers, knownConsumers(this.#peers))
    replace(this.#origins, new Map(this.#peers.map((peer) => [peer.id, logOrigins(peer)])))
    const policy = this.#ground?.policy
    if (policy !== undefined) replace(this.#providers, reliable(config, this.#peers, policy))
  }

  #judge({ organisation, rootKey, bytes }: PendingRecord): DirectoryVerdict {
    const { locks, clock, ed25519, config } = this.#deps
    const standings = [...this.#histories.keys()].flatMap((id) => {
      const standing = this.standing(id)
      return standing === undefined ? [] : [standing]
    })
    return judgeDirectoryRecord(bytes, {
      organisation: parseOrganisationId(organisation),
      rootKey,
      history: this.#histories.get(organisation) ?? [],
      othersKeys: othersKeys(organisation, this.#histories, config),
      locks,
      nowMs: clock.now(),
      ed25519,
      recovery: recoveryVerifiers(standings),
    })
  }

  async #accept(pending: PendingRecord): Promise<DirectoryVerdict> {
    const verdict = this.#judge(pending)
    if (verdict.state !== 'acceptable') return verdict
    const writer = this.#ground?.writer
    if (writer === undefined) throw new TypeError('a record is accepted only by a running gateway')
    const { organisation, bytes } = pending
    const { config } = this.#deps
    const before = this.newest(organisation)
    const { record } = verdict
    const committed = await writer.commit(
      directoryIntent({ record, bytes, before, own: organisation === config.org.id }),
    )
    if (committed.type !== 'governance') throw new TypeError('the writer answered another intent')
    const accepted = { record, acceptedAtMs: committed.timeMs }
    this.#histories.set(organisation, [...(this.#histories.get(organisation) ?? []), accepted])
    this.refresh()
    return verdict
  }

  #peersOf(histories: ReadonlyMap<string, readonly AcceptedRecord[]>): readonly Peer[] {
    const { config, locks, clock } = this.#deps
    const recorded = (peer: RecordPeerConfig): readonly Peer[] => {
      const standing = directoryStanding(histories.get(peer.id) ?? [], locks, clock.now())
      return standing === undefined ? [] : [recordedPeer(peer, standing)]
    }
    return config.peers.flatMap((peer) =>
      isRecordPeer(peer) ? recorded(peer) : [explicitPeer(peer)],
    )
  }

  #nextChange(): number {
    const times = [...this.#histories.keys()].map(
      (id) => this.standing(id)?.nextChangeMs ?? Number.MAX_SAFE_INTEGER,
    )
    return Math.min(Number.MAX_SAFE_INTEGER, ...times)
  }
}

function replace<T>(map: Map<string, T>, entries: ReadonlyMap<string, T>): void {
  for (const key of map.keys()) if (!entries.has(key)) map.delete(key)
  for (const [key, value] of entries) map.set(key, value)
}

/** A peer whose exchanges nobody could witness any more is asked nothing; the others go on. */
function reliable(
  config: NodeConfig,
  peers: readonly Peer[],
  policy: Policy,
): ReadonlyMap<string, KnownProvider> {
  return new Map(
    peers.flatMap((peer) => {
      try {
        return [...knownProviders(config, [peer], policy)]
      } catch (cause) {
        if (cause instanceof NodeError) return []
        throw cause
      }
    }),
  )
}

/** A file may be older than what the peer itself has published since; anything else is refused. */
function requireFit({ organisation }: PendingRecord, verdict: DirectoryVerdict): void {
  if (verdict.state !== 'refused' || verdict.code === 'RECORD_ROLLED_BACK') return
  throw new NodeError(
    'DIRECTORY_REFUSED',
    `The directory record of "${organisation}" is not accepted (${verdict.code}): ${verdict.reason}.`,
  )
}
