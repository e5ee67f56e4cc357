import { encodeBase64 } from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import type { Checkpoint } from '../checkpoint.ts'
import { LogError } from '../log-error.ts'
import type { LogSource } from '../log-source.ts'
import type { OpenedCheckpoint } from '../open-note.ts'
import { TILE_WIDTH } from '../resource-path.ts'
import type { Resource } from '../resource-path.ts'
import type { Sha256 } from '../tree-hasher.ts'
import type { Audit, Row } from './audit.ts'
import { checkBundle } from './check-bundle.ts'
import { checkEntry, isPlainExchange } from './check-entry.ts'
import { checkFiles } from './check-files.ts'
import type { TreeFindings } from './check-files.ts'
import { earlierRoot } from './earlier-root.ts'
import type { EarlierRoot } from './earlier-root.ts'
import { readHead } from './head.ts'
import type { HeadRules } from './head.ts'
import { epochHistory } from './epoch-history.ts'
import { logEnding } from './log-ending.ts'
import { problemList } from './log-problem.ts'
import type { LogProblem, ProblemList } from './log-problem.ts'
import { checkOlderPartials } from './older-partials.ts'
import { readAhead } from './read-ahead.ts'
import type { RecordHistory } from './record-history.ts'
import { readOrWider } from './tile-file.ts'
import { startTileWalk } from './tile-walk.ts'

/** How to verify a log. */
export interface VerifyLogOptions extends HeadRules {
  /** An earlier checkpoint of the log that one holds, opened: the log must continue it. */
  readonly since?: Checkpoint
  /**
   * What `since` covers was verified before: read only what has come since, and look for no files
   * that do not belong.
   */
  readonly onlyNew?: boolean
  /** The entries are not Cloison's: neither their format nor openings are looked at. */
  readonly foreignEntries?: boolean
  /**
   * Waits until a writer that is publishing at this moment is done. Called at most twice: before a
   * checkpoint is found to lack its quorum, and before files are found to go beyond it, as tiles are
   * written before their checkpoint and the checkpoint before its cosignatures.
   */
  readonly settle?: () => Promise<void>
  /**
   * Begins to follow the records of a log of this origin by rules that are not the log's own. Not called where only the new part
   * is read.
   */
  readonly history?: (origin: string) => RecordHistory
  /** A faster SHA-256 of this platform, for the bulk of the hashing. */
  readonly sha256?: Sha256
  /** Called after every 256 entries. */
  readonly onProgress?: (done: { readonly entries: number; readonly size: number }) => void
}

/** What was found. Everything but `problems` is `null` or empty when the checkpoint is not good. */
export interface LogReport {
  readonly ok: boolean
  readonly origin: string | null
  readonly size: number | null
  /** Base64. */
  readonly root: string | null
  /** Names of the known witnesses that cosigned. */
  readonly cosignedBy: readonly string[]
  /** Time of the oldest of their cosignatures, milliseconds since the epoch. */
  readonly oldestCosignature: number | null
  readonly problems: readonly LogProblem[]
  /** Origin of the log that follows this one, when it is closed. */
  readonly successor?: string
}

const READ_AHEAD = 8

/**
 * Verifies a whole published log: checkpoint, signatures and quorum; every tile from the signed
 * root downwards and every entry against its tile; the openings of governance entries; and, where
 * the source can list, that no file is superfluous and no older partial tile is wrong. Memory is a
 * few tiles for each level, whatever the size.
 *
 * @throws whatever the source rejects with, as `cause` of a {@link LogError} `SOURCE_FAILED`;
 * {@link LogError} `KEY_AMBIGUOUS`, `ALGORITHM_MISSING` for rules that cannot be applied
 */
export async function verifyLog(source: LogSource, options: VerifyLogOptions): Promise<LogReport> {
  const problems = problemList()
  const guarded = guard(source)
  const head = await readSettledHead(guarded, options, problems)
  if (head === undefined) return reportOf(undefined, problems.found)
  const { size, root, origin } = head.checkpoint
  const ending = logEnding()
  const epochs = epochHistory()
  const hash = options.sha256 ?? sha256
  const history = isPartial(options) ? undefined : options.history?.(origin)
  const rules = { ending, epochs, history }
  const audit: Audit = { source: guarded, size, root, problems, sha256: hash, ...rules }
  const earlier = followEarlier(head.checkpoint, options.since)
  const findings = await walkTiles(audit, options, earlier)
  const { paths, continues } = isPartial(options)
    ? { paths: [], continues: false }
    : await checkFiles(audit, findings)
  const grown = paths.length > 0 && (await hasGrown(audit, { ...options, origin }))
  if (!grown && continues)
    problems.add({ code: 'CHECKPOINT_REVERTED', file: 'checkpoint', entry: size })
  else if (!grown) for (const file of paths) problems.add({ code: 'FILE_UNEXPECTED', file })
  judgeEarlier(audit, { head, since: options.since, earlier, continues })
  judgeEnding(audit)
  const report = reportOf(head, problems.found)
  return ending.successor === undefined ? report : { ...report, successor: ending.successor }
}

function isPartial({ since, onlyNew }: VerifyLogOptions): boolean {
  return since !== undefined && onlyNew === true
}

/** The bundle in which a known part ends is read again; the tiles above it prove that part. */
function firstBundle({ since, onlyNew }: VerifyLogOptions): number {
  return since === undefined || onlyNew !== true ? 0 : Math.floor(since.size / TILE_WIDTH)
}

/** Tells faults of the source apart from faults of the caller. */
function guard(source: LogSource): LogSource {
  const guarded: LogSource = {
    async read(path, maxBytes) {
      try {
        return await source.read(path, maxBytes)
      } catch (cause) {
        throw new LogError('SOURCE_FAILED', 'the log could not be read', { cause })
      }
    },
  }
  if (source.list === undefined) return guarded
  return { ...guarded, list: (folder) => source.list?.(folder) ?? nothing() }
}

async function* nothing(): AsyncGenerator<string> {}

function followEarlier(head: Checkpoint, since: Checkpoint | undefined): EarlierRoot | undefined {
  if (since === undefined || since.origin !== head.origin || since.size > head.size)
    return undefined
  return earlierRoot(since)
}

async function walkTiles(
  audit: Audit,
  options: VerifyLogOptions,
  earlier: EarlierRoot | undefined,
): Promise<TreeFindings> {
  const { foreignEntries = false, onProgress } = options
  const { source, size } = audit
  const first = firstBundle(options)
  let edge: Row | undefined
  let openings = 0
  const walk = await startTileWalk(audit, async (row) => {
    if (row.level === 0 && row.width < TILE_WIDTH) edge = row
    earlier?.visit(row)
    if (row.proven) await checkOlderPartials(audit, row)
  })
  const count = Math.max(0, Math.ceil(size / TILE_WIDTH) - first)
  const files = readAhead(count, READ_AHEAD, async (place) => {
    const index = first + place
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const resource: Resource = { kind: 'entries', level: 0, index, width }
    const [bundle, tile] = await Promise.all([
      readOrWider(source, resource),
      readOrWider(source, { ...resource, kind: 'tile' }),
    ])
    return { index, bundle, tile }
  })
  for await (const { index, bundle, tile } of files) {
    const row = await walk.row(0, index, tile)
    for (const entry of checkBundle(audit, bundle, row)) {
      if (foreignEntries || !row.proven || isPlainExchange(entry)) continue
      if (await checkEntry(audit, entry)) openings += 1
    }
    onProgress?.({ entries: Math.min(size, (index + 1) * TILE_WIDTH), size })
  }
  return { edge, openings: foreignEntries ? undefined : openings }
}

async function readSettledHead(
  source: LogSource,
  options: VerifyLogOptions,
  problems: ProblemList,
): Promise<OpenedCheckpoint | undefined> {
  const first = problemList()
  const head = await readHead(source, options, first)
  const lacksQuorum = first.found.some(({ code }) => code === 'QUORUM_NOT_MET')
  if (lacksQuorum && options.settle !== undefined) {
    await options.settle()
    return readHead(source, options, problems)
  }
  for (const problem of first.found) problems.add(problem)
  return head
}

/** Whether the log has published a larger good checkpoint since the walk began. */
async function hasGrown(audit: Audit, rules: VerifyLogOptions): Promise<boolean> {
  await rules.settle?.()
  const now = await readHead(audit.source, rules, problemList())
  return now !== undefined && now.checkpoint.size > audit.size
}

interface EarlierFindings {
  readonly head: OpenedCheckpoint
  readonly since: Checkpoint | undefined
  readonly earlier: EarlierRoot | undefined
  /** Whether the reverted checkpoint was reported already. */
  readonly continues: boolean
}

function judgeEarlier(
  { problems, size }: Audit,
  { head, since, earlier, continues }: EarlierFindings,
): void {
  if (since === undefined) return
  if (since.origin !== head.checkpoint.origin) {
    problems.add({ code: 'CHECKPOINT_ORIGIN', file: 'checkpoint' })
  } else if (since.size > size && !continues) {
    problems.add({ code: 'CHECKPOINT_REVERTED', file: 'checkpoint', entry: size })
  } else if (earlier?.verdict() === false) {
    problems.add({ code: 'FORKED', file: 'checkpoint' })
  }
}

/** A closed log has ended: whatever comes behind its closing entry was written in spite of it. */
function judgeEnding({ problems, size, ending }: Audit): void {
  if (ending.closedBy === undefined || ending.closedBy === size - 1) return
  problems.add({ code: 'ENTRY_AFTER_CLOSE', file: 'checkpoint', entry: ending.closedBy + 1 })
}

function reportOf(head: OpenedCheckpoint | undefined, problems: readonly LogProblem[]): LogReport {
  const cosignatures = head?.cosignatures ?? []
  const times = cosignatures.map(({ timeSeconds }) => timeSeconds)
  return {
    ok: head !== undefined && problems.length === 0,
    origin: head?.checkpoint.origin ?? null,
    size: head?.checkpoint.size ?? null,
    root: head === undefined ? null : encodeBase64(head.checkpoint.root),
    cosignedBy: cosignatures.map(({ key }) => key.name),
    oldestCosignature: times.length === 0 ? null : Math.min(...times) * 1000,
    problems,
  }
}
