import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  type InProcessOrganisation,
  openExchange,
} from '../../../tests/fault/in-process-exchange.ts'
import { encodeBase64, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import {
  formatVerifierKey,
  logPublisher,
  publishableLog,
  SIGNATURE_TYPES,
} from '../../log/index.ts'
import { type LogReport, type LogSource, parsePolicy, verifyLog } from '../../log/verify/index.ts'
import { drawCommitment, type DrawVerdict, verifyDraws } from '../../oversight/index.ts'
import { askQuestion } from '../../person/index.ts'
import { bestEd25519, folderFiles } from '../../platform/index.ts'
import { folderSource } from '../log-source.ts'
import { nodeAlgorithms } from '../node-algorithms.ts'
import { DrawLogChanged, readDrawLog } from './read-draw-log.ts'

interface PublishedDraw {
  readonly dir: string
  readonly source: LogSource
  readonly report: LogReport
  readonly trust: Parameters<typeof readDrawLog>[2]
  readonly committed: number
  readonly exchanges: readonly number[]
  /** The checkpoint that is fixed for it. */
  readonly note: string
  /** A checkpoint of the log beyond what is published. */
  readonly later: string
}

async function step(
  { writer }: InProcessOrganisation,
  intent: Extract<Parameters<InProcessOrganisation['writer']['commit']>[0], { type: 'draw' }>,
): Promise<number> {
  const done = await writer.commit(intent)
  assert.ok(done.type === 'draw' && done.state === 'done')
  return done.index
}

/** A provider's log with three answers and a draw of two of them, published and verified. */
async function publishDraw(): Promise<PublishedDraw> {
  using exchange = await openExchange()
  for (const number of [1, 2, 3]) await askQuestion(exchange.request(number), exchange.consumerDeps)
  const { provider } = exchange
  const { reader, logKey } = provider
  const head = async () => (await reader.head()) ?? assert.fail('the log has a head')
  const { size: last } = await head()
  const terms = { inspector: 'inspector', log: logKey.name, first: 0, last, count: 2 }
  const nonce = sha256(utf8('nonce'))
  const { log: _, ...range } = terms
  const commitment = encodeBase64(drawCommitment(nonce, terms))
  const index = await step(provider, { type: 'draw', step: 'commit', commitment, ...range })
  const committed = { origin: logKey.name, index }
  const note = (await head()).checkpoint
  await step(provider, { type: 'draw', step: 'fix', committed, checkpoint: note })
  const revealed = { nonce: encodeBase64(nonce) }
  await step(provider, { type: 'draw', step: 'reveal', committed, ...revealed })
  const dir = mkdtempSync(join(tmpdir(), 'cloison-draw-log-'))
  const publisher = logPublisher({ files: folderFiles(dir), log: publishableLog(reader) })
  await publisher.publish((await head()).checkpoint)
  const source = folderSource(dir)
  const policy = { ...parsePolicy('quorum none\n'), logs: [{ key: logKey }] }
  const trust = { keys: [logKey], policy, files: [] }
  const report = await verifyLog(source, { ...trust, strict: false, ...nodeAlgorithms() })
  assert.deepEqual(report.problems, [])
  await askQuestion(exchange.request(4), exchange.consumerDeps)
  const later = (await head()).checkpoint
  const leaves = await reader.readLeaves(0, last)
  const exchanges = leaves.flatMap((leaf, place) => (leaf[1] === 1 ? [place] : []))
  return { dir, source, report, trust, committed: index, exchanges, note, later }
}

async function verdictOf({ source, report, trust }: PublishedDraw): Promise<DrawVerdict> {
  const [verdict, more] = verifyDraws(await readDrawLog(source, report, trust))
  assert.ok(verdict !== undefined && more === undefined)
  return verdict
}

let published: PublishedDraw
before(async () => {
  published = await publishDraw()
})
after(() => rmSync(published.dir, { recursive: true, force: true }))

test('a draw is computed again from published files alone, among the answers of its range', async () => {
  const verdict = await verdictOf(published)
  assert.ok(verdict.state === 'drawn', JSON.stringify(verdict))
  assert.equal(verdict.index, published.committed)
  assert.equal(published.exchanges.length, 3)
  assert.equal(verdict.drawn.length, 2)
  assert.ok(verdict.drawn.every((index) => published.exchanges.includes(index)))
})

test('a checkpoint is good only with the root, the size and the signature of the log', async () => {
  const { source, report, trust, note, later } = published
  const log = await readDrawLog(source, report, trust)
  const swap = (line: number, text: string): string => note.split('\n').with(line, text).join('\n')
  assert.equal(log.judgeCheckpoint(note)?.isGood, true)
  // Signed by the log, and of no tree that was published.
  assert.equal(log.judgeCheckpoint(later)?.isGood, false)
  const signed = /\u2014 .*\n/
  assert.match(note, signed)
  const bad = [swap(1, '2'), swap(2, encodeBase64(new Uint8Array(32))), note.replace(signed, '')]
  for (const one of [...bad, 'not a note', '']) assert.equal(log.judgeCheckpoint(one), undefined)
})

test('a checkpoint without its quorum voids the draw that stands where none is asked for', async () => {
  const { trust } = published
  const type = SIGNATURE_TYPES.cosignature
  const key = bestEd25519().publicKey(new Uint8Array(32).fill(5))
  const asked = parsePolicy(`witness w ${formatVerifierKey('w', type, key)} http://w\nquorum w\n`)
  const policy = { ...asked, logs: trust.policy.logs }
  const verdict = await verdictOf({ ...published, trust: { ...trust, policy } })
  assert.ok(verdict.state === 'void' && verdict.fault === 'CHECKPOINT_WRONG')
})

test('files that change between verifying and reading are found out', async () => {
  const { dir, source, committed } = published
  const changed = (path: string, change: (bytes: Uint8Array) => Uint8Array | undefined) => ({
    ...published,
    source: {
      ...source,
      read: async (one: string, most: number) => {
        const bytes = await source.read(one, most)
        return one.includes(path) && bytes !== undefined ? change(bytes) : bytes
      },
    },
  })
  const flip = (bytes: Uint8Array): Uint8Array =>
    bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1)
  const other = readFileSync(join(dir, `governance/${committed + 1}`))
  for (const twin of [
    changed('tile/entries', flip),
    changed('tile/entries', (bytes) => bytes.subarray(36)),
    changed('tile/entries', () => undefined),
    changed(`governance/${committed}`, () => undefined),
    changed(`governance/${committed}`, () => other),
    changed(`governance/${committed}`, () => utf8('{}')),
  ])
    await assert.rejects(verdictOf(twin), DrawLogChanged)
  // On disk too; the untouched source still reads.
  assert.equal((await verdictOf(published)).state, 'drawn')
  writeFileSync(join(dir, `governance/${committed}`), other)
  await assert.rejects(verdictOf(published), DrawLogChanged)
})
