import type { SignalKind } from '../../oversight/index.ts'
import { abusePatterns } from './abuse-patterns.ts'
import { type HonestYear, type RehearsalRow, rehearseHonest, rehearsePattern } from './rehearse.ts'

/** How much is rehearsed. */
export interface AbuseRehearsal {
  readonly seeds: number
  readonly officials: number
  /** Days of honest traffic, for false flags. */
  readonly honestDays: number
  /** Only patterns whose name has this in it. */
  readonly pattern?: string
  readonly withoutCaps: boolean
}

/** What came of it: a row for each pattern and seed, and an honest time for each seed. */
export interface AbuseReport {
  readonly officials: number
  readonly seeds: number
  readonly rows: readonly (readonly RehearsalRow[])[]
  readonly honest: readonly HonestYear[]
}

/** The names of all patterns, in the order of the table. */
export const abusePatternNames: readonly string[] = abusePatterns.map(({ name }) => name)

/** Honest days before an abuse begins: officials' usual rates must be known by then. */
const daysBefore = 45

/**
 * Rehearses every pattern with every seed, and honest traffic by itself. Figures depend on seeds and
 * sizes alone.
 */
export async function rehearseAbuse(
  { seeds, officials, honestDays, pattern, withoutCaps }: AbuseRehearsal,
  tell: (what: string) => void,
): Promise<AbuseReport> {
  const names = Array.from({ length: seeds }, (_, place) => `rehearsal ${place + 1}`)
  const chosen = abusePatterns.filter(({ name }) => name.includes(pattern ?? ''))
  const rows: RehearsalRow[][] = []
  for (const one of chosen) {
    tell(one.name)
    const ofPattern: RehearsalRow[] = []
    for (const seed of names) {
      const options = { seed, officials, honestDays: daysBefore, withoutCaps }
      ofPattern.push(await rehearsePattern(one, options))
    }
    rows.push(ofPattern)
  }
  const honest: HonestYear[] = []
  for (const seed of names) {
    tell(`${honestDays} honest days, ${seed}`)
    honest.push(await rehearseHonest(honestDays, { seed, officials, honestDays }))
  }
  return { officials, seeds, rows, honest }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

function stopText(rows: readonly RehearsalRow[]): string {
  const stops = rows.flatMap(({ stopped }) => stopped ?? [])
  const [first] = stops
  if (first === undefined) return 'nothing'
  const by = [...new Set(stops.map((stop) => stop.by))].join(', ')
  const after = median(stops.map(({ afterAnswers }) => afterAnswers))
  const share = stops.length === rows.length ? '' : ` in ${stops.length} of ${rows.length}`
  return `${by} after ${after}${share}`
}

function flagText(rows: readonly RehearsalRow[]): string {
  const firsts = rows.flatMap(({ flagged }) => flagged[0] ?? [])
  const [first] = firsts
  if (first === undefined) return 'not flagged'
  const kinds = [...new Set(firsts.map(({ kind }) => kind))].join(', ')
  const after = median(firsts.map(({ afterQuestions }) => afterQuestions))
  const share = firsts.length === rows.length ? '' : ` in ${firsts.length} of ${rows.length}`
  return `${after}: ${kinds}${share}`
}

function auditText(rows: readonly RehearsalRow[]): string {
  const found = rows.flatMap(({ audited }) => audited ?? [])
  if (found.length === 0) return 'not drawn'
  const share = found.length === rows.length ? '' : ` in ${found.length} of ${rows.length}`
  return `${median(found)}${share}`
}

/** Which patterns a kind of signal is meant for does not matter here: a false flag is any without abuse. */
function falseFlagLines({ honest, officials }: AbuseReport): readonly string[] {
  const years = honest.reduce((sum, { days }) => sum + days, 0) / 365
  const questions = honest.reduce((sum, one) => sum + one.questions, 0)
  const denials = honest.reduce((sum, one) => sum + one.denials, 0)
  const kinds = [...new Set(honest.flatMap(({ flags }) => Object.keys(flags)))].toSorted()
  const count = (kind: string): number =>
    honest.reduce((sum, { flags }) => sum + (flags[kind as SignalKind] ?? 0), 0)
  const total = kinds.reduce((sum, kind) => sum + count(kind), 0)
  const each = kinds.map((kind) => `${kind} ${(count(kind) / years).toFixed(2)}`).join(', ')
  return [
    `Honest traffic: ${officials} officials, ${years.toFixed(2)} years, ${questions} questions, ${denials} denied.`,
    `False flags a year: ${(total / years).toFixed(2)}${each === '' ? '' : ` (${each})`}.`,
  ]
}

function tableLine(cells: readonly string[]): string {
  const widths = [44, 9, 44, 34, 16]
  return cells
    .map((cell, place) => cell.padEnd(widths[place] ?? 0))
    .join('  ')
    .trimEnd()
}

/** The report as a table: medians over the seeds. */
export function rehearsalTable(report: AbuseReport): string {
  const head = ['pattern', 'answered', 'stopped by', 'flagged after questions', 'audited after']
  const lines = report.rows.map((rows) => [
    rows[0]?.pattern ?? '',
    String(median(rows.map(({ answered }) => answered))),
    stopText(rows),
    flagText(rows),
    auditText(rows),
  ])
  const text = [head, ...lines].map((cells) => tableLine(cells))
  return `${[...text, '', ...falseFlagLines(report)].join('\n')}\n`
}
