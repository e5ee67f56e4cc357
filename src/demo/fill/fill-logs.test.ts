import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readCanonicalJson, utf8 } from '../../bytes/index.ts'
import { chainLink, type ExchangeRecord, exchangeRecordSchema, readEntry } from '../../log/index.ts'
import { loadConfig, readKeyFile } from '../../node/index.ts'
import { type ChainRow, subjectHandles } from '../../person/index.ts'
import { aesGcm, sodiumEdwards, systemRandomness } from '../../platform/index.ts'
import { openRecordKeys } from '../../storage/record-keys/index.ts'
import { openStateReader } from '../../storage/sqlite/index.ts'
import { demoPeople, subjectOfPerson } from '../demo-visitors.ts'
import { openKeptDemo } from '../kept-demo.ts'
import { prepareDemo, type PreparedDemo } from '../prepare-demo.ts'
import { openChainWriter } from './chain-writer.ts'
import { fillLogs } from './fill-logs.ts'
import { fillPlan } from './fill-plan.ts'

const count = 600
let demo: PreparedDemo

before(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'cloison-fill-'))
  demo = await prepareDemo(dir, 21_000, () => undefined)
  await fillLogs(demo, count, () => undefined)
})

after(() => rm(demo.dir, { recursive: true, force: true }))

interface Link {
  readonly row: ChainRow
  readonly record: ExchangeRecord
}

/** The chain of the person with most entries at one agency, opened. */
async function chainAt(organisation: string): Promise<readonly Link[]> {
  const [visitor] = demoPeople(demo, [])
  const subject = subjectOfPerson(demo, visitor?.id ?? '')
  assert.ok(subject !== undefined)
  const { config, at } = await loadConfig(join(demo.dir, organisation, 'cloison.yaml'))
  const handles = subjectHandles(await readKeyFile(at(config.keys.handle_file)), sodiumEdwards())
  const recordKeys = openRecordKeys({ path: at(config.keys.record_folder) })
  const unseal = { aead: aesGcm(systemRandomness), recordKeys }
  using reader = openStateReader(at(config.store.path))
  const links: Link[] = []
  for (;;) {
    const row = await reader.chainLink(handles.handleOf(subject), 'open', links.length)
    if (row === undefined) return links
    const entry = await readEntry(reader.logOf(row.place.origin), row.place.index, unseal)
    assert.ok(entry !== undefined)
    const record = exchangeRecordSchema.parse(readCanonicalJson(utf8(entry.record)))
    links.push({ row, record })
  }
}

test('every entry that is filled in is a link of its person’s chain, which holds from the first to the last', async () => {
  for (const organisation of ['tax', 'social', 'housing']) {
    const links = await chainAt(organisation)
    assert.ok(links.length > 0, organisation)
    for (const [at, { row, record }] of links.entries()) {
      const prev = links[at - 1]?.row.commitment
      assert.equal(row.prev, prev)
      const link = chainLink(row.c, { chain: 'open', seq: at, prev: prev ?? null })
      assert.equal(record.chain, Buffer.from(link).toString('base64'))
    }
  }
})

test('the two sides of a filled exchange cite each other’s entries', async () => {
  const housing = await chainAt('housing')
  const answered = [...(await chainAt('tax')), ...(await chainAt('social'))]
  assert.equal(housing.length, 2 * answered.length)
  const commitments = new Set(housing.map(({ row }) => row.commitment))
  for (const { row, record } of answered) {
    assert.ok(commitments.has(record.peer ?? ''))
    assert.ok(housing.some((other) => other.record.peer === row.commitment))
  }
})

test('people whom a visitor can be have many entries, and a tenth of all is denied', () => {
  const plan = fillPlan(demo, 0)
  const drawn = Array.from({ length: 20_000 }, () => plan.next().value)
  const visitors = demoPeople(demo, []).map(({ id }) => subjectOfPerson(demo, id)?.value)
  const share = (at: number): number =>
    drawn.filter(({ subject }) => subject.value === visitors[at]).length / drawn.length
  assert.ok(share(0) > 0.015 && share(0) < 0.025, String(share(0)))
  assert.ok(share(5) < 0.002)
  const denied = drawn.filter(({ code }) => code !== null).length / drawn.length
  assert.ok(denied > 0.08 && denied < 0.12, String(denied))
})

test('a demo that is read back is the one that was prepared', async () => {
  const { cases, ...kept } = await openKeptDemo(demo.dir)
  const { cases: prepared, ...before } = demo
  assert.deepEqual(kept, before)
  assert.deepEqual(cases.cases.length, prepared.cases.length)
})

test('a folder that holds no demo is refused, and so is a log that somebody else writes', async () => {
  await assert.rejects(openKeptDemo(join(demo.dir, 'tax')), { code: 'NOT_KEPT' })
  using _writer = await openChainWriter(join(demo.dir, 'tax'))
  await assert.rejects(openChainWriter(join(demo.dir, 'tax')), { name: 'StorageError' })
})
