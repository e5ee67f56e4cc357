import * as z from 'zod'
import { decodeUtf8 } from '../../bytes/index.ts'
import {
  type EntryPlace,
  LEAF_CLASSES,
  type LogReader,
  type LogsReader,
  readPublicEntry,
} from '../../log/index.ts'
import {
  addUpLedger,
  type BudgetRow,
  budgetSchema,
  type ChargeRow,
  chargeSchema,
  type LedgerEntry,
  type LedgerReader,
} from '../../population/index.ts'
import { NodeError } from '../node-error.ts'

type Row = BudgetRow | ChargeRow

const record = z.object({
  kind: z.string(),
  name: z.string().nullable(),
  digest: z.string().nullable(),
  body: z.unknown(),
})

const entriesEach = 1_024

/** What an entry says about a population's ledger, or `undefined`. */
async function ledgerEntry(
  log: LogReader,
  index: number,
  population: string,
): Promise<LedgerEntry | undefined> {
  const opened = await readPublicEntry(log, index)
  if (opened === undefined) return undefined
  const { kind, name, digest, body } = record.parse(JSON.parse(decodeUtf8(opened.recordBytes)))
  if (name !== population) return undefined
  if (kind === 'budget.opened' || kind === 'budget.renewed')
    return { kind, budget: budgetSchema.parse(body) }
  if (kind !== 'budget.charged') return undefined
  return { kind, charge: chargeSchema.parse(body), reservation: digest ?? '' }
}

/** Whether one log says anything about a ledger from `first` on. */
async function isCharged(log: LogReader, population: string, first: number): Promise<boolean> {
  const size = (await log.head())?.size ?? 0
  for (let from = first; from < size; from += entriesEach) {
    const rows = await log.readEntries(from, Math.min(entriesEach, size - from))
    for (const { index } of rows.filter(({ leaf }) => leaf[1] === LEAF_CLASSES.governance))
      if ((await ledgerEntry(log, index, population)) !== undefined) return true
  }
  return false
}

/** Whether the logs say more about a ledger behind `place` than the store's rows. */
async function isMoreBehind(
  reader: LogsReader,
  population: string,
  place: EntryPlace | undefined,
): Promise<boolean> {
  const origins = await reader.logs()
  const from = place === undefined ? 0 : origins.indexOf(place.origin)
  for (const origin of origins.slice(from)) {
    const first = place?.origin === origin ? place.index + 1 : 0
    if (await isCharged(reader.logOf(origin), population, first)) return true
  }
  return false
}

function sameText(one: object, other: object): boolean {
  const text = (value: object): string =>
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null
        ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    )
  return text(one) === text(other)
}

function isOfEntry(row: Row, entry: LedgerEntry): boolean {
  if (entry.kind !== 'budget.charged') return 'budget' in row && sameText(row.budget, entry.budget)
  return (
    'charge' in row && row.reservation === entry.reservation && sameText(row.charge, entry.charge)
  )
}

/** The entries that the store's rows stand for, or `undefined` where one is another. */
async function entriesOf(
  reader: LogsReader,
  population: string,
  rows: readonly Row[],
): Promise<readonly LedgerEntry[] | undefined> {
  const entries: LedgerEntry[] = []
  for (const row of rows) {
    const { origin, index } = row.place
    const entry = await ledgerEntry(reader.logOf(origin), index, population)
    if (entry === undefined || !isOfEntry(row, entry)) return undefined
    entries.push(entry)
  }
  return entries
}

function isCharge(row: Row): row is ChargeRow {
  return 'charge' in row
}

interface Share {
  readonly agreement: string
  readonly analyst?: string
}

/** What each agreement, and each analyst under one, has spent by these charges. */
function sharesOf(charges: readonly ChargeRow[]): Iterable<readonly [Share, number]> {
  const sums = new Map<string, readonly [Share, number]>()
  for (const { charge, analyst } of charges) {
    const agreement = charge.agreement.id
    for (const share of [{ agreement }, { agreement, analyst }]) {
      const name = JSON.stringify(share)
      sums.set(name, [share, (sums.get(name)?.[1] ?? 0) + charge.microEpsilon])
    }
  }
  return sums.values()
}

/** Whether the store counts for each share what its charges add up to. */
async function areSharesSums(
  reader: LedgerReader,
  { population, fromMs }: { readonly population: string; readonly fromMs: number },
  charges: readonly ChargeRow[],
): Promise<boolean> {
  for (const [share, sum] of sharesOf(charges))
    if ((await reader.spentUnder(population, fromMs, share)) !== sum) return false
  return true
}

/** What is wrong with one population's rows, or `undefined`. */
async function ledgerFault(
  reader: LogsReader & LedgerReader,
  population: string,
): Promise<string | undefined> {
  const rows = await reader.ledgerOf(population)
  const entries = await entriesOf(reader, population, rows)
  if (entries === undefined) return 'a row is not what its entry says'
  const reading = addUpLedger(entries)
  if (!reading.ok) return `${reading.problem} at its entry ${reading.at}`
  if (await isMoreBehind(reader, population, rows.at(-1)?.place)) return 'rows are missing'
  if (reading.budget === undefined) return undefined
  const { fromMs } = reading.budget
  const charges = rows.filter(isCharge).filter(({ charge }) => charge.fromMs === fromMs)
  const areSums =
    sameText(await reader.spentOf(population, fromMs), reading.spent) &&
    (await areSharesSums(reader, { population, fromMs }, charges))
  return areSums ? undefined : 'its counters are other ones'
}

/**
 * Holds the rows of each population's ledger against the log's public entries and adds them up again: what was spent is spent,
 * whatever a store says.
 *
 * @throws {@link NodeError} `LEDGER_REGRESSED`
 */
export async function checkLedgers(
  reader: LogsReader & LedgerReader,
  populations: Iterable<string>,
): Promise<void> {
  for (const population of new Set(populations)) {
    const fault = await ledgerFault(reader, population)
    if (fault === undefined) continue
    throw new NodeError(
      'LEDGER_REGRESSED',
      `The privacy ledger of "${population}" is not what the log says: ${fault}. The store was changed, or an older state was put back.`,
    )
  }
}
