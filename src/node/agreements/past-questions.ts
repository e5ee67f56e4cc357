import { existsSync } from 'node:fs'
import type { PastQuestion } from '../../agreement/index.ts'
import { readCanonicalJson } from '../../bytes/index.ts'
import {
  type EntryPayload,
  entryPayload,
  type EntryRow,
  type ExchangeRecord,
  exchangeRecordSchema,
  type RecordKeys,
} from '../../log/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import { openRecordKeys } from '../../storage/record-keys/index.ts'
import { openStateReader, type SqliteReader } from '../../storage/sqlite/index.ts'
import type { LoadedConfig } from '../config-file.ts'

/** Questions of the past under some agreements, with how many could not be read any more. */
export interface PastQuestions {
  readonly questions: readonly PastQuestion[]
  /** Entries whose records were erased. */
  readonly erased: number
}

const entriesPerRead = 1_000

/** The entries that say how a question ended, in the log of a provider and of a consumer. */
const outcomes: ReadonlySet<string> = new Set([
  'person.answered',
  'person.denied',
  'person.received',
])

/**
 * Reads the questions of the own log under agreements of these ids, whoever is asked about. They stay on
 * this machine: what is told of them are counts.
 */
export async function pastQuestions(
  { config, at }: LoadedConfig,
  ids: readonly string[],
): Promise<PastQuestions> {
  const store = at(config.store.path)
  if (!existsSync(store)) return { questions: [], erased: 0 }
  using reader = openStateReader(store)
  const recordKeys = openRecordKeys({ path: at(config.keys.record_folder) })
  const questions: PastQuestion[] = []
  let erased = 0
  for await (const { row, origin } of allRows(reader)) {
    if (row.sealed.length === 0) erased += 1
    const record = recordOf(row, recordKeys)
    if (record === undefined || !ids.includes(record.agreement?.id ?? '')) continue
    questions.push(await questionOf(record, { origin, index: row.index }, reader))
  }
  return { questions, erased }
}

async function* allRows(
  reader: SqliteReader,
): AsyncIterable<{ readonly row: EntryRow; readonly origin: string }> {
  for (const origin of await reader.logs()) {
    const log = reader.logOf(origin)
    const size = (await log.head())?.size ?? 0
    for (let first = 0; first < size; first += entriesPerRead) {
      for (const row of await log.readEntries(first, entriesPerRead)) yield { row, origin }
    }
  }
}

function recordOf(row: EntryRow, recordKeys: RecordKeys): ExchangeRecord | undefined {
  const unseal = { aead: aesGcm(systemRandomness), recordKeys }
  const payload: EntryPayload | undefined = entryPayload(row, unseal)
  if (payload === undefined) return undefined
  const parsed = exchangeRecordSchema.safeParse(readCanonicalJson(payload.recordBytes))
  return parsed.success && outcomes.has(parsed.data.kind) ? parsed.data : undefined
}

async function questionOf(
  record: ExchangeRecord,
  place: { readonly origin: string; readonly index: number },
  reader: SqliteReader,
): Promise<PastQuestion> {
  const link = await reader.chainLinkAt(place)
  return {
    atMs: record.timeMs,
    purpose: record.purpose,
    legalBasis: record.legalBasis,
    elements: record.elements,
    official: record.official,
    subject: link?.subjectHandle ?? record.exchangeId,
    consented: record.consent !== null,
    permitted: record.outcome === 'permit',
    code: record.code,
  }
}
