import { formatTable } from '../redteam-table.ts'
import type { DragnetCounts } from './dragnet-counts.ts'
import type { SimulatedPath } from './simulate-dragnet.ts'

function number(count: number): string {
  return count.toLocaleString('en')
}

/** Codes by how often they came, the most frequent first. */
function refusedBy({ refused }: DragnetCounts): string {
  return Object.entries(refused)
    .toSorted(([, one], [, other]) => other - one)
    .map(([code, count]) => `${code} ×${number(count)}`)
    .join(', ')
}

/** What leaves in the simulation: on the first day, and in a year of coming back. */
export function simulatedTable(paths: readonly SimulatedPath[]): string {
  const head = [
    'asking for',
    'asked',
    'answered on day 1',
    'in a year',
    'at most',
    'refused by',
    'entries',
    'counted',
  ]
  return formatTable(
    head,
    paths.map((row) => [
      row.path,
      ...[row.asked, row.firstDay, row.answered, row.most].map(number),
      refusedBy(row),
      ...[row.entries, row.noise].map(number),
    ]),
  )
}

/** What leaves a real gateway. */
export function realTable(paths: readonly DragnetCounts[]): string {
  const head = ['asking for', 'asked', 'answered', 'at most', 'refused by', 'entries', 'counted']
  return formatTable(
    head,
    paths.map((row) => [
      row.path,
      ...[row.asked, row.answered, row.most].map(number),
      refusedBy(row),
      ...[row.entries, row.noise].map(number),
    ]),
  )
}

/** Whether nothing left beyond what caps and ceilings allow. */
export function isWithinCaps(paths: readonly DragnetCounts[]): boolean {
  return paths.every(({ answered, most }) => answered <= most)
}
