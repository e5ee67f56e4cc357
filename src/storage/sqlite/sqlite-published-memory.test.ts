import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openPublishedMemory } from './sqlite-published-memory.ts'
import { createHeadStore, openHeadStore } from './sqlite-state-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-published-'))
const origin = 'tax.localhost/log/2026h2'
after(() => rmSync(folder, { recursive: true, force: true }))

function newStore(name: string): string {
  const path = join(folder, name)
  createHeadStore(path)
  return path
}

test('what was published last is there after reopening, beside the head', async () => {
  const path = newStore('a.db')
  using headStore = openHeadStore(path)
  {
    using memory = openPublishedMemory(path, origin)
    assert.equal(await memory.size(), undefined)
    await memory.remember(0)
    assert.equal(await memory.size(), 0)
    await memory.remember(7)
  }
  await headStore.write({ checkpoint: 'c', size: 9, timeMs: 1 })
  using memory = openPublishedMemory(path, origin)
  assert.equal(await memory.size(), 7)
  assert.equal((await headStore.read())?.size, 9)
})

test('a smaller size never replaces a larger one', async () => {
  using memory = openPublishedMemory(newStore('b.db'), origin)
  for (const size of [3, 9, 4, 9]) await memory.remember(size)
  assert.equal(await memory.size(), 9)
})

test('each log has its own', async () => {
  const path = newStore('d.db')
  using before = openPublishedMemory(path, origin)
  using after = openPublishedMemory(path, 'tax.localhost/log/2027h1')
  await before.remember(9)
  assert.equal(await after.size(), undefined)
  await after.remember(1)
  assert.deepEqual([await before.size(), await after.size()], [9, 1])
})

test('looking changes nothing in the file', async () => {
  const path = newStore('c.db')
  const before = readFileSync(path)
  {
    using memory = openPublishedMemory(path, origin)
    assert.equal(await memory.size(), undefined)
  }
  assert.deepEqual(readFileSync(path), before)
})
