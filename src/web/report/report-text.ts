import { dayText, minuteText } from '../../agreement/index.ts'
import type { Figure, ReportSection, ReportValue } from '../../oversight/index.ts'
import { citation } from '../citation.ts'
import { sayingText } from '../messages/saying.ts'
import type { Words } from '../messages/words.ts'
import type { ShownReport } from './report-document.ts'
import { figureText, runsOf, termText } from './report-value.ts'

type Simple = Exclude<ReportValue, { is: 'figure' | 'term' | 'list' }>

function simpleText(words: Words, value: Simple): string {
  switch (value.is) {
    case 'text':
      return value.text
    case 'said':
      return sayingText(words, value)
    case 'time':
      return minuteText(value.atMs)
    case 'day':
      return dayText(value.atMs)
    case 'organisation':
      return [value.name ?? value.id, ...value.address].join(', ')
    case 'entry':
      return words.t('report.entryOf', { index: String(value.index), log: value.origin })
    case 'none':
      return words.t('report.none')
  }
}

function countedText(words: Words, figure: Figure): string {
  const text = figureText(words, figure)
  const list = runsOf(figure.entries)
  if (list === '' || list.length > 60) return text
  return `${text} (${words.t('report.fromEntries', { count: figure.entries.length, list })})`
}

/** One value as plain text. */
function valueText(words: Words, value: ReportValue): string {
  if (value.is === 'figure') return countedText(words, value)
  if (value.is === 'term') return termText(words, value.family, value.id)
  if (value.is !== 'list') return simpleText(words, value)
  const isNested = value.items.some(({ is }) => is === 'list')
  return value.items.map((item) => valueText(words, item)).join(isNested ? '; ' : ', ')
}

function sectionText(words: Words, { title, of, facts, table }: ReportSection): string {
  const name = words.named('reportTitle', title)
  const lines = [of === null ? name : `${name}: ${of}`]
  for (const { label, law, value } of facts) {
    const key = words.named('reportLabel', label)
    lines.push(
      `  ${law === null ? key : `${key} (${citation(words, law)})`}: ${valueText(words, value)}`,
    )
  }
  if (table !== null && table.rows.length === 0) lines.push(`  ${words.t('report.noRows')}`)
  for (const row of table?.rows ?? []) {
    const cells = row.map((value, place) => {
      const column = words.named('reportLabel', table?.columns[place] ?? '')
      return `${column}: ${valueText(words, value)}`
    })
    lines.push(`  - ${cells.join(' | ')}`)
  }
  return `${lines.join('\n')}\n`
}

/** A report as plain text, for a terminal. */
export function reportText({ file, content, words }: ShownReport): string {
  const title = `${words.named('reportKind', file.report)} (${content.laws.map((law) => citation(words, law)).join(', ')})\n${file.organisation}\n`
  return [title, ...content.sections.map((section) => sectionText(words, section))].join('\n')
}
