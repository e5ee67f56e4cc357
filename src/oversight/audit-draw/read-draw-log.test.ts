import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type PublishedDraw, publishDraw } from '../../../tests/fault/publish-draw.ts'
import { encodeBase64, utf8 } from '../../bytes/index.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../log/index.ts'
import { parsePolicy } from '../../log/verify/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { DrawLogChanged, readDrawLog } from './read-draw-log.ts'
import { type DrawVerdict, verifyDraws } from './verify-draw.ts'

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
