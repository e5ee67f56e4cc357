import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryRecordKeys } from '../testing/index.ts'
import { monthStartMs, parseMonth } from './record-keys.ts'
import { requireSealingKey, sealingKey } from './sealing-key.ts'
import type { EntryRow, LogReader, LogsReader } from './state-store.ts'

function startOf(text: string): number {
  const month = parseMonth(text)
  return month === undefined ? assert.fail() : monthStartMs(month)
}

const novemberMs = startOf('2026-11')
const decemberMs = startOf('2026-12')

function logOf(rows: readonly Pick<EntryRow, 'timeMs' | 'leaf'>[]): LogReader {
  const entries = rows.map((row, index) => ({ ...row, index, sealed: new Uint8Array() }))
  const head = { checkpoint: '', size: entries.length, timeMs: 0 }
  return {
    head: async () => head,
    readEntries: async (first, count) => entries.slice(first, first + count),
    readLeaves: async () => [],
    readTile: async () => undefined,
  }
}

function readerOf(logs: readonly LogReader[]): LogsReader {
  const newest = logs.at(-1) ?? logOf([])
  return {
    ...newest,
    logs: async () => logs.map((_, place) => String(place)),
    logOf: (origin) => logs[Number(origin)] ?? logOf([]),
  }
}

const exchange = (timeMs: number) => ({ timeMs, leaf: Uint8Array.of(1, 1) })
const governance = (timeMs: number) => ({ timeMs, leaf: Uint8Array.of(1, 2) })
const old = Array.from({ length: 300 }, () => exchange(novemberMs))

test('a month without a sealed entry gets its key, once', async () => {
  const keys = memoryRecordKeys(new Uint8Array(32))
  const later = Array.from({ length: 300 }, () => governance(decemberMs))
  const reader = readerOf([logOf(old), logOf([...old, ...later]), logOf([])])
  await requireSealingKey(reader, decemberMs, keys)
  assert.deepEqual(keys.months(), [], 'looking makes nothing')
  const key = await sealingKey(reader, decemberMs, keys)
  assert.deepEqual([keys.months(), key], [['2026-12'], keys.of(decemberMs)])
})

test('a month with a sealed entry in any log of the store never gets another key', async () => {
  const after = Array.from({ length: 600 }, () => governance(decemberMs + 5))
  const place = [
    [logOf([...old, exchange(decemberMs)])],
    [logOf([...old, exchange(decemberMs), ...after])],
    [logOf([exchange(decemberMs), ...after]), logOf([]), logOf(after)],
  ]
  for (const logs of place) {
    const keys = memoryRecordKeys(new Uint8Array(32))
    const missing = { code: 'RECORD_KEY_MISSING' }
    await assert.rejects(requireSealingKey(readerOf(logs), decemberMs + 9, keys), missing)
    await assert.rejects(sealingKey(readerOf(logs), decemberMs + 9, keys), missing)
    assert.deepEqual(keys.months(), [])
  }
})
