/** Something that a page says, and in which language it says so. */
export interface PageText {
  readonly text: string
  /** The nearest `lang`; empty where the page says that it is not known. */
  readonly lang: string
}

const voidElements = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'wbr'])
const silentElements = new Set(['code', 'pre', 'script', 'style', 'textarea', 'option'])
const spokenAttributes = ['alt', 'aria-label', 'placeholder', 'title']

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: '\u{a0}',
}

function decoded(html: string): string {
  return html.replaceAll(/&(#?\w+);/g, (all, name: string) => entities[name] ?? all).trim()
}

interface Open {
  readonly tag: string
  readonly lang: string
  readonly silent: boolean
}

const nothing: Open = { tag: '', lang: '', silent: false }

function attributeOf(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag)
  return found === null ? undefined : (found[1] ?? '')
}

function openedBy(token: string, tag: string, inner: Open): Open {
  const lang = attributeOf(token, 'lang') ?? inner.lang
  return { tag, lang, silent: inner.silent || silentElements.has(tag) }
}

function saidBy(html: string, { lang, silent }: Open): readonly PageText[] {
  const text = decoded(html)
  return silent || text === '' ? [] : [{ text, lang }]
}

/**
 * Every text of a page, with those attributes that are read out. Left out is what is code, and what a visitor typed
 * or chooses from.
 */
export function pageTexts(html: string): readonly PageText[] {
  const open: Open[] = []
  return [...html.matchAll(/<[^>]+>|[^<]+/g)].flatMap(([token]) => {
    const inner = open.at(-1) ?? nothing
    const tag = /^<\/?([a-z][a-z0-9-]*)/.exec(token)?.[1]
    if (tag === undefined) return token.startsWith('<') ? [] : saidBy(token, inner)
    if (token.startsWith('</')) {
      if (inner.tag === tag) open.pop()
      return []
    }
    const here = openedBy(token, tag, inner)
    if (!voidElements.has(tag) && !token.endsWith('/>')) open.push(here)
    return spokenAttributes.flatMap((name) => saidBy(attributeOf(token, name) ?? '', here))
  })
}
