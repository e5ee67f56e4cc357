import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { test } from 'node:test'
import { publishDraw } from '../../tests/fault/publish-draw.ts'
import { folderFiles } from '../platform/index.ts'
import type { Files } from '../ports/index.ts'
import { PublishedDraws } from './published-draws.ts'

test('a revealed draw says which answers it drew; read once, it is not read again', async () => {
  const { dir, report, trust, committed, exchanges } = await publishDraw()
  try {
    const files = folderFiles(dir)
    let reads = 0
    const counted: Files = {
      ...files,
      list: (below) => files.list(below),
      read: (path) => {
        reads += 1
        return files.read(path)
      },
    }
    const draws = new PublishedDraws(counted, report.origin ?? '', trust)
    const [found] = await draws.verdicts([committed])
    assert.ok(found?.verdict?.state === 'drawn')
    assert.ok(found.verdict.drawn.every((entry) => exchanges.includes(entry)))
    const before = reads
    assert.deepEqual(await draws.verdicts([committed]), [found])
    assert.equal(reads, before)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})

test('a log whose files do not fit its signed head has no result to show', async () => {
  const { dir, report, trust, committed } = await publishDraw()
  try {
    const files = folderFiles(dir)
    const edited: Files = {
      ...files,
      list: (below) => files.list(below),
      read: async (path) => {
        const bytes = await files.read(path)
        return path.startsWith('tile/entries') ? bytes?.with(bytes.length - 1, 1) : bytes
      },
    }
    const draws = new PublishedDraws(edited, report.origin ?? '', trust)
    assert.deepEqual(await draws.verdicts([committed]), [{ entry: committed, verdict: null }])
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
