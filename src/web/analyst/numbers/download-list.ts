import { h } from 'preact'
import type { Markup } from '../../markup.ts'
import type { Words } from '../../messages/words.ts'

const files = [
  ['release.json', 'download.json'],
  ['release.csv', 'download.csv'],
  ['release.parquet', 'download.parquet'],
  ['release.vl.json', 'download.vega'],
  ['release.svg', 'download.svg'],
] as const

/** The files of a release, at addresses below `at`. */
export function DownloadList({ words, at }: { readonly words: Words; at: string }): Markup {
  return h(
    'ul',
    { class: 'govuk-list' },
    files.map(([name, key]) =>
      h(
        'li',
        null,
        h('a', { class: 'govuk-link', href: `${at}/${name}`, download: name }, words.t(key)),
      ),
    ),
  )
}
