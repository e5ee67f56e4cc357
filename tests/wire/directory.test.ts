import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { stringify } from 'yaml'
import { canonicalBytes, decodeBase64, encodeBase64 } from '../../src/bytes/index.ts'
import { parseVerifierKey } from '../../src/log/verify/index.ts'
import type { NodeConfig } from '../../src/node/index.ts'
import { personQuestionPath } from '../../src/person/index.ts'
import {
  bestEd25519,
  certificatePin,
  makeCertificate,
  type MadeCertificate,
  systemClock,
  systemRandomness,
  undiciHttpClient,
} from '../../src/platform/index.ts'
import {
  type DirectoryKey,
  type DirectoryRecord,
  gatewayKeyId,
  parseOrganisationId,
  signDirectoryRecord,
  signRequest,
} from '../../src/protocol/index.ts'
import { type AskingConsumer, askingConsumer } from '../fault/asking-consumer.ts'
import { type GatewayProcess, startGateway } from '../fault/gateway-process.ts'
import { makeProvider, peerOf, type ProviderFixture } from '../fault/provider-fixture.ts'
import { waitUntil } from '../house/wait-until.ts'

const ed25519 = bestEd25519()
const housing = parseOrganisationId('housing')
const rootSeed = systemRandomness.bytes(32)
const standbySeed = systemRandomness.bytes(32)
const make = (): Promise<MadeCertificate> =>
  makeCertificate('127.0.0.1', { clock: systemClock, randomness: systemRandomness })

let provider: ProviderFixture
let consumer: AskingConsumer
let gateway: GatewayProcess
let server: MadeCertificate
let client: MadeCertificate
let stranger: MadeCertificate
let firstRecord: DirectoryRecord

function keyOf(change: Partial<DirectoryKey>): DirectoryKey {
  const nowMs = systemClock.now()
  const times = { notBeforeMs: nowMs - 1_000, notAfterMs: nowMs + 86_400_000 }
  return { use: 'gateway', name: null, publicKey: '', succession: null, ...times, ...change }
}

const publicOf = (seed: Uint8Array): string => encodeBase64(ed25519.publicKey(seed))

function recordOf(
  change: Partial<Pick<DirectoryRecord, 'version' | 'keys' | 'revoked'>> = {},
): DirectoryRecord {
  const peer = peerOf(provider)
  const log = parseVerifierKey(peer.log_vkeys[0] ?? '')
  const nowMs = systemClock.now()
  const keys = [
    keyOf({ publicKey: publicOf(decodeBase64(provider.consumer.gatewaySeed)) }),
    keyOf({ publicKey: publicOf(standbySeed) }),
    keyOf({ use: 'tls', publicKey: certificatePin(client.certificate) }),
    keyOf({ use: 'log', name: log.name, publicKey: encodeBase64(log.publicKey) }),
    keyOf({ use: 'dpo', publicKey: peer.dpo_key }),
  ]
  const record = {
    v: 1 as const,
    organisation: housing,
    name: 'Housing Agency',
    version: 1,
    issuedAtMs: nowMs,
    validUntilMs: nowMs + 86_400_000,
    url: 'https://127.0.0.1:9',
    postalAddress: ['Housing Agency'],
    keys,
    revoked: [],
    recovery: null,
    ...change,
  }
  return signDirectoryRecord(record, rootSeed, ed25519)
}

before(async () => {
  provider = await makeProvider({ cases: 12 })
  ;[server, client, stranger] = [await make(), await make(), await make()]
  const { dir, config } = provider
  firstRecord = recordOf()
  writeFileSync(join(dir, 'tls.pem'), server.certificate)
  writeFileSync(join(dir, 'tls.key'), server.key)
  writeFileSync(join(dir, 'housing.json'), canonicalBytes(firstRecord))
  const { officials } = peerOf(provider)
  const changed: NodeConfig = {
    ...config,
    listen: {
      ...config.listen,
      tls: {
        certificate_file: 'tls.pem',
        key_file: 'tls.key',
        client_certificates: 'required',
      },
    },
    peers: [
      { id: 'housing', root_key: publicOf(rootSeed), record_file: 'housing.json', officials },
    ],
  }
  writeFileSync(provider.configPath, stringify(changed))
  consumer = askingConsumer(provider.consumer)
  gateway = startGateway(provider.configPath)
  await gateway.listening
})

after(async () => {
  await gateway.stop()
  rmSync(provider.dir, { recursive: true, force: true })
})

const authority = (): string => provider.consumer.authority

type Client = ReturnType<typeof undiciHttpClient>

function clientWith(own: MadeCertificate | undefined, pinned: MadeCertificate = server): Client {
  return undiciHttpClient({
    pinsOf: () => ({ pins: [certificatePin(pinned.certificate)] }),
    own,
  })
}

async function body(number: number): Promise<Uint8Array> {
  const { cases } = provider.consumer
  const one = cases[number % cases.length]
  const subject = one?.subjects[Math.floor(number / cases.length) % (one.subjects.length || 1)]
  assert.ok(one !== undefined && subject !== undefined)
  const [question] = await consumer.ask([{ case: one, subject }])
  assert.ok(question !== undefined)
  return question.body
}

/** Signs with the key that stands by, instead of the usual one. */
function signStandby(bytes: Uint8Array): Record<string, string> {
  const target = { method: 'POST', authority: authority(), path: personQuestionPath }
  return signRequest(
    { ...target, contentType: 'application/json', body: bytes },
    {
      key: { keyId: gatewayKeyId(housing, ed25519.publicKey(standbySeed)), seed: standbySeed },
      createdAtMs: systemClock.now(),
      nonce: systemRandomness.bytes(16),
      ed25519,
    },
  )
}

async function post(
  http: Client,
  path: string,
  request: { readonly headers: Record<string, string>; readonly body: Uint8Array },
): Promise<string> {
  const url = `https://${authority()}${path}`
  const limits = { timeoutMs: 120_000, maxResponseBytes: 262_144 }
  const reply = await http.send({ method: 'POST', url, ...request, ...limits })
  const text = new TextDecoder().decode(reply.body)
  const code = text === '' ? '' : ((JSON.parse(text) as { code?: string }).code ?? '')
  return `${reply.status} ${code}`.trimEnd()
}

type Sign = (bytes: Uint8Array) => Record<string, string>

const signUsual: Sign = (bytes) => consumer.sign(bytes)

async function ask(http: Client, number: number, sign = signUsual): Promise<string> {
  const bytes = await body(number)
  return post(http, personQuestionPath, { headers: sign(bytes), body: bytes })
}

const hand = (http: Client, record: DirectoryRecord): Promise<string> =>
  post(http, '/v1/directory', {
    headers: { 'content-type': 'application/json' },
    body: canonicalBytes(record),
  })

test('a peer whose record was accepted is answered, by TLS 1.3 and with its own certificate alone', async () => {
  for (const [own, expected] of [
    [client, '200'],
    [undefined, '401 PEER_UNKNOWN'],
    [stranger, '401 PEER_UNKNOWN'],
  ] as const) {
    await using http = clientWith(own)
    assert.equal(await ask(http, 0), expected)
  }
  await using mistaken = clientWith(client, stranger)
  await assert.rejects(ask(mistaken, 0), { code: 'PEER_NOT_PINNED' })
})

test('plain HTTP and TLS 1.2 end without an answer', async () => {
  const [host = '', port = ''] = authority().split(':')
  const plain = await new Promise<string>((resolve) => {
    let said = ''
    const socket = connect(Number(port), host, () =>
      socket.write(`GET /v1/directory HTTP/1.1\r\nhost: ${authority()}\r\n\r\n`),
    )
    socket.on('data', (part) => (said += part.toString('latin1')))
    socket.on('error', () => undefined).on('close', () => resolve(said))
  })
  assert.doesNotMatch(plain, /HTTP\/1\.1|organisation/)
  const old = await new Promise<string>((resolve) => {
    const options = { port: Number(port), host, rejectUnauthorized: false }
    const socket = connectTls({ ...options, maxVersion: 'TLSv1.2' }, () => resolve('connected'))
    socket.on('error', (cause: NodeJS.ErrnoException) => resolve(cause.code ?? cause.message))
  })
  assert.match(old, /PROTOCOL_VERSION/)
})

function until(isSo: () => boolean): Promise<true> {
  return waitUntil('enough outcomes', () => isSo() || undefined, [gateway])
}

test('no answer leaves after a revocation, and the key that stood by goes on', async () => {
  await using http = clientWith(client)
  const outcomes: { readonly atMs: number; readonly said: string }[] = []
  let revokedAtMs = Number.POSITIVE_INFINITY
  let stop = false
  let next = 1
  const bodies = await Promise.all(Array.from({ length: 60 }, () => body(next++)))
  const asking = Array.from({ length: 6 }, async () => {
    while (!stop) {
      const bytes = bodies.pop() ?? bodies[0] ?? (await body(0))
      const sentAtMs = performance.now()
      const said = await post(http, personQuestionPath, {
        headers: consumer.sign(bytes),
        body: bytes,
      })
      outcomes.push({ atMs: sentAtMs, said })
    }
  })
  await until(() => outcomes.filter(({ said }) => said === '200').length >= 5)
  const [lost, ...rest] = firstRecord.keys
  assert.ok(lost !== undefined)
  const { use, name, publicKey } = lost
  const revoked = [{ use, name, publicKey, revokedAtMs: systemClock.now() }]
  const second = recordOf({ version: 2, keys: rest, revoked })
  await using other = clientWith(undefined)
  assert.equal(await hand(other, second), '204')
  revokedAtMs = performance.now()
  await until(() => outcomes.filter(({ atMs }) => atMs >= revokedAtMs).length >= 5)
  stop = true
  await Promise.all(asking)
  const before = outcomes.filter(({ said }) => said === '200')
  const late = outcomes.filter(({ atMs }) => atMs >= revokedAtMs)
  const answeredLate = late.filter(({ said }) => said !== '401 PEER_UNKNOWN')
  console.log(
    `answers ${before.length}, asked after the revocation ${late.length}, answered of them ${answeredLate.length}`,
  )
  assert.ok(before.length >= 5 && late.length >= 5)
  assert.deepEqual(answeredLate, [])
  assert.equal(await ask(http, 3, signStandby), '200')
  assert.equal(await hand(other, firstRecord), '409 RECORD_ROLLED_BACK')
  assert.equal(await hand(other, second), '204', 'the same one again changes nothing')
  assert.equal(await ask(http, 4), '401 PEER_UNKNOWN')
})

interface Opening {
  readonly record: { readonly kind: string; readonly body: Record<string, unknown> }
}

test('each accepted record is a public entry that names its keys', async () => {
  const folder = join(provider.dir, 'log', 'governance')
  const openings = (): Opening[] =>
    Array.from({ length: 200 }, (_, index) => join(folder, String(index)))
      .filter((path) => existsSync(path))
      .map((path) => JSON.parse(readFileSync(path, 'utf8')) as Opening)
      .filter(({ record }) => record.kind === 'directory.accepted')
  const look = (): true | undefined => openings().length >= 2 || undefined
  await waitUntil('the entries of both records', look, [gateway])
  const [first, second] = openings()
  const lost = gatewayKeyId(housing, ed25519.publicKey(decodeBase64(provider.consumer.gatewaySeed)))
  assert.ok(first !== undefined)
  assert.equal((first.record.body['keysAdded'] as string[]).length, 5)
  assert.deepEqual(second?.record.body['keysRevoked'], [lost])
  assert.equal(openings().length, 2)
})
