import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseRegisterDescription } from '../register-description.ts'
import { openFileRegister } from './file-register.ts'

const description = parseRegisterDescription({
  v: 1,
  name: 'work',
  category: 'ordinary',
  table: 'work',
  subject: { column: 'nin', scheme: 'demo-nin' },
  population: { name: 'residents', size: 1000 },
  rowsPerPerson: 1,
  elements: [
    {
      name: 'kind',
      column: 'kind',
      type: 'string',
      unit: null,
      category: 'ordinary',
      domain: { kind: 'closed', keys: ["l'atelier", 'office'] },
    },
    {
      name: 'hours',
      column: 'hours',
      type: 'integer',
      unit: 'h',
      category: 'ordinary',
      domain: { kind: 'bounded', min: 5, max: 60 },
    },
    {
      name: 'pay',
      column: 'pay',
      type: 'integer',
      unit: 'EUR',
      category: 'ordinary',
      domain: { kind: 'bounded', min: -2_000_000, max: 2_000_000 },
    },
  ],
})

const rows = [
  ["l'atelier", '-3', '2000000'],
  ["l'atelier", '60', '-999999999999999'],
  ['office', '61', '7'],
  ['office', '', '-7'],
  ['forge', '9', '1'],
  ['', '5', ''],
]

test('what is counted is clamped and held against the domain beforehand, and what is looked up is as written', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-file-register-'))
  const path = join(dir, 'work.csv')
  const lines = rows.map((row, place) => [`P${place}`, ...row].join(','))
  writeFileSync(path, `${['nin,kind,hours,pay', ...lines].join('\n')}\n`)
  const register = await openFileRegister({ kind: 'csv', path }, description)
  try {
    const table = async (measure: object, by: readonly string[] = ['kind']): Promise<unknown> =>
      (await register.aggregate({ v: 1, where: [], by, measure: measure as never })).cells
    const hours = { element: 'hours', min: 5, max: 60 }
    const pay = { element: 'pay', min: -2_000_000, max: 2_000_000 }
    assert.deepEqual(await table({ kind: 'count' }), [
      { key: ["l'atelier"], numbers: [2] },
      { key: ['office'], numbers: [2] },
    ])
    assert.deepEqual(await table({ kind: 'sum', ...hours }), [
      { key: ["l'atelier"], numbers: [65] },
      { key: ['office'], numbers: [60] },
    ])
    // Around 32: 5 and 60, 60 and none.
    assert.deepEqual(await table({ kind: 'moments', ...hours }), [
      { key: ["l'atelier"], numbers: [2, 1, 27 * 27 + 28 * 28] },
      { key: ['office'], numbers: [1, 28, 28 * 28] },
    ])
    // Their squares need more than 32 bits.
    assert.deepEqual(await table({ kind: 'moments', ...pay }, []), [
      { key: [], numbers: [5, 1, 2 * 4e12 + 49 + 49 + 1] },
    ])
    assert.deepEqual(await table({ kind: 'buckets', ...hours, width: 28 }, []), [
      { key: [], numbers: [3, 2] },
    ])
    assert.deepEqual(
      await register.lookUp({ scheme: 'demo-nin', value: 'P4' }, ['kind', 'hours']),
      {
        kind: 'forge',
        hours: 9,
      },
    )
    assert.deepEqual(await register.lookUp({ scheme: 'demo-nin', value: 'P0' }, ['hours']), {
      hours: -3,
    })
  } finally {
    register[Symbol.dispose]()
    rmSync(dir, { recursive: true, force: true })
  }
})
