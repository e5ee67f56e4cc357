import { h } from 'preact'
import type { Markup } from '../markup.ts'

/** Commands to copy, one a line; they wrap where the page is narrow. */
export function CommandLine({ lines }: { lines: readonly string[] }): Markup {
  return h('pre', { class: 'app-command' }, h('code', null, lines.join('\n')))
}
