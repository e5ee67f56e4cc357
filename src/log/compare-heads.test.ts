import assert from 'node:assert/strict'
import test from 'node:test'
import { sampleLog } from '../testing/index.ts'
import { requireNewestHeads } from './compare-heads.ts'

const log = sampleLog(12)

function rootOf(): Uint8Array {
  throw new Error('no root is needed within one log')
}

async function outcome(state: number | undefined, recorded: number | undefined): Promise<string> {
  const heads = {
    state: state === undefined ? undefined : log.headAt(state),
    recorded: recorded === undefined ? undefined : log.headAt(recorded),
  }
  try {
    await requireNewestHeads(heads, { reader: log.readerAt(state ?? 0), rootOf })
    return 'good'
  } catch (cause) {
    return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  }
}

test('the head store may trail by the last batch, never by more, never lead', async () => {
  for (let state = 0; state <= 12; state += 1) {
    for (let recorded = 0; recorded <= 12; recorded += 1) {
      const good = recorded === state || recorded === state - 1
      assert.equal(
        await outcome(state, recorded),
        good ? 'good' : 'LOG_REGRESSED',
        `${state}/${recorded}`,
      )
    }
  }
})

test('a batch of several entries counts as one step', async () => {
  const state = { ...log.headAt(9), timeMs: 77 }
  const reader = log.readerAt(9)
  const ofOneBatch = {
    ...reader,
    readEntries: async (first: number, count: number) =>
      (await reader.readEntries(first, count)).map((row) => ({
        ...row,
        timeMs: row.index >= 5 ? 77 : row.timeMs,
      })),
  }
  const compare = (size: number): Promise<unknown> =>
    requireNewestHeads({ state, recorded: log.headAt(size) }, { reader: ofOneBatch, rootOf })
  for (const size of [5, 6, 8, 9]) {
    const recorded = size === 9 ? state : log.headAt(size)
    const found = await requireNewestHeads({ state, recorded }, { reader: ofOneBatch, rootOf })
    assert.deepEqual(found, { state, recorded })
  }
  await assert.rejects(compare(4), { code: 'LOG_REGRESSED' })
})

test('two checkpoints of one size are two histories; a missing head is no log', async () => {
  const other = sampleLog(12, { branch: 'b', forksAt: 3 })
  const heads = { state: log.headAt(6), recorded: other.headAt(6) }
  const deps = { reader: log.readerAt(6), rootOf }
  await assert.rejects(requireNewestHeads(heads, deps), { code: 'LOG_FORKED' })
  assert.equal(await outcome(undefined, 4), 'LOG_MISSING')
  assert.equal(await outcome(4, undefined), 'LOG_MISSING')
})
