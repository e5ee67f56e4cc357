import {
  countDays,
  type DayCount,
  dayOf,
  type ExchangeReader,
  type PersonWriter,
  type QuestionTrace,
  traceDays,
} from '../../person/index.ts'
import type { Clock, Randomness, Timers } from '../../ports/index.ts'
import { countDay } from './count-day.ts'
import type { Detector } from './detect-signals.ts'
import { type Finding, windowDays } from './finding.ts'
import { makeSignal } from './signal-document.ts'

/** What a run of the detectors needs from outside. */
export interface RunSignalsDeps {
  readonly reader: ExchangeReader
  readonly writer: PersonWriter
  readonly clock: Clock
  readonly randomness: Randomness
  readonly timers: Timers
  readonly detectors: readonly Detector[]
}

/** What a run did. */
export interface SignalsRun {
  readonly traces: number
  readonly findings: number
  /** Indices of the entries `signal.raised` that it made. */
  readonly entries: readonly number[]
}

/** Most traces that a run holds, about 60 MB; where there are more, the window is shorter, and says so. */
export const mostTracesHeld = 100_000
const tracesPerRead = 1_000
/** Most findings of one run that become signals, the strongest; the commit raises those that are not open. */
const mostOffered = 1_000
const dayMs = 86_400_000

async function readTraces(
  { reader, timers }: RunSignalsDeps,
  fromMs: number,
): Promise<readonly QuestionTrace[]> {
  const held: QuestionTrace[] = []
  while (held.length < mostTracesHeld) {
    const page = await reader.tracesBefore(held.at(-1)?.place, tracesPerRead)
    const young = page.filter(({ atMs }) => atMs >= fromMs)
    held.push(...young)
    if (young.length < tracesPerRead) break
    // Between pages the gateway's questions go on.
    await timers.sleep(0)
  }
  return held
}

/** Counts of the days that are over and not counted yet, as far as traces go back. */
function newCounts(
  traces: readonly QuestionTrace[],
  known: readonly DayCount[],
  today: number,
): readonly DayCount[] {
  const oldest = today - (traceDays - windowDays)
  const from = Math.max(oldest, (known.at(-1)?.day ?? 0) + 1)
  const counts: DayCount[] = []
  for (let day = from; day < today; day += 1) counts.push(...countDay(traces, day))
  return counts
}

/** The strongest first: where there are more than one run raises, those wait. */
function strongestFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((one, other) => one.falseAlarmsPerYear - other.falseAlarmsPerYear)
}

/**
 * Runs the detectors over the traces of the last thirty days and the counts of the days before, makes
 * an entry of each signal that is not open already, counts the days that are over and lets go of traces
 * that no window needs. Bounded in memory by {@link mostTracesHeld}; gives way between detectors.
 */
export async function runSignals(deps: RunSignalsDeps): Promise<SignalsRun> {
  const { clock, randomness, writer, timers } = deps
  const nowMs = clock.now()
  const today = dayOf(nowMs)
  const all = await readTraces(deps, (today - traceDays) * dayMs)
  const known = await deps.reader.dayCounts()
  const counts = newCounts(all, known, today)
  const fromMs = nowMs - windowDays * dayMs
  const traces = all.filter(({ atMs }) => atMs >= fromMs)
  const facts = { traces, counts: [...known, ...counts], today }
  const findings: Finding[] = []
  for (const detect of deps.detectors) {
    findings.push(...detect(facts))
    await timers.sleep(0)
  }
  const runKey = randomness.bytes(32)
  const times = { madeAtMs: nowMs, fromMs: Math.max(fromMs, traces.at(-1)?.atMs ?? fromMs) }
  const raised = strongestFirst(findings)
    .slice(0, mostOffered)
    .map((finding) => makeSignal(finding, times, runKey, randomness))
  const committed = await writer.commit({
    type: 'signals',
    raised,
    counts,
    dropBeforeMs: (today - traceDays) * dayMs,
    dropBeforeDay: today - countDays,
  })
  if (committed.type !== 'signals') throw new TypeError('the writer answered another intent')
  return { traces: all.length, findings: findings.length, entries: committed.entries }
}
