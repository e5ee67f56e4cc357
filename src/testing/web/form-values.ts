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

type Field = readonly [name: string | undefined, value: string]

function inputs(text: string): readonly Field[] {
  return [...text.matchAll(/<input[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !/type="(?:radio|checkbox)"/.test(tag) || /\schecked/.test(tag))
    .map((tag) => [attribute(tag, 'name'), attribute(tag, 'value') ?? ''])
}

function areas(text: string): readonly Field[] {
  return [...text.matchAll(/<textarea([^>]*)>([^<]*)</g)].map(([, tag = '', value = '']) => [
    attribute(tag, 'name'),
    value,
  ])
}

function selects(text: string): readonly Field[] {
  const found = text.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)
  return [...found].map(([, tag = '', options = '']) => {
    const chosen = /<option[^>]*\sselected[^>]*>/.exec(options)?.[0] ?? options
    return [attribute(tag, 'name'), attribute(chosen, 'value') ?? '']
  })
}

/** What a browser would send of a page's fields as they stand: of two fields of one name the first, files left out. */
export function valuesOf({ text }: VisitedPage): Record<string, string> {
  const values = new Map<string, string>()
  for (const [name, value] of [...inputs(text), ...areas(text), ...selects(text)]) {
    if (name !== undefined && !values.has(name)) values.set(name, unescaped(value))
  }
  return Object.fromEntries(values)
}
