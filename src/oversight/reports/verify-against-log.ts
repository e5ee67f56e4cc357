import { type GovernanceRecord, governanceRecordSchema } from '../../log/index.ts'
import {
  describeProblem,
  LogError,
  type LogSource,
  parseCheckpoint,
  parseNote,
  parsePublishedOpening,
  verifyLog,
  type VerifyLogOptions,
} from '../../log/verify/index.ts'
import { isCited } from './evidence/cited-kinds.ts'
import { reportDigest, type ReportFile } from './report-file.ts'
import { ReportFault } from './report-fault.ts'
import type { VerifiedReport } from './verify-report.ts'

/** What a published log says about a report. */
export interface LogFinding {
  readonly origin: string
  /** Entries of the log up to the report's head, all of them looked at. */
  readonly size: number
  /** The entry `report.made` that commits to this very file; `undefined` where the log has none (yet). */
  readonly madeBy: number | undefined
}

type Seen = Map<number, GovernanceRecord>

const openingPath = /^governance\/(\d{1,16})$/

/** Keeps the public records as the verifier reads them, so that nothing is read a second time. */
function seeing(source: LogSource, seen: Seen): LogSource {
  const read: LogSource['read'] = async (path, maxBytes) => {
    const bytes = await source.read(path, maxBytes)
    const [, index] = openingPath.exec(path) ?? []
    if (bytes === undefined || index === undefined) return bytes
    const opening = parsePublishedOpening(bytes)
    // What is malformed the verifier finds.
    const record = opening && governanceRecordSchema.safeParse(opening.record).data
    if (record !== undefined) seen.set(Number(index), record)
    return bytes
  }
  return source.list === undefined ? { read } : { ...source, read }
}

async function originOf(source: LogSource): Promise<string> {
  const bytes = await source.read('checkpoint', 1_048_576)
  try {
    return parseCheckpoint(parseNote(bytes ?? new Uint8Array()).text).origin
  } catch (cause) {
    if (cause instanceof LogError)
      throw new ReportFault('LOG_WRONG', 'its checkpoint cannot be read', { cause })
    throw cause
  }
}

/**
 * Holds a verified report against a published log of the organisation: the log is as it was signed and
 * continues the report's head, and every public entry that the report rests on is in it.
 *
 * @throws {@link ReportFault} `LOG_WRONG`, `ENTRY_OMITTED`; what the source rejects with, as a `LogError`
 */
export async function verifyAgainstLog(
  file: ReportFile,
  { heads }: VerifiedReport,
  source: LogSource,
  options: VerifyLogOptions,
): Promise<LogFinding> {
  const origin = await originOf(source)
  const head = heads.get(origin)
  if (head === undefined) throw new ReportFault('LOG_WRONG', `the report has no head of ${origin}`)
  const seen: Seen = new Map()
  const { ok, problems } = await verifyLog(seeing(source, seen), {
    ...options,
    origin,
    since: head,
  })
  const [problem] = problems
  if (!ok)
    throw new ReportFault('LOG_WRONG', problem === undefined ? origin : describeProblem(problem))
  const cited = new Set(
    file.evidence.entries.filter((one) => one.origin === origin).map(({ index }) => index),
  )
  const digest = reportDigest(file)
  let madeBy: number | undefined
  for (const [index, record] of seen) {
    if (record.kind === 'report.made' && record.digest === digest) madeBy = index
    const isMissing =
      index < head.size && isCited(file.report, record, file.parameters) && !cited.has(index)
    if (isMissing) throw new ReportFault('ENTRY_OMITTED', `entry ${index} of ${origin}`)
  }
  return { origin, size: head.size, madeBy }
}
