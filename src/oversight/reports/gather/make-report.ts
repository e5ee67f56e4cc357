import { decodeUtf8, encodeBase64, readCanonicalJson } from '../../../bytes/index.ts'
import {
  type EntryPlace,
  governanceRecordSchema,
  type LogReader,
  proverFor,
  type Prover,
  readPublicEntry,
  storedTiles,
  tileNodeReader,
} from '../../../log/index.ts'
import type { SubjectFile } from '../../../log/verify/index.ts'
import type { DirectoryReader } from '../../../person/index.ts'
import type { Clock } from '../../../ports/index.ts'
import type { PublishedHead } from '../../disclosures.ts'
import { composeReport } from '../compose/compose-report.ts'
import { isCited } from '../evidence/cited-kinds.ts'
import type {
  CitedEntry,
  ReportEvidence,
  ReportFile,
  ReportHead,
  ReportParameters,
} from '../report-file.ts'
import { countingReports, type ReportKind } from '../report-kind.ts'
import { gatherCounts, type GatherCountsDeps } from './gather-counts.ts'
import type { GovernanceIndex } from './governance-index.ts'

/** What making a report needs. */
export interface MakeReportDeps extends GatherCountsDeps {
  readonly organisation: string
  readonly reader: GatherCountsDeps['reader'] & DirectoryReader
  readonly clock: Clock
  readonly index: GovernanceIndex
  readonly publishedHead: PublishedHead
  /** Whether enough witnesses have cosigned the published checkpoint of a log. */
  readonly isWitnessed: (origin: string, checkpoint: string) => boolean
  readonly lock: ReportEvidence['lock']
  /** Keys of the organisation's logs, and the policy that names its witnesses. */
  readonly trust: () => Promise<Pick<ReportEvidence, 'vkeys' | 'policy'>>
}

/** Which report, and about what. */
export interface ReportWish {
  readonly report: ReportKind
  readonly parameters: ReportParameters
  /** The person whom it is for, who alone may have it. */
  readonly person: SubjectFile | null
}

interface Head extends ReportHead {
  readonly size: number
}

/** Every log of the organisation that is published and witnessed; `not-yet` while one is not. */
async function headsOf(deps: MakeReportDeps): Promise<readonly Head[] | 'not-yet'> {
  const heads: Head[] = []
  for (const origin of await deps.reader.logs()) {
    const head = await deps.publishedHead(origin)
    if (head === undefined || !deps.isWitnessed(origin, head.checkpoint)) return 'not-yet'
    heads.push({ origin, checkpoint: head.checkpoint, size: head.size })
  }
  return heads
}

/** Proves entries of one log, whose tiles are read once. */
function prover(log: LogReader, size: number): Prover {
  return proverFor(size, tileNodeReader(size, storedTiles(log)))
}

async function citedEntry(
  { origin, index }: EntryPlace,
  proving: Prover,
  deps: MakeReportDeps,
): Promise<CitedEntry | undefined> {
  const log = deps.reader.logOf(origin)
  const [leaf] = await log.readLeaves(index, 1)
  const entry = await readPublicEntry(log, index)
  if (leaf === undefined || entry === undefined) return undefined
  const hashes = (await proving.inclusion(index)).map((hash) => encodeBase64(hash))
  const record = decodeUtf8(entry.recordBytes)
  return { origin, index, leaf: encodeBase64(leaf), r: encodeBase64(entry.r), record, hashes }
}

async function cite(
  { report, parameters }: ReportWish,
  heads: readonly Head[],
  deps: MakeReportDeps,
): Promise<readonly CitedEntry[]> {
  const known = await deps.index.all()
  const cited: CitedEntry[] = []
  for (const { origin, size } of heads) {
    const proving = prover(deps.reader.logOf(origin), size)
    for (const { place, ...record } of known) {
      const isCovered = place.origin === origin && place.index < size
      if (!isCovered || !isCited(report, record, parameters)) continue
      const entry = await citedEntry(place, proving, deps)
      if (entry !== undefined) cited.push(entry)
    }
  }
  return cited
}

/** The directory records that cited entries name. */
async function recordsOf(
  entries: readonly CitedEntry[],
  { reader }: MakeReportDeps,
): Promise<readonly string[]> {
  const places = new Set(
    entries
      .filter(({ record }) =>
        governanceRecordSchema
          .parse(readCanonicalJson(new TextEncoder().encode(record)))
          .kind.startsWith('directory.'),
      )
      .map(({ origin, index }) => `${index} ${origin}`),
  )
  const rows = await reader.directoryRecords()
  return rows
    .filter(({ place }) => places.has(`${place.index} ${place.origin}`))
    .map(({ record }) => decodeUtf8(record))
}

/**
 * Makes a report from the organisation's logs: gathers what it rests on, with proofs, and composes what it
 * says. A report that counts exchanges opens the records of its period, and keeps none.
 *
 * @returns `not-yet` while a log is not published and witnessed
 */
export async function makeReport(
  wish: ReportWish,
  deps: MakeReportDeps,
): Promise<ReportFile | 'not-yet'> {
  const heads = await headsOf(deps)
  if (heads === 'not-yet') return heads
  const { report, parameters, person } = wish
  const entries = await cite(wish, heads, deps)
  const sizes = new Map(heads.map(({ origin, size }) => [origin, size]))
  const isCounting = countingReports.has(report) && person === null
  const evidence: ReportEvidence = {
    ...(await deps.trust()),
    heads: heads.map(({ origin, checkpoint }) => ({ origin, checkpoint })),
    entries,
    records: await recordsOf(entries, deps),
    lock: deps.lock,
    counts: isCounting ? await gatherCounts(parameters, sizes, deps) : null,
    person,
  }
  const file = {
    kind: 'cloison/report' as const,
    v: 1 as const,
    report,
    organisation: deps.organisation,
    madeAtMs: deps.clock.now(),
    parameters,
    evidence,
  }
  return { ...file, content: composeReport(file) }
}
