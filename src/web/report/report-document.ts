import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { ReportContent, ReportFile } from '../../oversight/index.ts'
import type { Markup } from '../markup.ts'
import { citation } from '../citation.ts'
import type { Words } from '../messages/words.ts'
import { ReportBody } from './report-body.ts'
import { reportStyle } from './report-style.ts'

/** A report and what it says, as it was computed again. */
export interface ShownReport {
  readonly file: ReportFile
  readonly content: ReportContent
  readonly words: Words
}

function lead({ file, words }: ShownReport): string {
  const { fromMs, untilMs } = file.parameters
  const { organisation, madeAtMs } = file
  if (file.evidence.person !== null)
    return words.t('report.leadPerson', { organisation, made: words.date(madeAtMs) })
  return words.t('report.lead', {
    organisation,
    from: words.date(fromMs),
    until: words.date(untilMs - 1),
  })
}

function head({ file, words }: ShownReport): Markup {
  return h(
    'head',
    null,
    h('meta', { charSet: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('title', null, `${words.named('reportKind', file.report)} – ${file.organisation} – Cloison`),
    h('style', { dangerouslySetInnerHTML: { __html: reportStyle } }),
  )
}

function body(shown: ShownReport): Markup {
  const { file, content, words } = shown
  return h(
    'body',
    null,
    h(
      'header',
      null,
      h('h1', null, words.named('reportKind', file.report)),
      h('p', { class: 'report-lead' }, lead(shown)),
      h(
        'p',
        { class: 'report-soft' },
        `${words.t('report.laws')}: ${content.laws.map((law) => citation(words, law)).join(', ')}`,
      ),
      file.evidence.person === null
        ? null
        : h('p', { class: 'report-personal' }, words.t('report.personal')),
    ),
    h('main', null, h(ReportBody, { words, content })),
    h(
      'footer',
      null,
      h('h2', null, words.t('report.verify')),
      h('p', null, words.t('report.verifyText')),
      h('pre', null, `cloison report verify ${file.report}.json`),
    ),
  )
}

/** A report as one HTML document that needs nothing else: to be read, kept or printed. */
export function reportDocument(shown: ShownReport): string {
  const html = h('html', { lang: shown.words.language }, head(shown), body(shown))
  return `<!DOCTYPE html>${renderToString(html)}\n`
}
