import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { canonicalBytes, decodeUtf8, type Json, type JsonObject } from '../../bytes/index.ts'
import { arbitraryRelease, sampleReleaseParts } from '../../testing/index.ts'
import { makeRelease, type Release, releaseBytes, releaseDigest } from '../release/index.ts'
import { dimensionColumns, fixedColumns } from './columns.ts'
import { loudText, quietText, releaseCsv } from './release-csv.ts'
import { parseReleaseFile, type ReleaseFile, releaseFileBytes } from './release-file.ts'
import { askedRows, releaseRows } from './release-rows.ts'
import { releaseVega, type VegaTexts } from './release-vega.ts'

const fileOf = (release: Release): ReleaseFile => ({
  release,
  signature: { keyId: 'tax/gateway/00000000', value: `${'A'.repeat(86)}==` },
  receipt: { leaf: 'AAAA', inclusion: 'c2sp.org/tlog-proof@v1\n' },
})

test('there is a row for each statistic of each cell, with the value inside its interval', () => {
  fc.assert(
    fc.property(arbitraryRelease, (release) => {
      const rows = releaseRows(release)
      const { measure } = release.query
      const each = { count: 1, sum: 1, mean: 2, variance: 3 }
      const perCell = measure.kind === 'quantiles' ? measure.ppm.length : each[measure.kind]
      assert.equal(rows.length, release.cells.length * perCell)
      assert.ok(askedRows(release).length > 0)
      for (const { value, lower, upper, levelPpm } of rows) {
        assert.ok(levelPpm >= 950_000, String(levelPpm))
        if (value === null || lower === null || upper === null) continue
        assert.match(value, /^-?\d+(\.\d+)?$/)
        assert.ok(Number(lower) <= Number(value) && Number(value) <= Number(upper))
      }
    }),
    { numRuns: 30 },
  )
})

test('a count says its value, its interval and how often that holds', () => {
  const parts = sampleReleaseParts()
  const release = makeRelease({ ...parts, cells: parts.cells.map((c) => ({ ...c, numbers: [7] })) })
  assert.deepEqual(releaseRows(release)[0], {
    key: ['f'],
    statistic: 'count',
    ppm: null,
    value: '7',
    lower: '-23',
    upper: '37',
    levelPpm: 952_700,
    level: 'exact',
  })
})

test('a variance comes with its count and its mean, each at its own level', () => {
  const release = makeRelease(sampleReleaseParts({ measure: { kind: 'variance', element: 'age' } }))
  const rows = releaseRows(release).slice(0, 3)
  assert.deepEqual(
    rows.map(({ statistic, level }) => [statistic, level]),
    [
      ['count', 'exact'],
      ['mean', 'at-least'],
      ['variance', 'at-least'],
    ],
  )
  const levels = rows.map(({ levelPpm }) => levelPpm)
  assert.ok(levels.every((level, at) => level >= 950_000 && level <= (levels[at - 1] ?? 1e6)))
})

test('a file of a release is read as what was written, and its rows are its own', () => {
  fc.assert(
    fc.property(arbitraryRelease, (release) => {
      const bytes = releaseFileBytes(fileOf(release))
      const file = parseReleaseFile(bytes)
      assert.deepEqual(file, fileOf(release))
      assert.deepEqual(releaseFileBytes(file), bytes)
    }),
    { numRuns: 20 },
  )
})

const jsonOf = (bytes: Uint8Array): JsonObject => JSON.parse(decodeUtf8(bytes)) as JsonObject

test('a file whose rows or release were changed is refused, with a code', () => {
  const json = jsonOf(releaseFileBytes(fileOf(makeRelease(sampleReleaseParts()))))
  const [first, ...others] = json['rows'] as readonly JsonObject[]
  const release = json['release'] as JsonObject
  for (const [change, code] of [
    [{ rows: [{ ...first, lower: '0' }, ...others] }, 'RELEASE_ROWS'],
    [{ rows: others }, 'RELEASE_ROWS'],
    [{ release: { ...release, register: 'others' } }, 'RELEASE_SHAPE'],
    [{ signature: null }, 'RELEASE_MALFORMED'],
    [{ people: [] }, 'RELEASE_MALFORMED'],
  ] as const)
    assert.throws(() => parseReleaseFile(canonicalBytes({ ...json, ...(change as object) })), {
      code,
    })
})

test('no text of a key is computed by a spreadsheet, and what was quietened can be read again', () => {
  const begin = fc.constantFrom('=', '+', '-', '@', '\t', '\r', "'", '', 'x')
  fc.assert(
    fc.property(begin, fc.string(), (first, rest) => {
      const text = `${first}${rest}`
      assert.doesNotMatch(quietText(text), /^[=+\-@\t\r]/)
      assert.equal(loudText(quietText(text)), text)
    }),
  )
})

test('the lines of a file name its columns and the release that they are of', () => {
  const release = makeRelease(sampleReleaseParts({ by: ['place', 'sex'] }))
  const text = decodeUtf8(releaseCsv(release))
  const [header] = text.split('\r\n')
  assert.equal(header, ['place', 'sex', ...fixedColumns].join(','))
  assert.ok(text.endsWith(`${releaseDigest(releaseBytes(release))}\r\n`))
  assert.ok(text.includes(`\r\n'=1+1,f,count,,`), 'a key that is a formula is quiet')
  assert.ok(text.includes(`\r\n"say ""so""",m,count,,`))
})

test('a dimension that is called like a column gives way', () => {
  const by = ['value', 'by_value', 'sex']
  assert.deepEqual(dimensionColumns({ by, cells: [{ key: ['x', 1, true] }] }), [
    { name: 'by_by_value', type: 'text' },
    { name: 'by_value', type: 'integer' },
    { name: 'sex', type: 'boolean' },
  ])
})

const texts: VegaTexts = {
  title: 'People',
  note: 'Privacy noise only',
  value: 'people',
  lower: 'from',
  upper: 'to',
  keyOf: (_, key) => String(key),
  elementOf: (element) => element,
  quantileOf: (ppm) => `${ppm / 10_000} %`,
}

test('a chart for others has the data of every row, and panels by the first of several dimensions', () => {
  const one = releaseVega(makeRelease(sampleReleaseParts()), texts)
  assert.equal(one['facet'], undefined)
  const two = releaseVega(
    makeRelease(
      sampleReleaseParts({
        by: ['place', 'sex'],
        measure: { kind: 'quantiles', element: 'age', ppm: [250_000, 500_000] },
      }),
    ),
    texts,
  )
  const { values } = two['data'] as { readonly values: readonly Json[] }
  assert.equal(values.length, 9 * 2 * 2)
  assert.deepEqual(Object.keys(values[0] as JsonObject), [
    'panel',
    'label',
    'value',
    'lower',
    'upper',
  ])
  assert.ok('facet' in two && 'spec' in two && !('layer' in two))
})
