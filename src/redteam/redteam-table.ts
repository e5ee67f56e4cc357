import type { Trace } from './attack.ts'
import type { AttackRow } from './run-attacks.ts'

/** A table for a terminal and for a page alike: columns in Markdown, padded. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows]
  const widths = head.map((_name, place) => Math.max(...all.map((row) => row[place]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, place) => (row[place] ?? '').padEnd(width)).join(' | ')} |\n`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |\n`
  return `${line(head)}${rule}${rows.map(line).join('')}`
}

/** What an attack leaves, in the words of the table. */
export function traceWords(trace: Trace): string {
  switch (trace.kind) {
    case 'entry':
      return `${trace.entry.log} ${trace.entry.index}, ${trace.entry.kind}`
    case 'noise':
      return 'noise, counted'
    case 'nothing':
      return 'none'
  }
}

/** "attack → stopped by → entry left", as the run found it. */
export function attackTable(rows: readonly AttackRow[]): string {
  const head = ['who', 'attack', 'stopped by', 'code', 'entry left']
  return formatTable(
    head,
    rows.map(({ attack, result }) => {
      const { isReached, code, detail, trace } = result
      const stoppedBy = isReached ? 'NOTHING: it succeeds' : attack.stoppedBy
      const exact = detail === undefined ? code : `${code} (${detail})`
      return [attack.attacker, attack.what, stoppedBy, exact, traceWords(trace)]
    }),
  )
}
