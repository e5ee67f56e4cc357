import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openPublishedMemory } from './sqlite-published-memory.ts'
import { createHeadStore, openHeadStore } from './sqlite-state-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-published-'))
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
    using memory = openPublishedMemory(path)
    assert.equal(await memory.size(), undefined)
    await memory.remember(0)
    assert.equal(await memory.size(), 0)
    await memory.remember(7)
  }
  await headStore.write({ checkpoint: 'c', size: 9, timeMs: 1 })
  using memory = openPublishedMemory(path)
  assert.equal(await memory.size(), 7)
  assert.equal((await headStore.read())?.size, 9)
})

test('a smaller size never replaces a larger one', async () => {
  using memory = openPublishedMemory(newStore('b.db'))
  for (const size of [3, 9, 4, 9]) await memory.remember(size)
  assert.equal(await memory.size(), 9)
})

test('looking changes nothing in the file', async () => {
  const path = newStore('c.db')
  const before = readFileSync(path)
  {
    using memory = openPublishedMemory(path)
    assert.equal(await memory.size(), undefined)
  }
  assert.deepEqual(readFileSync(path), before)
})
