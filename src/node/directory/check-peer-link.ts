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
  /** One sentence: what was found, and where it is wrong, what to do. */
  readonly says: string
}

interface Link {
  readonly peer: Peer
  readonly http: HttpClient
  readonly key: SignatureKey
  readonly ed25519: Ed25519
}

const ok = (name: LinkCheck['name'], says: string): LinkCheck => ({ name, state: 'ok', says })
const warn = (name: LinkCheck['name'], says: string): LinkCheck => ({
  name,
  state: 'warning',
  says,
})
const fail = (name: LinkCheck['name'], says: string): LinkCheck => ({ name, state: 'failed', says })

const limits = { timeoutMs: 10_000, maxResponseBytes: 262_144 }
const monthMs = 30 * 86_400_000
const signatureWindowMs = 60_000

function checkRecord({ id, gatewayKeys, tlsPins, url }: Peer, directory: DirectoryBook): LinkCheck {
  const isRecorded = directory.rootKeyOf(id) !== undefined
  const record = directory.newest(id)
  if (gatewayKeys.size === 0)
    return fail('record', 'None of its gateway keys counts now; ask it for a newer record.')
  if (url.startsWith('https:') && tlsPins.length === 0)
    return fail('record', 'None of its certificates counts now; ask it for a newer record.')
  if (record === undefined && isRecorded)
    return warn('record', 'Its record becomes an entry, and counts, when the own gateway starts.')
  if (record === undefined)
    return warn(
      'record',
      'Its keys stand in the configuration; take them from its record by "cloison peer add".',
    )
  const until = new Date(record.validUntilMs).toISOString().slice(0, 10)
  const says = `Version ${record.version} is accepted and good until ${until}.`
  return record.validUntilMs - systemClock.now() < monthMs
    ? warn('record', says)
    : ok('record', says)
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
  if (!(response instanceof PlatformError))
    return peer.url.startsWith('https:')
      ? ok('connection', `${peer.url} answers by TLS 1.3 with a certificate that its record pins.`)
      : warn('connection', `${peer.url} answers by plain HTTP, on this machine.`)
  return response.code === 'PEER_NOT_PINNED'
    ? fail('connection', `${peer.url}: ${response.message}`)
    : fail(
        'connection',
        `${peer.url} cannot be reached by TLS 1.3; look at the address, the network and its gateway.`,
      )
}

function checkClock(response: HttpResponse): LinkCheck {
  const date = Date.parse(response.headers['date'] ?? '')
  if (Number.isNaN(date)) return warn('clock', 'It does not tell its time.')
  const seconds = Math.round(Math.abs(systemClock.now() - date) / 1000)
  const says = `Its clock is within ${Math.max(1, seconds)} s of this one.`
  if (seconds * 1000 < signatureWindowMs / 2) return ok('clock', says)
  return fail(
    'clock',
    `The two clocks are ${seconds} s apart; questions are refused from 60 s on. Set the clock.`,
  )
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
  if (!verdict.ok)
    return fail(
      'signature',
      `Its answer is not signed by a key that counts here (${verdict.code}).`,
    )
  const { code } = parseProblem(response.body)
  if (code === 'MALFORMED') return ok('signature', 'Each side takes the other side’s signature.')
  return fail(
    'signature',
    code === 'PEER_UNKNOWN'
      ? 'It does not know the key of this gateway: it must add this organisation’s record.'
      : `It refuses the signature of this gateway (${code}).`,
  )
}

async function checkLog({ peer, http, ed25519 }: Link): Promise<LinkCheck> {
  const origin = logOrigins(peer).at(-1)
  if (origin === undefined) return fail('log', 'None of its log keys counts now.')
  const url = `${peer.url}${origin.slice(origin.indexOf('/'))}/checkpoint`
  const response = await http.send({ method: 'GET', url, headers: {}, ...limits })
  if (response.status !== 200) return fail('log', `It publishes no checkpoint at ${url}.`)
  try {
    const keys = { log: peer.logKeys, witnesses: [], ed25519 }
    const { checkpoint } = openCheckpoint(decodeUtf8(response.body), keys)
    return ok('log', `${origin} has ${checkpoint.size} published entries, signed by its key.`)
  } catch {
    return fail('log', `The checkpoint of ${origin} is not signed by a log key that counts here.`)
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
  if (common.length === 0) return warn('agreements', 'No agreement with it is taken up yet.')
  const names = common.map(({ id, version }) => `${id} version ${version}`)
  return ok('agreements', `In common: ${names.join(', ')}.`)
}

async function safely(name: LinkCheck['name'], check: Promise<LinkCheck>): Promise<LinkCheck> {
  try {
    return await check
  } catch (cause) {
    return fail(name, cause instanceof Error ? cause.message : 'It failed.')
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
  const link = { peer, http, key, ed25519 }
  const response = await fetchRecord(link)
  const checks = [checkRecord(peer, book), checkConnection(response, link)]
  if (!(response instanceof PlatformError)) {
    checks.push(checkClock(response))
    checks.push(await safely('signature', checkSignature(link)))
    checks.push(await safely('log', checkLog(link)))
  }
  checks.push(await safely('agreements', checkAgreements(loaded, peers, link)))
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
