import { h } from 'preact'
import type { Markup } from '../markup.ts'

/**
 * What an organisation or a person wrote in their own words, as it stands. Nobody has told in which language it is:
 * an empty `lang` says so, and nothing reads it out as if it were in the page's.
 */
export function written(text: string): Markup {
  return h('span', { lang: '' }, text)
}
