import { decodeUtf8, utf8 } from '../../../bytes/index.ts'
import type { Clock } from '../../../ports/index.ts'
import { type HeadRules, readHead } from '../audit/head.ts'
import { problemList } from '../audit/log-problem.ts'
import { type LogReport, verifyLog, type VerifyLogOptions } from '../audit/verify-log.ts'
import { type Checkpoint, parseCheckpoint } from '../checkpoint.ts'
import { LogError } from '../log-error.ts'
import type { LogSource } from '../log-source.ts'
import { parseNote } from '../note.ts'
import { quorumTime } from '../uninvolved.ts'
import { finding, findingsOf, type MonitorFinding } from './monitor-finding.ts'

/** What a monitor keeps of a log between two rounds. */
export interface HeldLog {
  /** The newest checkpoint that it found good, a whole note. */
  readonly checkpoint: string
  /** Whether the log had closed itself with that checkpoint. */
  readonly isClosed: boolean
}

/** How a round goes. */
export interface MonitorRules extends HeadRules, Pick<VerifyLogOptions, 'sha256' | 'onProgress'> {
  readonly clock: Clock
  /** A quorum of cosignatures that is older than this is stale, milliseconds. */
  readonly staleMs: number
  /** Read everything again, and not only what is new. */
  readonly full: boolean
  /** Waits for a writer that is publishing at this moment. */
  settle(): Promise<void>
}

/** What a round found. */
export interface MonitorRound {
  readonly findings: readonly MonitorFinding[]
  /** What to hold from now on; `undefined` when what is held already stays. */
  readonly held: HeldLog | undefined
  readonly origin: string | null
  readonly size: number | null
  /** When the newest quorum of cosignatures was complete, milliseconds; `null` without one. */
  readonly witnessedAtMs: number | null
}

/** A source that remembers the checkpoint that was read from it last. */
interface WatchedSource extends LogSource {
  checkpoint(): Uint8Array | undefined
}

function watched(source: LogSource): WatchedSource {
  let last: Uint8Array | undefined
  return {
    ...source,
    async read(path, maxBytes) {
      const bytes = await source.read(path, maxBytes)
      if (path === 'checkpoint') last = bytes
      return bytes
    },
    checkpoint: () => last,
  }
}

/** A file that is not there yet may be a cache's doing: such a round is made once more. */
async function verifyTwice(source: LogSource, rules: VerifyLogOptions): Promise<LogReport> {
  const first = await verifyLog(source, rules)
  const onlyMissing =
    first.problems.length > 0 && first.problems.every(({ code }) => code.endsWith('_MISSING'))
  if (!onlyMissing) return first
  await rules.settle?.()
  return verifyLog(source, rules)
}

/** When a quorum had cosigned this note; a note that is not good has no such time. */
async function witnessedAt(
  note: Uint8Array | undefined,
  rules: MonitorRules,
): Promise<number | undefined> {
  const source: LogSource = { read: () => Promise.resolve(note) }
  const head = await readHead(source, rules, problemList())
  const seconds = head === undefined ? undefined : quorumTime(rules.policy, head.cosignatures)
  return seconds === undefined ? undefined : seconds * 1000
}

function staleness(atMs: number | undefined, rules: MonitorRules): readonly MonitorFinding[] {
  if (atMs === undefined) return []
  const ageMs = rules.clock.now() - atMs
  if (ageMs <= rules.staleMs) return []
  const seconds = Math.floor(ageMs / 1000)
  return [finding('STALE', `No quorum of witnesses has cosigned the log for ${seconds} seconds.`)]
}

function growthOfClosed(
  held: HeldLog | undefined,
  since: Checkpoint | undefined,
  size: number | null,
): readonly MonitorFinding[] {
  if (held?.isClosed !== true || since === undefined || size === null || size <= since.size) {
    return []
  }
  const sentence = `The log was closed with ${since.size} entries and has ${size} now.`
  return [finding('CLOSED_LOG_GREW', sentence)]
}

/** The checkpoint of a note that was found good before. */
export function checkpointOf(note: string): Checkpoint {
  return parseCheckpoint(parseNote(note).text)
}

/**
 * One round of following a log: verifies the checkpoint, that it continues the one that is held, and
 * every tile, entry and opening that is new since (all of them with `full`, or with nothing held).
 * What is held changes only when nothing was found but old cosignatures. Never rejects for what a log
 * or a network does.
 *
 * @throws {@link LogError} `KEY_AMBIGUOUS`, `ALGORITHM_MISSING` for rules that cannot be applied
 */
export async function monitorRound(
  source: LogSource,
  held: HeldLog | undefined,
  rules: MonitorRules,
): Promise<MonitorRound> {
  const since = held === undefined ? undefined : checkpointOf(held.checkpoint)
  const seen = watched(source)
  const options: VerifyLogOptions = {
    ...rules,
    onlyNew: !rules.full,
    ...(since === undefined ? {} : { since, origin: since.origin }),
  }
  let report: LogReport
  try {
    report = await verifyTwice(seen, options)
  } catch (cause) {
    const found = sourceFailure(cause)
    return { findings: [found], held: undefined, origin: null, size: null, witnessedAtMs: null }
  }
  const note = seen.checkpoint()
  const notes = [
    ...(held === undefined ? [] : [{ name: 'held', bytes: utf8(held.checkpoint) }]),
    ...(note === undefined ? [] : [{ name: 'found', bytes: note }]),
  ]
  const atMs = await witnessedAt(note, rules)
  const against = [
    ...findingsOf(report.problems, notes),
    ...growthOfClosed(held, since, report.size),
  ]
  const isGood = against.length === 0 && note !== undefined
  return {
    findings: [...against, ...staleness(atMs, rules)],
    held: isGood ? heldOf(note, report, held) : undefined,
    origin: report.origin,
    size: report.size,
    witnessedAtMs: atMs ?? null,
  }
}

function heldOf(note: Uint8Array, report: LogReport, held: HeldLog | undefined): HeldLog {
  const isClosed = report.successor !== undefined || held?.isClosed === true
  return { checkpoint: decodeUtf8(note), isClosed }
}

/**
 * What a source that cannot be read comes to.
 *
 * @throws whatever else the cause is
 */
export function sourceFailure(cause: unknown): MonitorFinding {
  if (!(cause instanceof LogError) || cause.code !== 'SOURCE_FAILED') throw cause
  const reason = cause.cause instanceof Error ? ` ${cause.cause.message}` : ''
  return finding('UNREACHABLE', `The log cannot be read.${reason}`)
}
