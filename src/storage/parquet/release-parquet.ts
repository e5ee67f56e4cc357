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
  joinReleaseForm,
  joinReleaseJson,
  releaseForm,
  releaseJson,
  valuesOf,
} from '../../population/index.ts'
import type { ColumnType, JoinReleaseFile, ReleaseFile, TableForm } from '../../population/index.ts'

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

function columnsOf(form: TableForm): readonly TypedColumn[] {
  return [
    ...dimensionColumns(form).map(({ name, type }) => ({ name, type: dimensionTypes[type] })),
    ...fixedColumns.map((name) => ({ name, type: fixedTypes[name] })),
  ]
}

/** What a file says of itself, each under its name after `cloison.`. */
export type FileMetadata = Readonly<Record<string, Json>>

function metadataText(told: FileMetadata): string {
  const pairs = Object.entries(told).map(
    ([name, json]) => `${quoteName(`cloison.${name}`)}: ${quoteText(canonicalJson(json))}`,
  )
  return `{${pairs.join(', ')}}`
}

/** Appends the rows as texts: the engine casts them, exactly, as it writes the file. */
async function appendRows(
  connection: DuckDBConnection,
  { rows, digest }: TableForm,
): Promise<void> {
  const appender = await connection.createAppender('rows')
  for (const row of rows) {
    for (const value of valuesOf(row, digest)) {
      if (value === null) appender.appendNull()
      else appender.appendVarchar(String(value))
    }
    appender.endRow()
  }
  appender.closeSync()
}

/**
 * Writes the rows of a table to a new Parquet file, with what is told of it in its key-value metadata under names that begin
 * with `cloison.`. Values are exact decimals.
 *
 * @throws Error of the engine where the file cannot be written
 */
export async function writeTableParquet(
  form: TableForm,
  told: FileMetadata,
  path: string,
): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: '',
    threads: '1',
    memory_limit: '512MB',
  })
  const connection = await instance.connect()
  try {
    const columns = columnsOf(form)
    const texts = columns.map(({ name }) => `${quoteName(name)} VARCHAR`)
    const casts = columns.map(
      ({ name, type }) => `${quoteName(name)}::${type} AS ${quoteName(name)}`,
    )
    await connection.run(`CREATE TABLE rows (${texts.join(', ')})`)
    await appendRows(connection, form)
    const options = `FORMAT parquet, KV_METADATA ${metadataText(told)}`
    await connection.run(
      `COPY (SELECT ${casts.join(', ')} FROM rows) TO ${quoteText(path)} (${options})`,
    )
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** {@link writeTableParquet} of a release over one register, with its certificate, signature and receipt. */
export async function writeReleaseParquet(file: ReleaseFile, path: string): Promise<void> {
  const { release, signature, receipt } = file
  const form = releaseForm(release)
  const { cells: _cells, numbers, certificate, ...about } = releaseJson(release)
  const told = {
    about,
    numbers: numbers ?? null,
    certificate: certificate ?? null,
    digest: form.digest,
    signature: { ...signature },
    receipt,
  }
  await writeTableParquet(form, told, path)
}

/** {@link writeTableParquet} of a release over two registers, with its certificate and receipt. */
export async function writeJoinParquet(file: JoinReleaseFile, path: string): Promise<void> {
  const form = joinReleaseForm(file.release)
  const { cells: _cells, numbers, certificate, ...about } = joinReleaseJson(file.release)
  const told = {
    about,
    numbers: numbers ?? null,
    certificate: certificate ?? null,
    digest: form.digest,
    receipt: file.receipt,
  }
  await writeTableParquet(form, told, path)
}

/** The bytes of a file of a release over one register. */
export function releaseParquet(file: ReleaseFile): Promise<Uint8Array> {
  return bytesOf((path) => writeReleaseParquet(file, path))
}

/** The bytes of a file of a release over two registers. */
export function joinParquet(file: JoinReleaseFile): Promise<Uint8Array> {
  return bytesOf((path) => writeJoinParquet(file, path))
}

/** The bytes of what is written, by way of a folder that is gone afterwards. */
async function bytesOf(write: (path: string) => Promise<void>): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'cloison-release-'))
  try {
    const path = join(folder, 'release.parquet')
    await write(path)
    return await readFile(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
