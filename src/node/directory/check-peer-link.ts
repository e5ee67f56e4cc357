import { decodeUtf8, utf8 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { openCheckpoint } from '../../log/verify/index.ts'
import { personQuestionPath } from '../../person/index.ts'
import {
  bestEd25519,
  PlatformError,
  systemClock,
  systemRandomness,
  undiciHttpClient,
} from '../../platform/index.ts'
import type { HttpClient, HttpResponse } from '../../ports/index.ts'
import {
  parseProblem,
  type SignatureKey,
  signRequest,
  verifyResponse,
} from '../../protocol/index.ts'
import {
  englishOf,
  type HolesOf,
  type LinkSentence,
  linkSentences,
  type Said,
} from '../../sentences/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { officerKeys } from '../gateway-parts.ts'
import { NodeError } from '../node-error.ts'
import { logOrigins, type Peer } from '../peer.ts'
import { readAgreements } from '../read-agreements.ts'
import type { DirectoryBook } from './directory-book.ts'
import { openDirectory } from './open-directory.ts'
import { readListenTls } from './read-listen-tls.ts'
import { readSignatureKey } from './rotating-key.ts'

/** One thing that was looked at between two gateways. */
export interface LinkCheck {
  readonly name: 'record' | 'connection' | 'clock' | 'signature' | 'log' | 'agreements'
  readonly state: 'ok' | 'warning' | 'failed'
  /** One sentence, in English: what was found, and where it is wrong, what to do. */
  readonly says: string
  /** {@link says} in no language. */
  readonly said: Said<LinkSentence>
}

interface Link {
  readonly peer: Peer
  readonly http: HttpClient
  readonly key: SignatureKey
  readonly ed25519: Ed25519
}

function link<Id extends LinkSentence>(
  name: LinkCheck['name'],
  state: LinkCheck['state'],
  ...[id, values]: readonly [id: Id, values: HolesOf<(typeof linkSentences)[Id]>]
): LinkCheck {
  const said: Said<LinkSentence> = { id, values }
  return { name, state, says: englishOf(linkSentences, said), said }
}

const limits = { timeoutMs: 10_000, maxResponseBytes: 262_144 }
const monthMs = 30 * 86_400_000
const signatureWindowMs = 60_000

function checkRecord({ id, gatewayKeys, tlsPins, url }: Peer, directory: DirectoryBook): LinkCheck {
  const isRecorded = directory.rootKeyOf(id) !== undefined
  const record = directory.newest(id)
  if (gatewayKeys.size === 0) return link('record', 'failed', 'linkSays.no-gateway-key', {})
  if (url.startsWith('https:') && tlsPins.length === 0)
    return link('record', 'failed', 'linkSays.no-certificate', {})
  if (record === undefined && isRecorded) return link('record', 'warning', 'linkSays.pending', {})
  if (record === undefined) return link('record', 'warning', 'linkSays.configured', {})
  const { version, validUntilMs } = record
  const day = new Date(validUntilMs).toISOString().slice(0, 10)
  const state = validUntilMs - systemClock.now() < monthMs ? 'warning' : 'ok'
  return link('record', state, 'linkSays.record', { version, day })
}

async function fetchRecord({ peer, http }: Link): Promise<HttpResponse | PlatformError> {
  try {
    return await http.send({
      method: 'GET',
      url: `${peer.url}/v1/directory`,
      headers: {},
      ...limits,
    })
  } catch (cause) {
    if (cause instanceof PlatformError) return cause
    throw cause
  }
}

function checkConnection(response: HttpResponse | PlatformError, { peer }: Link): LinkCheck {
  const { url } = peer
  if (!(response instanceof PlatformError))
    return url.startsWith('https:')
      ? link('connection', 'ok', 'linkSays.tls', { url })
      : link('connection', 'warning', 'linkSays.http', { url })
  return response.code === 'PEER_NOT_PINNED'
    ? link('connection', 'failed', 'linkSays.not-pinned', { url, said: response.message })
    : link('connection', 'failed', 'linkSays.unreached', { url })
}

function checkClock(response: HttpResponse): LinkCheck {
  const date = Date.parse(response.headers['date'] ?? '')
  if (Number.isNaN(date)) return link('clock', 'warning', 'linkSays.no-clock', {})
  const seconds = Math.round(Math.abs(systemClock.now() - date) / 1000)
  if (seconds * 1000 < signatureWindowMs / 2)
    return link('clock', 'ok', 'linkSays.clock', { seconds: Math.max(1, seconds) })
  return link('clock', 'failed', 'linkSays.clocks', { seconds })
}

/** A body that is no question: it is refused after its signature was verified, and leaves no entry. */
const noQuestion = utf8('{}')

async function checkSignature({ peer, http, key, ed25519 }: Link): Promise<LinkCheck> {
  const target = {
    method: 'POST' as const,
    authority: new URL(peer.url).host,
    path: personQuestionPath,
  }
  const nowMs = systemClock.now()
  const headers = signRequest(
    { ...target, contentType: 'application/json', body: noQuestion },
    { key, createdAtMs: nowMs, nonce: systemRandomness.bytes(16), ed25519 },
  )
  const url = `${peer.url}${personQuestionPath}`
  const response = await http.send({ method: 'POST', url, headers, body: noQuestion, ...limits })
  const verdict = verifyResponse(
    response,
    { ...target, headers },
    { keyOf: (keyId) => peer.gatewayKeys.get(keyId), nowMs: systemClock.now(), ed25519 },
  )
  if (!verdict.ok) return link('signature', 'failed', 'linkSays.not-signed', { code: verdict.code })
  const { code } = parseProblem(response.body)
  if (code === 'MALFORMED') return link('signature', 'ok', 'linkSays.signatures', {})
  return code === 'PEER_UNKNOWN'
    ? link('signature', 'failed', 'linkSays.unknown-here', {})
    : link('signature', 'failed', 'linkSays.refused', { code })
}

async function checkLog({ peer, http, ed25519 }: Link): Promise<LinkCheck> {
  const origin = logOrigins(peer).at(-1)
  if (origin === undefined) return link('log', 'failed', 'linkSays.no-log-key', {})
  const url = `${peer.url}${origin.slice(origin.indexOf('/'))}/checkpoint`
  const response = await http.send({ method: 'GET', url, headers: {}, ...limits })
  if (response.status !== 200) return link('log', 'failed', 'linkSays.no-checkpoint', { url })
  try {
    const keys = { log: peer.logKeys, witnesses: [], ed25519 }
    const { checkpoint } = openCheckpoint(decodeUtf8(response.body), keys)
    return link('log', 'ok', 'linkSays.log', { origin, size: checkpoint.size })
  } catch {
    return link('log', 'failed', 'linkSays.strange-log', { origin })
  }
}

async function checkAgreements(
  { config, at }: LoadedConfig,
  peers: readonly Peer[],
  { peer, ed25519 }: Link,
): Promise<LinkCheck> {
  const known = await readAgreements(
    at(config.agreements.folder),
    officerKeys(config, peers),
    ed25519,
  )
  const common = known
    .map(({ agreement }) => agreement)
    .filter(({ provider, consumer }) => [provider, consumer].some((id) => id.valueOf() === peer.id))
  if (common.length === 0) return link('agreements', 'warning', 'linkSays.no-agreement', {})
  const names = common.map(({ id, version }) => `${id} version ${version}`)
  return link('agreements', 'ok', 'linkSays.agreements', { names: names.join(', ') })
}

async function safely(name: LinkCheck['name'], check: Promise<LinkCheck>): Promise<LinkCheck> {
  try {
    return await check
  } catch (cause) {
    return link(name, 'failed', 'linkSays.failed', {
      said: cause instanceof Error ? cause.message : 'It failed.',
    })
  }
}

/**
 * Tries the whole way to a peer: its record, the pinned connection, both clocks, a signature each way,
 * its published log and the agreements in common. Leaves no entry on either side; the own gateway may
 * run meanwhile.
 *
 * @throws {@link NodeError} `CONFIG_INVALID` where the configuration has no such peer
 */
export async function checkPeerLink(
  loaded: LoadedConfig,
  id: string,
): Promise<readonly LinkCheck[]> {
  const ed25519 = bestEd25519()
  const { book, pending } = await openDirectory(loaded, ed25519)
  const peers = book.peersWith(pending)
  const peer = peers.find((one) => one.id === id)
  if (peer === undefined)
    throw new NodeError(
      'CONFIG_INVALID',
      `There is no peer ${JSON.stringify(id)}; see "cloison peer list".`,
    )
  const key = await readSignatureKey(loaded, book, ed25519)
  const own = await readListenTls(loaded)
  const authority = new URL(peer.url).host
  await using http = undiciHttpClient({
    pinsOf: (asked) => (asked === authority ? { pins: peer.tlsPins } : undefined),
    own,
  })
  const way = { peer, http, key, ed25519 }
  const response = await fetchRecord(way)
  const checks = [checkRecord(peer, book), checkConnection(response, way)]
  if (!(response instanceof PlatformError)) {
    checks.push(checkClock(response))
    checks.push(await safely('signature', checkSignature(way)))
    checks.push(await safely('log', checkLog(way)))
  }
  checks.push(await safely('agreements', checkAgreements(loaded, peers, way)))
  return checks
}

/** A peer as a list shows it. */
export interface PeerRow {
  readonly id: string
  readonly name: string
  readonly url: string
  /** `undefined` where its keys stand in the configuration. */
  readonly version: number | undefined
  readonly validUntilMs: number | undefined
}

/** Every peer of a configuration. @throws {@link NodeError} `CONFIG_INVALID`, `DIRECTORY_REFUSED` */
export async function listPeers(loaded: LoadedConfig): Promise<readonly PeerRow[]> {
  const { book, pending } = await openDirectory(loaded, bestEd25519())
  return book.peersWith(pending).map(({ id, url }) => {
    const record = book.newest(id)
    const { name = id, version, validUntilMs } = record ?? {}
    return { id, name, url, version, validUntilMs }
  })
}
