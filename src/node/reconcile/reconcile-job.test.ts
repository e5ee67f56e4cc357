import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { decodeBase64, decodeUtf8 } from '../../bytes/index.ts'
import { readPublicEntry } from '../../log/index.ts'
import { usualWindowMs } from '../../oversight/index.ts'
import { askQuestion } from '../../person/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../../platform/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import {
  type InProcessExchange,
  type InProcessOrganisation,
  openExchange,
} from '../../../tests/fault/in-process-exchange.ts'
import { logOfEntries, writtenEntries } from '../../../tests/reconcile/cheating-log.ts'
import { gatewayKeyId, parseOrganisationId } from '../../protocol/index.ts'
import type { Peer } from '../peer.ts'
import { addPeerBundles, bundlesPath } from './bundle-routes.ts'
import { gapDigest, type ReconcileJob, reconcileJob } from './reconcile-job.ts'

let exchange: InProcessExchange
/** The provider of another exchange is the inspector: a whole organisation with a log of its own. */
let other: InProcessExchange
let folder: string
/** Entries of the provider that its gateway leaves out, with its log written anew. */
let dropped = new Set<number>()
let isAway = false

before(async () => {
  exchange = await openExchange()
  other = await openExchange()
  folder = mkdtempSync(join(tmpdir(), 'cloison-reconcile-'))
})
after(() => {
  exchange[Symbol.dispose]()
  other[Symbol.dispose]()
  rmSync(folder, { recursive: true, force: true })
})

const inspector = 'watch'
const seed = systemRandomness.bytes(32)
const keyId = gatewayKeyId(parseOrganisationId(inspector), bestEd25519().publicKey(seed))
const gatewayKeys = new Map([[keyId, bestEd25519().publicKey(seed)]])

/** The public routes of an organisation's gateway, over what it says its log is. */
async function appOf(
  organisation: InProcessOrganisation,
  inspectors: readonly string[],
): Promise<FastifyInstance> {
  const entries = await writtenEntries(organisation)
  const isProvider = organisation.id === exchange.provider.id
  const kept = entries.filter(({ row }) => !isProvider || !dropped.has(row.index))
  const signed = logOfEntries(kept, organisation)
  const { reader, writer, recordKeys, id, logKey } = organisation
  const app = Fastify()
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  addPeerBundles(app, {
    desk: {
      organisation: id,
      origin: logKey.name,
      reader: { logOf: () => signed.log, erasureOf: (place) => reader.erasureOf(place) },
      writer,
      publishedHead: async () => signed,
      aead: aesGcm(systemRandomness),
      recordKeys,
      clock: exchange.clock,
      mayWrite: () => true,
    },
    inspectors,
    consumersOf: () => new Map([[inspector, { id: inspector, gatewayKeys }]]),
    authority: `${id}.localhost`,
    ed25519: bestEd25519(),
    mayAsk: () => true,
  })
  return app
}

/** Takes requests to the gateway that they are for; one that is away does not answer. */
function network(inspectors: readonly string[] = [inspector]): HttpClient {
  return {
    async send({ url, headers, body }) {
      const { hostname } = new URL(url)
      const { consumer, provider } = exchange
      const organisation = hostname.startsWith(`${consumer.id}.`) ? consumer : provider
      if (isAway && organisation === provider) throw new Error('nobody is there')
      const app = await appOf(organisation, inspectors)
      const payload = Buffer.from(body ?? new Uint8Array())
      const reply = await app.inject({ method: 'POST', url: bundlesPath, headers, payload })
      return { status: reply.statusCode, headers: {}, body: reply.rawPayload }
    },
  }
}

function peerOf({ id, logKey }: InProcessOrganisation): Peer {
  return {
    id,
    url: `http://${id}.localhost`,
    gatewayKeys: new Map(),
    logKeys: [logKey],
    dpoKeys: [],
    inspectorKeys: [],
    tlsPins: [],
    officials: [],
    witnesses: [],
  }
}

function jobOver(http: HttpClient, stateFile = join(folder, 'state.json')): ReconcileJob {
  const { consumer, provider, clock } = exchange
  return reconcileJob(
    {
      key: { keyId, seed },
      ed25519: bestEd25519(),
      clock,
      randomness: systemRandomness,
      http,
      organisations: [consumer.id, provider.id],
      everyMs: 900_000,
      windowMs: usualWindowMs,
      stateFile,
      peers: () => [peerOf(consumer), peerOf(provider)],
      policy: { logs: [], witnesses: [], quorum: { kind: 'none' } },
      writer: other.provider.writer,
    },
    () => true,
  )
}

async function ask(from: number, to: number): Promise<void> {
  for (let number = from; number < to; number += 1) {
    await askQuestion(exchange.request(number), exchange.consumerDeps)
    exchange.clock.advance(1_000)
  }
}

const round = async (job: ReconcileJob): Promise<void> => {
  exchange.clock.advance(1_000_000)
  await job.round()
}

test('runs match what came since, name a gap once as an entry, and wait for who is away', async () => {
  const job = jobOver(network())
  await ask(0, 6)
  await round(job)
  const first = await job.state()
  assert.equal(first.runs.at(-1)?.report?.counts.matched, 6)
  assert.deepEqual([first.gaps, first.open], [[], []])
  await ask(6, 10)
  isAway = true
  await round(job)
  assert.deepEqual((await job.state()).runs.at(-1)?.away, [exchange.provider.id])
  isAway = false
  // The newest of the provider's entries: its gateway says that it is not there.
  const size = (await exchange.provider.reader.head())?.size ?? 0
  dropped = new Set([size - 1])
  await round(job)
  const { gaps, runs } = await job.state()
  assert.deepEqual(
    gaps.map(({ gap }) => [gap.kind, gap.at]),
    [['MISSING_AT_PROVIDER', exchange.provider.id]],
  )
  assert.equal(runs.at(-1)?.report?.counts.matched, 3)
  await round(job)
  assert.equal((await job.state()).gaps.length, 1)
})

test('what a gap entry commits to is opened by what is kept, and by nothing else', async () => {
  const job = jobOver(network())
  const [kept] = (await job.state()).gaps
  assert.ok(kept !== undefined)
  const entry = await readPublicEntry(other.provider.reader, kept.entry)
  assert.ok(entry !== undefined)
  const record = JSON.parse(decodeUtf8(entry.recordBytes))
  assert.equal(record.kind, 'reconciliation.gap')
  assert.equal(record.name, exchange.provider.id)
  assert.equal(record.digest, gapDigest(decodeBase64(kept.r), kept.gap))
  assert.notEqual(record.digest, gapDigest(new Uint8Array(32), kept.gap))
  assert.ok(!decodeUtf8(entry.recordBytes).includes(kept.gap.handle))
})

test('each bundle that opened a record is an entry of its own log first', async () => {
  const entries = await writtenEntries(exchange.consumer)
  const size = entries.length
  const records = await Promise.all(
    Array.from({ length: size }, (_, index) => readPublicEntry(exchange.consumer.reader, index)),
  )
  const exported = records
    .filter((entry) => entry !== undefined)
    .map(({ recordBytes }) => JSON.parse(decodeUtf8(recordBytes)))
    .filter(({ kind }) => kind === 'reconciliation.exported')
  assert.ok(exported.length >= 2)
  assert.equal(exported[0].name, inspector)
  assert.equal(exported[0].body.first, 0)
})

test('a log that was written anew is a fault, an entry, and nothing is reconciled', async () => {
  const job = jobOver(network())
  dropped = new Set([...dropped, 2])
  await round(job)
  const { runs } = await job.state()
  assert.equal(runs.at(-1)?.fault?.code, 'LOG_REWRITTEN')
  assert.notEqual(runs.at(-1)?.entry, null)
  await round(job)
  assert.equal((await job.state()).runs.at(-1)?.entry, null, 'the same fault is one entry')
})

test('a gateway that is no inspector of theirs gets nothing, and no entry is written', async () => {
  const before = (await exchange.consumer.reader.head())?.size
  const job = jobOver(network([]), join(folder, 'another.json'))
  await round(job)
  const { runs } = await job.state()
  assert.deepEqual(runs.at(-1)?.away, [exchange.consumer.id, exchange.provider.id])
  assert.equal((await exchange.consumer.reader.head())?.size, before)
})

test('the state is for its owner alone, and names nobody', () => {
  const text = readFileSync(join(folder, 'state.json'), 'utf8')
  assert.equal(statSync(join(folder, 'state.json')).mode & 0o077, 0)
  for (let number = 0; number < 10; number += 1)
    assert.ok(!text.includes(exchange.request(number).subject.value))
})
