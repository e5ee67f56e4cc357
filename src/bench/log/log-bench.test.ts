import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { appendRound } from './append-round.ts'
import { requireLog, requireReceipts } from './check-log.ts'
import { decisionRound } from './decision-round.ts'
import { foundLogWorld } from './log-world.ts'
import { openRawWriter } from './raw-writer.ts'
import { sealedEntries } from './sealed-entries.ts'

const dir = mkdtempSync(join(tmpdir(), 'cloison-log-bench-'))
after(() => rmSync(dir, { recursive: true, force: true }))

test('a round of appends ends with all of it published and verified, in either order of tiles', async () => {
  for (const tiles of ['synced', 'behind'] as const) {
    const world = await foundLogWorld(join(dir, tiles))
    const round = await appendRound(world, { entries: 700, group: 128, callers: 300, tiles })
    assert.ok(round.rate > 0 && round.publishedRate > 0)
    await assert.rejects(requireLog(world, 699), { code: 'RUN_REJECTED' })
    const path = join(world.published, 'tile', 'entries', '001')
    const bytes = readFileSync(path)
    bytes[9] = (bytes[9] ?? 0) ^ 1
    writeFileSync(path, bytes)
    await assert.rejects(requireLog(world, 700), { code: 'RUN_REJECTED' })
  }
})

test('a round of decisions ends with good answers in a good log', async () => {
  const world = await foundLogWorld(join(dir, 'decisions'))
  assert.ok((await decisionRound(world, { decisions: 60, group: 16, callers: 20 })) > 0)
})

test('a receipt of another entry, or none at all, ends a run', async () => {
  const world = await foundLogWorld(join(dir, 'receipts'))
  const [one, other] = sealedEntries(world, Date.now())
  assert.ok(one !== undefined && other !== undefined)
  using writer = await openRawWriter(world)
  const [appended] = await writer.log.commit([one])
  assert.ok(appended !== undefined)
  const { index, receipt } = appended
  requireReceipts([{ index, receipt, leaf: one.leaf }], world.policy)
  const bad = [
    [],
    [{ index, receipt, leaf: other.leaf }],
    [{ index: index + 1, receipt, leaf: one.leaf }],
  ]
  for (const receipts of bad) {
    assert.throws(() => requireReceipts(receipts, world.policy), { code: 'RUN_REJECTED' })
  }
})
