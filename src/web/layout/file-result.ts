import { h } from 'preact'
import type { Markup } from '../markup.ts'
import { ChainMarks } from '../person/chain-marks.ts'
import type { PageContext } from '../page-route.ts'

/**
 * Where the browser says what a file with everything proves: in a sentence, and of each agency's list. Nothing is
 * there before a file was checked.
 */
export function FileResult({ context }: { readonly context: PageContext }): Markup {
  const { words } = context
  return h(
    'div',
    null,
    h('p', {
      class: 'app-check',
      role: 'status',
      hidden: true,
      'data-file-result': '',
      'data-checking': words.t('check.browser.checking'),
      'data-holds': words.t('verify.fileHolds'),
      'data-fails': words.t('verify.fileFails'),
      'data-part': words.t('verify.filePart'),
      'data-waits': words.t('check.browser.waits'),
      'data-unavailable': words.t('verify.fileUnreadable'),
    }),
    h('div', { hidden: true, 'data-file-lists': '' }, h(ChainMarks, { context })),
  )
}
