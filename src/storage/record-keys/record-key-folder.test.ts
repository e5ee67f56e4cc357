import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as fc from 'fast-check'
import { addMonths } from '../../agreement/index.ts'
import { encodeBase64 } from '../../bytes/index.ts'
import { monthOf, monthStartMs, parseMonth, type RecordMonth } from '../../log/index.ts'
import { systemRandomness } from '../../platform/index.ts'
import { openRecordKeys, openWritableRecordKeys } from './record-key-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'cloison-record-keys-'))
after(() => rmSync(root, { recursive: true, force: true }))

let folders = 0

function newFolder(): string {
  folders += 1
  const path = join(root, String(folders))
  mkdirSync(path, { mode: 0o700 })
  return path
}

/** 2026-11-15, UTC. */
const novemberMs = 1_794_700_800_000
const november = monthOf(novemberMs)

test('a month is that of UTC, and begins at its first millisecond', () => {
  assert.equal(november, '2026-11')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200_000_000_000_000 }), (timeMs) => {
      const month = monthOf(timeMs)
      const start = monthStartMs(month)
      assert.ok(start <= timeMs && monthOf(start) === month && monthOf(start - 1) !== month)
      assert.equal(new Date(timeMs).toISOString().slice(0, 7), month)
      assert.ok(addMonths(start, 1) > timeMs)
      assert.equal(parseMonth(month), month)
    }),
  )
  for (const text of ['', '2026', '2026-13', '2026-00', '2026-1', ' 2026-11', '2026-11-01'])
    assert.equal(parseMonth(text), undefined)
})

test('a key is made once, whole, for its owner alone, and read again by another opening', () => {
  const path = newFolder()
  const keys = openWritableRecordKeys({ path }, systemRandomness)
  assert.equal(keys.of(novemberMs), undefined)
  const key = keys.forSealing(novemberMs, false).slice()
  assert.deepEqual(readdirSync(path), ['2026-11.key'])
  assert.equal(statSync(join(path, '2026-11.key')).mode & 0o777, 0o600)
  assert.equal(readFileSync(join(path, '2026-11.key'), 'utf8'), `${encodeBase64(key)}\n`)
  assert.deepEqual(keys.forSealing(novemberMs + 86_400_000, true), key)
  assert.deepEqual(openRecordKeys({ path }).of(novemberMs), key)
  assert.deepEqual(openWritableRecordKeys({ path }, systemRandomness).of(novemberMs), key)
  assert.notDeepEqual(keys.forSealing(addMonths(novemberMs, 1), false), key)
  assert.deepEqual(keys.months(), ['2026-11', '2026-12'])
})

test('the key of a month that has entries is never made anew, nor is one that is not whole replaced', () => {
  const path = newFolder()
  const keys = openWritableRecordKeys({ path }, systemRandomness)
  assert.throws(() => keys.forSealing(novemberMs, true), { code: 'RECORD_KEY_MISSING' })
  assert.deepEqual(readdirSync(path), [])
  for (const content of ['', 'AAAA\n', 'not base64 at all\n']) {
    writeFileSync(join(path, '2026-11.key'), content)
    assert.equal(keys.of(novemberMs), undefined)
    assert.throws(() => keys.forSealing(novemberMs, false), { code: 'RECORD_KEY_MISSING' })
    assert.equal(readFileSync(join(path, '2026-11.key'), 'utf8'), content)
  }
})

test('a folder that is not there is never made: it may be a disk that is not mounted', () => {
  const path = join(root, 'nowhere')
  assert.throws(() => openWritableRecordKeys({ path }, systemRandomness), {
    code: 'RECORD_KEY_MISSING',
    message: /keys\.record_folder/,
  })
  assert.ok(!existsSync(path))
})

test('what a kill left of a key that was being made is no key', () => {
  const path = newFolder()
  writeFileSync(join(path, '2026-11.key.new'), 'half')
  const keys = openWritableRecordKeys({ path }, systemRandomness)
  assert.deepEqual([keys.of(novemberMs), keys.months()], [undefined, []])
  assert.equal(keys.forSealing(novemberMs, false).length, 32)
  assert.deepEqual(readdirSync(path), ['2026-11.key'])
})

test('a destroyed key is overwritten, gone from the folder, and forgotten', () => {
  const path = newFolder()
  const keys = openWritableRecordKeys({ path }, systemRandomness)
  const reader = openRecordKeys({ path })
  const held = keys.forSealing(novemberMs, false)
  const line = readFileSync(join(path, '2026-11.key'), 'utf8')
  const read = reader.of(novemberMs)
  // A second name of the same file shows what is left of its blocks.
  const witness = join(root, 'second-name')
  linkSync(join(path, '2026-11.key'), witness)
  keys.destroy(november)
  reader.forget([november])
  assert.deepEqual(readdirSync(path), [])
  assert.ok(!readFileSync(witness).includes(line.trimEnd()))
  assert.deepEqual([keys.of(novemberMs), reader.of(novemberMs)], [undefined, undefined])
  assert.deepEqual([held, read], [new Uint8Array(32), new Uint8Array(32)])
  keys.destroy(november)
  rmSync(witness)
})

test('a key whose file cannot be overwritten is not said to be destroyed', (t) => {
  const path = newFolder()
  const keys = openWritableRecordKeys({ path }, systemRandomness)
  keys.forSealing(novemberMs, false)
  mkdirSync(join(path, '2026-12.key'))
  assert.throws(() => keys.destroy('2026-12' as RecordMonth))
  if (process.getuid?.() === 0) return t.diagnostic('root may write every file')
  chmodSync(join(path, '2026-11.key'), 0o400)
  assert.throws(() => keys.destroy(november))
})

test('many months are read, and only some are held', () => {
  const path = newFolder()
  const keys = openWritableRecordKeys({ path }, systemRandomness)
  const times = Array.from({ length: 60 }, (_, month) => addMonths(novemberMs, month))
  const lines = times.map((timeMs) => encodeBase64(keys.forSealing(timeMs, false)))
  const reader = openRecordKeys({ path })
  for (const round of [times, times.toReversed()])
    for (const timeMs of round)
      assert.equal(
        encodeBase64(reader.of(timeMs) ?? new Uint8Array()),
        lines[times.indexOf(timeMs)],
      )
  rmSync(path, { recursive: true })
  const held = times.filter((timeMs) => reader.of(timeMs) !== undefined)
  assert.equal(held.length, 24)
})
