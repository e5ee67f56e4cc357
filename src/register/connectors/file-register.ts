import { DuckDBInstance } from '@duckdb/node-api'
import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBValue } from '@duckdb/node-api'

import { fillCells, layOutCells } from '../closed-query-plan.ts'
import type { CellTable, ClosedQueryPlan } from '../closed-query-plan.ts'
import { elementOf } from '../register-description.ts'
import type { DomainKey, ElementType, RegisterDescription } from '../register-description.ts'
import { RegisterError } from '../register-error.ts'
import type { AnsweringRegister } from '../register.ts'
import { keyColumn, loadFile, valueColumn } from './load-file.ts'
import type { RegisterFile } from './load-file.ts'
import { readCells, readRow } from './read-values.ts'
import { aggregateStatement, lookUpText } from './sql-text.ts'
import type { Dialect } from './sql-text.ts'

/** Most prepared statements that are kept. */
const statementCeiling = 64

/** How DuckDB writes what tables and joins need. */
export const fileDialect: Dialect = {
  held: (column) => `${column} IS NOT NULL`,
  clamped: (column) => `least(greatest(${column}, ?), ?)`,
  quotient: (above, below) => `${above} // ${below}`,
  keysOf: keyColumn,
  valuesOf: valueColumn,
}

/** No extension is fetched or loaded, nothing is spilled to disk, and memory has an end. */
const engineOptions: Readonly<Record<string, string>> = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  temp_directory: '',
  threads: '2',
  memory_limit: '4GB',
}

/**
 * A register in a CSV or Parquet file, loaded into memory. Runs in the connector's process.
 *
 * Once the file is loaded the engine cannot reach files or the network any more, and cannot be told to.
 *
 * @throws {@link RegisterError} as {@link loadFile} does
 */
export async function openFileRegister(
  file: RegisterFile,
  description: RegisterDescription,
): Promise<AnsweringRegister & Disposable> {
  return registerOver(await openFile(file, description), description)
}

/**
 * Loads a file into an engine that is cut off from files and the network afterwards.
 *
 * @throws {@link RegisterError} as {@link loadFile} does
 */
export async function openFile(
  file: RegisterFile,
  description: RegisterDescription,
  load: typeof loadFile = loadFile,
): Promise<FileEngine> {
  const instance = await DuckDBInstance.create(':memory:', { ...engineOptions })
  const connection = await instance.connect()
  const close = (): void => {
    connection.closeSync()
    instance.closeSync()
  }
  try {
    await load(connection, file, description)
    await lockDown(connection)
  } catch (cause) {
    close()
    throw cause
  }
  return new FileEngine(connection, close)
}

/** From here on no statement reads or writes a file, attaches, loads or installs, or changes a setting. */
export async function lockDown(connection: DuckDBConnection): Promise<void> {
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
}

function registerOver(
  engine: FileEngine,
  description: RegisterDescription,
): AnsweringRegister & Disposable {
  return {
    lookUp: async (subject, names) => {
      if (subject.scheme !== description.subject.scheme) {
        throw new RegisterError('SCHEME_MISMATCH', 'the subject is named in another scheme')
      }
      const elements = [...new Set(names)].map((name) => elementOf(description, name))
      if (elements.length === 0) throw new RegisterError('SHAPE_REFUSED', 'no element is asked for')
      const [stored] = await engine.rows(lookUpText(description, elements), [subject.value])
      return stored === undefined ? undefined : readRow(elements, stored, readFileValue)
    },
    aggregate: (plan) => aggregate(engine, description, plan),
    describe: () => description,
    [Symbol.dispose]: () => engine[Symbol.dispose](),
  }
}

async function aggregate(
  engine: FileEngine,
  description: RegisterDescription,
  plan: ClosedQueryPlan,
): Promise<CellTable> {
  const cells = layOutCells(plan, description)
  const { text, values } = aggregateStatement(plan, description, fileDialect)
  const rows = await engine.rows(text, values)
  return fillCells(plan, cells, readCells(plan, description, { rows, read: readFileValue }))
}

/** A value as DuckDB gives it, as one of an element's type; `undefined` when it is none. */
export function readFileValue(_type: ElementType, stored: unknown): unknown {
  if (typeof stored !== 'bigint') return stored
  const value = Number(stored)
  return Number.isSafeInteger(value) ? value : undefined
}

/** One connection, one statement at a time: a prepared statement's values are its own until it has run. */
export class FileEngine implements Disposable {
  readonly #connection: DuckDBConnection
  readonly #close: () => void
  readonly #statements = new Map<string, DuckDBPreparedStatement>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(connection: DuckDBConnection, close: () => void) {
    this.#connection = connection
    this.#close = close
  }

  [Symbol.dispose](): void {
    this.#close()
  }

  /** All rows of a statement at once. */
  rows(text: string, values: readonly DomainKey[]): Promise<readonly (readonly unknown[])[]> {
    const result = this.#last.then(() => this.#run(text, values))
    this.#last = result.catch(() => undefined)
    return result
  }

  /** Rows of a statement a block at a time; nothing else may be asked until they have ended. */
  async *stream(
    text: string,
    values: readonly DomainKey[],
  ): AsyncGenerator<readonly (readonly unknown[])[], void> {
    try {
      const statement = await this.#prepare(text)
      statement.bind(values.map((value) => bindable(value)))
      const result = await statement.stream()
      for await (const block of result.yieldRows()) yield block
    } catch {
      // The engine's message may quote a value.
      throw new RegisterError('UNAVAILABLE', 'the register could not be read')
    }
  }

  async #run(text: string, values: readonly DomainKey[]): Promise<readonly (readonly unknown[])[]> {
    try {
      const statement = await this.#prepare(text)
      statement.bind(values.map((value) => bindable(value)))
      const reader = await statement.runAndReadAll()
      return reader.getRows()
    } catch {
      // The engine's message may quote a value.
      throw new RegisterError('UNAVAILABLE', 'the register could not be read')
    }
  }

  async #prepare(text: string): Promise<DuckDBPreparedStatement> {
    const known = this.#statements.get(text)
    if (known !== undefined) return known
    if (this.#statements.size >= statementCeiling) this.#forget()
    const prepared = await this.#connection.prepare(text)
    this.#statements.set(text, prepared)
    return prepared
  }

  #forget(): void {
    for (const statement of this.#statements.values()) statement.destroySync()
    this.#statements.clear()
  }
}

/** Integers are bound as 64 bits, not as the floating point that a JavaScript number would be. */
function bindable(value: DomainKey): DuckDBValue {
  return typeof value === 'number' ? BigInt(value) : value
}
