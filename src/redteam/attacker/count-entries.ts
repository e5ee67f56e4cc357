import { join } from 'node:path'
import { readCanonicalJson, utf8 } from '../../bytes/index.ts'
import { type ExchangeRecord, exchangeRecordSchema, readEntry } from '../../log/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import { openRecordKeys } from '../../storage/record-keys/index.ts'
import { openStateReader } from '../../storage/sqlite/index.ts'

/** What the entries of a provider's log say about questions under one agreement, or under all. */
export interface EntryCount {
  readonly answered: number
  /** Denials by code, with the cap after a space. */
  readonly denied: Readonly<Record<string, number>>
}

/** The records of questions from `from` on, out of the provider's own store, each opened. */
async function* questionsIn(folder: string, from: number): AsyncGenerator<ExchangeRecord> {
  using reader = openStateReader(join(folder, 'state.db'))
  const recordKeys = openRecordKeys({ path: join(folder, 'keys', 'record') })
  const unseal = { aead: aesGcm(systemRandomness), recordKeys }
  const size = (await reader.head())?.size ?? 0
  for (let index = from; index < size; index += 1) {
    const entry = await readEntry(reader, index, unseal)
    const json = entry === undefined ? null : readCanonicalJson(utf8(entry.record))
    const record = exchangeRecordSchema.safeParse(json).data
    if (record !== undefined) yield record
  }
}

/** Counts the entries about questions from `from` on, by what they say. */
export async function countEntries(
  folder: string,
  { agreement, from = 0 }: { readonly agreement?: string; readonly from?: number } = {},
): Promise<EntryCount> {
  const denied: Record<string, number> = {}
  let answered = 0
  for await (const record of questionsIn(folder, from)) {
    const { kind, code, cap } = record
    if (agreement !== undefined && record.agreement?.id !== agreement) continue
    if (kind === 'person.answered') answered += 1
    if (kind !== 'person.denied') continue
    const name = `${code ?? ''} ${cap ?? ''}`.trim()
    denied[name] = (denied[name] ?? 0) + 1
  }
  return { answered, denied }
}
