import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'

import { canonicalJson } from '../../bytes/index.ts'
import { UniformDraws } from '../../crypto/index.ts'
import {
  dimensionColumns,
  joinReleaseForm,
  joinReleaseJson,
  loudText,
  makeJoinRelease,
  makeRelease,
  releaseBytes,
  releaseCsv,
  releaseDigest,
  releaseForm,
  releaseJson,
  releaseRows,
  valuesOf,
} from '../../population/index.ts'
import type { Release, ReleaseFile } from '../../population/index.ts'
import { sampleReleaseParts } from '../../testing/index.ts'
import { sampleJoinReleaseParts } from '../../testing/join/index.ts'
import { seededRandom } from '../../testing/simulator/index.ts'
import { writeJoinParquet, writeReleaseParquet } from './release-parquet.ts'

const dir = mkdtempSync(join(tmpdir(), 'cloison-release-'))
after(() => rmSync(dir, { recursive: true, force: true }))

const engine = await DuckDBInstance.create(':memory:')
const connection = await engine.connect()
after(() => {
  connection.closeSync()
  engine.closeSync()
})

/** Every value as its text, as a reader sees it. */
async function read(statement: string): Promise<readonly (readonly (string | null)[])[]> {
  const result = await connection.runAndReadAll(statement)
  return result
    .getRowsJson()
    .map((row) => row.map((value) => (value === null ? null : textOf(value))))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const by = ['place', 'insured', 'band']
const releases: readonly Release[] = [
  makeRelease(sampleReleaseParts({ by: [] })),
  makeRelease(sampleReleaseParts({ by })),
  makeRelease(sampleReleaseParts({ by, measure: { kind: 'variance', element: 'age' } })),
  makeRelease(
    sampleReleaseParts({
      by: ['sex'],
      measure: { kind: 'quantiles', element: 'age', ppm: [1, 500_000, 999_999] },
    }),
  ),
]

const fileOf = (release: Release): ReleaseFile => ({
  release,
  signature: { keyId: 'tax/gateway/00000000', value: `${'A'.repeat(86)}==` },
  receipt: { inclusion: "it's a proof\n" },
})

/** The rows as texts, as a program that reads them back should see them. */
function expected(release: Release): readonly (readonly (string | null)[])[] {
  const digest = releaseDigest(releaseBytes(release))
  return releaseRows(release).map((row) =>
    valuesOf(row, digest).map((value) => (value === null ? null : String(value))),
  )
}

/** A decimal without the zeros that a type of four places adds. */
const bare = (value: string | null): string | null =>
  value === null ? null : value.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')

for (const [at, release] of releases.entries()) {
  const dimensions = dimensionColumns(releaseForm(release)).length

  test(`the rows of release ${at} come back out of CSV as they are`, async () => {
    const path = join(dir, `${at}.csv`)
    writeFileSync(path, releaseCsv(release))
    const rows = await read(
      `SELECT * FROM read_csv('${path}', all_varchar = true, header = true, quote = '"', escape = '"', delim = ',')`,
    )
    const heard = rows.map((row) =>
      row.map((value, place) => (place < dimensions && value !== null ? loudText(value) : value)),
    )
    assert.deepEqual(heard, expected(release))
  })

  test(`the rows of release ${at} come back out of Parquet, with their types and certificate`, async () => {
    const path = join(dir, `${at}.parquet`)
    await writeReleaseParquet(fileOf(release), path)
    const rows = await read(`SELECT * FROM read_parquet('${path}')`)
    const decimals = [dimensions + 2, dimensions + 3, dimensions + 4]
    const seen = rows.map((row) =>
      row.map((value, place) => {
        if (value === null) return null
        return decimals.includes(place) ? bare(value) : value
      }),
    )
    const wanted = expected(release).map((row) =>
      row.map((value, place) => (decimals.includes(place) ? bare(value) : value)),
    )
    assert.deepEqual(seen, wanted)
    const types = await read(`DESCRIBE SELECT * FROM read_parquet('${path}')`)
    assert.deepEqual(
      types.slice(dimensions).map(([name, type]) => `${name ?? ''} ${type ?? ''}`),
      [
        'statistic VARCHAR',
        'ppm INTEGER',
        'value DECIMAL(38,4)',
        'lower DECIMAL(38,4)',
        'upper DECIMAL(38,4)',
        'level_ppm INTEGER',
        'level VARCHAR',
        'release VARCHAR',
      ],
    )
    const metadata = await read(
      `SELECT decode(key), decode(value) FROM parquet_kv_metadata('${path}') ORDER BY 1`,
    )
    const told = Object.fromEntries(metadata.map(([name, value]) => [name ?? '', value ?? '']))
    const { certificate = null } = releaseJson(release)
    assert.equal(told['cloison.certificate'], canonicalJson(certificate))
    assert.equal(told['cloison.receipt'], '{"inclusion":"it\'s a proof\\n"}')
    assert.equal(told['cloison.digest'], `"${releaseDigest(releaseBytes(release))}"`)
  })
}

test('a release over two registers comes back out of Parquet with its rows and certificate', async () => {
  const draws = new UniformDraws(seededRandom('join parquet'))
  const measure = { kind: 'mean', side: 'left', element: 'age', levels: 4 } as const
  const release = makeJoinRelease(sampleJoinReleaseParts({ measure }, () => 2_000, draws))
  const path = join(dir, 'join.parquet')
  await writeJoinParquet({ release, receipt: { origin: 'here', index: 7 } }, path)
  const { rows, digest } = joinReleaseForm(release)
  const found = await read(`SELECT * FROM read_parquet('${path}')`)
  assert.deepEqual(
    found.map((row) => row.map((value, at) => (at > 3 && at < 7 ? bare(value) : value))),
    rows.map((row) =>
      valuesOf(row, digest).map((value, at) => {
        const text = value === null ? null : String(value)
        return at > 3 && at < 7 ? bare(text) : text
      }),
    ),
  )
  const told = await read(
    `SELECT decode(value) FROM parquet_kv_metadata('${path}') WHERE decode(key) = 'cloison.certificate'`,
  )
  const { certificate = null } = joinReleaseJson(release)
  assert.deepEqual(told, [[canonicalJson(certificate)]])
})
