import { concatBytes, decodeBase64, equalBytes } from '../../bytes/index.ts'
import { type Checkpoint, treeHasher } from '../../log/verify/index.ts'
import {
  type BundleEntry,
  type BundleReading,
  type BundleTrust,
  type OpenBundle,
  openBundle,
} from '../reconcile/index.ts'
import { exchangeTally, type ExchangeTally } from './evidence/count-exchanges.ts'
import type { CountRow, ExchangeCounts, ReportFile } from './report-file.ts'
import { ReportFault } from './report-fault.ts'
import type { VerifiedReport } from './verify-report.ts'

/** What opened records showed about a report's counts. */
export interface CountFinding {
  /** Exchange entries of the period, counted again. */
  readonly counted: number
  /** Of these, those whose record was erased, by the word of the bundle. */
  readonly erased: number
}

interface Recount {
  readonly tally: ExchangeTally
  counted: number
  erased: number
}

interface Ground {
  readonly file: ReportFile
  readonly counts: ExchangeCounts
  readonly recount: Recount
}

function differs(where: string): ReportFault {
  return new ReportFault('COUNTS_DIFFER', where)
}

/** One exchange entry below the head: in the range and of the period, or neither. */
function seeEntry(
  { index, record, erasedBy }: BundleEntry,
  origin: string,
  { file, counts, recount }: Ground,
): void {
  const where = `entry ${index} of ${origin}`
  const isCounted = counts.ranges.some(
    (range) => range.origin === origin && range.first <= index && index <= range.last,
  )
  if (record === undefined) {
    if (erasedBy === undefined) throw differs(`${where} is not opened`)
    if (isCounted) recount.erased += 1
  } else {
    const { fromMs, untilMs } = file.parameters
    const isOfPeriod = fromMs <= record.timeMs && record.timeMs < untilMs
    if (isOfPeriod !== isCounted) throw differs(`${where} is on the wrong side of the period`)
    if (isCounted) recount.tally.add(record)
  }
  if (isCounted) recount.counted += 1
}

function leafOf({ class: kind, commitment }: BundleEntry): Uint8Array {
  return concatBytes(Uint8Array.of(1, kind === 'exchange' ? 1 : 2), decodeBase64(commitment))
}

/** Reads a bundle to its end: it counts only then, and only if it goes through the report's head. */
async function readBundle(bundle: OpenBundle, head: Checkpoint, ground: Ground): Promise<void> {
  const { header } = bundle
  const { origin } = bundle.head.checkpoint
  const peaks = header.peaks.map((peak) => decodeBase64(peak))
  const hasher = treeHasher({ size: header.first, peaks })
  let isThrough = head.size === 0
  for await (const entry of bundle.entries()) {
    if (entry.index >= head.size) continue
    hasher.add(leafOf(entry))
    if (entry.class === 'exchange') seeEntry(entry, origin, ground)
    if (entry.index + 1 === head.size) isThrough = equalBytes(hasher.root(), head.root)
  }
  if (!isThrough)
    throw new ReportFault(
      'LOG_WRONG',
      `The bundle of ${origin} does not continue the report's head`,
    )
}

function firstCounted(origin: string, { ranges }: ExchangeCounts): number {
  return ranges.find((range) => range.origin === origin)?.first ?? Number.POSITIVE_INFINITY
}

function checkRows(said: readonly CountRow[], found: readonly CountRow[]): void {
  const names = (rows: readonly CountRow[]): ReadonlySet<string> =>
    new Set(rows.map((row) => JSON.stringify(row)))
  const [ours, theirs] = [names(found), names(said)]
  const wrong =
    [...theirs].find((row) => !ours.has(row)) ?? [...ours].find((row) => !theirs.has(row))
  if (wrong !== undefined) throw differs(`the row ${wrong}`)
}

/**
 * Counts the exchanges of a verified report again, from bundles that open every record of the logs
 * (`spec/reconciliation.md`): for an inspector, who may have them. Each bundle is read once.
 *
 * @throws {@link ReportFault} `COUNTS_DIFFER`, `LOG_WRONG`; a `ReconcileError` for a bundle that does not count
 */
export async function verifyCounts(
  file: ReportFile,
  { heads }: VerifiedReport,
  bundles: readonly BundleReading[],
  trust: BundleTrust,
): Promise<CountFinding> {
  const { counts } = file.evidence
  if (counts === null) return { counted: 0, erased: 0 }
  const recount: Recount = { tally: exchangeTally(), counted: 0, erased: 0 }
  const left = new Map(heads)
  for (const reading of bundles) {
    const bundle = await openBundle(reading(), trust)
    const { origin } = bundle.head.checkpoint
    const head = left.get(origin)
    if (head === undefined)
      throw new ReportFault('LOG_WRONG', `The report has no head of ${origin}`)
    const { header } = bundle
    if (header.with !== null) throw differs(`the bundle of ${origin} opens the records of some`)
    if (header.first > firstCounted(origin, counts))
      throw differs(`the bundle of ${origin} begins behind what was counted`)
    await readBundle(bundle, head, { file, counts, recount })
    left.delete(origin)
  }
  const [missing] = left.keys()
  if (missing !== undefined) throw differs(`there is no bundle of ${missing}`)
  const { tally, counted, erased } = recount
  if (counted !== counts.entries)
    throw differs(`${counted} exchange entries, not ${counts.entries}`)
  if (erased !== counts.erased) throw differs(`${erased} erased records, not ${counts.erased}`)
  checkRows(counts.rows, tally.rows())
  return { counted, erased }
}
