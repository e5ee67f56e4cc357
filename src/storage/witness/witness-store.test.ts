import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import test from 'node:test'
import { type BatchWitnessStore, groupedStore } from '../../witness/index.ts'
import { memoryWitnessStore } from './memory-witness-store.ts'
import { openWitnessStore } from './sqlite-witness-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-witness-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
let files = 0

function newPath(): string {
  files += 1
  return join(folder, `${files}.db`)
}

const drivers: readonly (readonly [string, () => BatchWitnessStore])[] = [
  ['memory', memoryWitnessStore],
  ['sqlite', () => openWitnessStore(newPath(), { create: true })],
]

for (const [driver, open] of drivers) {
  test(`${driver}: remembers the newest checkpoint of each origin`, async () => {
    const store = open()
    assert.equal(await store.latest('a'), undefined)
    assert.equal(await store.swap('a', 0, { size: 3, note: 'a3' }), 'swapped')
    assert.equal(await store.swap('b', 0, { size: 2, note: 'b2' }), 'swapped')
    assert.equal(await store.swap('a', 3, { size: 7, note: 'a7' }), 'swapped')
    assert.deepEqual(await store.latest('a'), { size: 7, note: 'a7' })
    assert.deepEqual(await store.latest('b'), { size: 2, note: 'b2' })
  })

  test(`${driver}: swaps only from the size that is stored`, async () => {
    const store = open()
    assert.equal(await store.swap('a', 1, { size: 3, note: 'x' }), 'conflict')
    assert.equal(await store.latest('a'), undefined)
    await store.swap('a', 0, { size: 3, note: 'a3' })
    for (const previous of [0, 2, 4]) {
      assert.equal(await store.swap('a', previous, { size: 9, note: 'x' }), 'conflict')
    }
    assert.deepEqual(await store.latest('a'), { size: 3, note: 'a3' })
  })

  test(`${driver}: a refresh at the same size puts the new note in place`, async () => {
    const store = open()
    for (const note of ['first', 'second']) {
      assert.equal(await store.swap('a', 0, { size: 0, note }), 'swapped')
      assert.deepEqual(await store.latest('a'), { size: 0, note })
    }
    await store.swap('a', 0, { size: 5, note: 'grown' })
    assert.equal(await store.swap('a', 5, { size: 5, note: 'again' }), 'swapped')
    assert.deepEqual(await store.latest('a'), { size: 5, note: 'again' })
  })

  test(`${driver}: of many swaps from one size exactly one succeeds`, async () => {
    const store = open()
    const swaps = Array.from({ length: 20 }, (_, i) => {
      return store.swap('a', 0, { size: i + 1, note: String(i) })
    })
    const outcomes = await Promise.all(swaps)
    assert.equal(outcomes.filter((outcome) => outcome === 'swapped').length, 1)
  })

  test(`${driver}: swaps of one batch are judged one after the other, as if each came alone`, async () => {
    const store = open()
    await store.swap('b', 0, { size: 5, note: 'b5' })
    const swaps = [
      { origin: 'a', previousSize: 0, next: { size: 3, note: 'a3' } },
      { origin: 'a', previousSize: 0, next: { size: 4, note: 'fork' } },
      { origin: 'b', previousSize: 4, next: { size: 9, note: 'late' } },
      { origin: 'a', previousSize: 3, next: { size: 7, note: 'a7' } },
    ]
    assert.deepEqual(await store.swapAll(swaps), ['swapped', 'conflict', 'conflict', 'swapped'])
    assert.deepEqual(await store.latest('a'), { size: 7, note: 'a7' })
    assert.deepEqual(await store.latest('b'), { size: 5, note: 'b5' })
  })

  test(`${driver}: swaps that share their fsync keep to the rule of one alone`, async () => {
    const store = groupedStore(open())
    const swaps = Array.from({ length: 30 }, (_, i) =>
      store.swap(`log${i % 3}`, 0, { size: i + 1, note: String(i) }),
    )
    const outcomes = await Promise.all(swaps)
    assert.deepEqual(
      outcomes.flatMap((outcome, i) => (outcome === 'swapped' ? [i] : [])),
      [0, 1, 2],
    )
    for (const i of [0, 1, 2]) assert.equal((await store.latest(`log${i}`))?.size, i + 1)
  })

  test(`${driver}: sizes up to 2^53 - 1 are kept exactly`, async () => {
    const store = open()
    const size = Number.MAX_SAFE_INTEGER
    await store.swap('a', 0, { size: size - 1, note: 'x' })
    assert.equal(await store.swap('a', size - 2, { size, note: 'y' }), 'conflict')
    assert.equal(await store.swap('a', size - 1, { size, note: 'y' }), 'swapped')
    assert.equal((await store.latest('a'))?.size, size)
  })
}

test('two connections to one file exclude each other by the swap', async () => {
  const path = newPath()
  using first = openWitnessStore(path, { create: true })
  using second = openWitnessStore(path, { create: false })
  assert.equal(await first.swap('a', 0, { size: 3, note: 'first' }), 'swapped')
  assert.equal(await second.swap('a', 0, { size: 4, note: 'second' }), 'conflict')
  assert.deepEqual(await second.latest('a'), { size: 3, note: 'first' })
})

test('what was swapped is there after reopening', async () => {
  const path = newPath()
  openWitnessStore(path, { create: true })[Symbol.dispose]()
  {
    using store = openWitnessStore(path, { create: true })
    await store.swap('a', 0, { size: 3, note: 'kept' })
  }
  using store = openWitnessStore(path, { create: false })
  assert.deepEqual(await store.latest('a'), { size: 3, note: 'kept' })
})

test('no store is made without being asked for, nor one of another version opened', () => {
  const path = newPath()
  assert.throws(() => openWitnessStore(path, { create: false }), { code: 'STORE_MISSING' })
  const other = newPath()
  const connection = new DatabaseSync(other)
  connection.exec('PRAGMA user_version = 99')
  connection.close()
  assert.ok(existsSync(other))
  assert.throws(() => openWitnessStore(other, { create: true }), { code: 'STORE_SCHEMA_UNKNOWN' })
})

test('a store that cannot be durable is refused', () => {
  // A database in memory has no write-ahead log, whatever it is told.
  assert.throws(() => openWitnessStore(':memory:', { create: true }), { code: 'STORE_NOT_DURABLE' })
})

test('a failing statement rejects with a code', async () => {
  const path = newPath()
  const store = openWitnessStore(path, { create: true })
  store[Symbol.dispose]()
  await assert.rejects(store.latest('a'), { code: 'STORE_FAILED' })
  await assert.rejects(store.swap('a', 0, { size: 1, note: '' }), { code: 'STORE_FAILED' })
  const grouped = groupedStore(store)
  const both = ['a', 'b'].map((origin) => grouped.swap(origin, 0, { size: 1, note: '' }))
  for (const one of both) await assert.rejects(one, { code: 'STORE_FAILED' })
})
