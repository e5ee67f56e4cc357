import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { DuckDBConnection } from '@duckdb/node-api'

import { canonicalJson } from '../../bytes/index.ts'
import type { Json } from '../../bytes/index.ts'
import {
  dimensionColumns,
  fixedColumns,
  releaseBytes,
  releaseDigest,
  releaseJson,
  releaseRows,
  valuesOf,
} from '../../population/index.ts'
import type { ColumnType, Release, ReleaseFile } from '../../population/index.ts'

/** The engine's type of a dimension's column. */
const dimensionTypes: Readonly<Record<ColumnType, string>> = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
}

/** Exact decimals: no value of a release has more than 34 digits before the point, or four behind it. */
const decimal = 'DECIMAL(38,4)'

const fixedTypes: Readonly<Record<(typeof fixedColumns)[number], string>> = {
  statistic: 'VARCHAR',
  ppm: 'INTEGER',
  value: decimal,
  lower: decimal,
  upper: decimal,
  level_ppm: 'INTEGER',
  level: 'VARCHAR',
  release: 'VARCHAR',
}

const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`
const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`

interface TypedColumn {
  readonly name: string
  readonly type: string
}

function columnsOf(release: Release): readonly TypedColumn[] {
  return [
    ...dimensionColumns(release).map(({ name, type }) => ({ name, type: dimensionTypes[type] })),
    ...fixedColumns.map((name) => ({ name, type: fixedTypes[name] })),
  ]
}

/** What the file says of itself, in its key-value metadata. */
function metadataOf({ release, signature, receipt }: ReleaseFile, digest: string): string {
  const { cells: _cells, numbers, certificate, ...about } = releaseJson(release)
  const told: Readonly<Record<string, Json>> = {
    about,
    numbers: numbers ?? null,
    certificate: certificate ?? null,
    digest,
    signature: { ...signature },
    receipt,
  }
  const pairs = Object.entries(told).map(
    ([name, json]) => `${quoteName(`cloison.${name}`)}: ${quoteText(canonicalJson(json))}`,
  )
  return `{${pairs.join(', ')}}`
}

/** Appends the rows as texts: the engine casts them, exactly, as it writes the file. */
async function appendRows(
  connection: DuckDBConnection,
  release: Release,
  digest: string,
): Promise<void> {
  const appender = await connection.createAppender('rows')
  for (const row of releaseRows(release)) {
    for (const value of valuesOf(row, digest)) {
      if (value === null) appender.appendNull()
      else appender.appendVarchar(String(value))
    }
    appender.endRow()
  }
  appender.closeSync()
}

/**
 * Writes the rows of a release to a new Parquet file, with certificate, signature and receipt in its key-value metadata
 * under names that begin with `cloison.`. Values are exact decimals.
 *
 * @throws Error of the engine where the file cannot be written
 */
export async function writeReleaseParquet(file: ReleaseFile, path: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: '',
    threads: '1',
    memory_limit: '512MB',
  })
  const connection = await instance.connect()
  try {
    const { release } = file
    const digest = releaseDigest(releaseBytes(release))
    const columns = columnsOf(release)
    const texts = columns.map(({ name }) => `${quoteName(name)} VARCHAR`)
    const casts = columns.map(
      ({ name, type }) => `${quoteName(name)}::${type} AS ${quoteName(name)}`,
    )
    await connection.run(`CREATE TABLE rows (${texts.join(', ')})`)
    await appendRows(connection, release, digest)
    const options = `FORMAT parquet, KV_METADATA ${metadataOf(file, digest)}`
    await connection.run(
      `COPY (SELECT ${casts.join(', ')} FROM rows) TO ${quoteText(path)} (${options})`,
    )
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** The bytes of such a file, by way of a folder that is gone afterwards. */
export async function releaseParquet(file: ReleaseFile): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'cloison-release-'))
  try {
    const path = join(folder, 'release.parquet')
    await writeReleaseParquet(file, path)
    return await readFile(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
