import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { cheatRestore } from '../../src/demo/index.ts'

function leftBehind(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('cloison-restore-'))
}

test('the demo’s button puts yesterday’s files back in all seven ways: each is refused, and says by whom', async () => {
  const before = leftBehind()
  const told: string[] = []
  const { stoppedBy, restored = [] } = await cheatRestore(({ parts, noticedBy }) =>
    told.push(`${parts.join(' + ')} -> ${noticedBy}`),
  )
  assert.equal(stoppedBy, 'LOG_REGRESSED')
  assert.equal(restored.length, 7)
  assert.deepEqual(told, [
    'state -> head',
    'head -> state',
    'folder -> memory',
    'state + head -> folder',
    'state + folder -> head',
    'head + folder -> state',
    'state + head + folder -> witness',
  ])
  assert.deepEqual(leftBehind(), before, 'a folder was left behind')
})
