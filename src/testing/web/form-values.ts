import type { VisitedPage } from './page-client.ts'

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
}

/** What a browser would send of a page's fields as they stand: of two fields of one name the first, files left out. */
export function valuesOf({ text }: VisitedPage): Record<string, string> {
  const values = new Map<string, string>()
  const set = (name: string | undefined, value: string): void => {
    if (name !== undefined && !values.has(name)) values.set(name, unescaped(value))
  }
  for (const [tag] of text.matchAll(/<input[^>]*>/g)) {
    const isChoice = /type="(?:radio|checkbox)"/.test(tag)
    if (isChoice && !/\schecked/.test(tag)) continue
    set(attribute(tag, 'name'), attribute(tag, 'value') ?? '')
  }
  for (const [, tag = '', value = ''] of text.matchAll(/<textarea([^>]*)>([^<]*)</g))
    set(attribute(tag, 'name'), value)
  for (const [, tag = '', options = ''] of text.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option[^>]*\sselected[^>]*>/.exec(options)?.[0] ?? options
    set(attribute(tag, 'name'), attribute(chosen, 'value') ?? '')
  }
  return Object.fromEntries(values)
}
