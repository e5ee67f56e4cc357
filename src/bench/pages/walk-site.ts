import { BenchError } from '../bench-error.ts'
import type { PageVisitor } from './page-visitor.ts'

/** How many addresses of one kind are kept: two agreements look alike, a hundred more tell nothing. */
const ofOneKind = 2
const mostPages = 60

/** Addresses that end the visit or start something else than a page. */
const notWalked = /^\/(leave|sign-out|sign-in|callback|log-in|assets)\b/

/** What addresses that differ in a number or a name alone have in common. */
function kindOf({ pathname, searchParams }: URL): string {
  const [, first = '', ...rest] = pathname.split('/')
  const fields = [...searchParams.keys()].toSorted()
  return [first, rest.length, ...fields].join(' ')
}

function linksOf(html: string, page: URL): readonly URL[] {
  return [...html.matchAll(/<a\b[^>]*\shref="([^"#]+)/g)]
    .map(([, href = '']) => new URL(href.replaceAll('&amp;', '&'), page))
    .filter(({ host, pathname }) => host === page.host && !notWalked.test(pathname))
}

/**
 * The addresses of a site's pages that links lead to from its front page, as the visitor sees them: two of each kind,
 * at most 60, in the order in which they were found. A redirect is followed, a file to download is no page.
 *
 * @throws {@link BenchError} `RUN_REJECTED` when a link of a page leads nowhere
 */
export async function walkSite(visitor: PageVisitor, site: string): Promise<readonly string[]> {
  const kinds = new Map<string, number>()
  const pages: string[] = []
  const open: URL[] = [new URL(`${site}/`)]
  const seen = new Set(open.map(String))
  for (let url = open.shift(); url !== undefined && pages.length < mostPages; url = open.shift()) {
    const { status, location, text, isHtml } = await visitor.load(url.href)
    if (status >= 400)
      throw new BenchError('RUN_REJECTED', `A link leads to ${url.href}, answered ${status}.`)
    if (isHtml && location === undefined) pages.push(url.href)
    const found = location === undefined ? linksOf(text, url) : [new URL(location, url)]
    for (const next of found) {
      const kind = kindOf(next)
      const many = kinds.get(kind) ?? 0
      if (seen.has(next.href) || many >= ofOneKind || next.host !== url.host) continue
      seen.add(next.href)
      kinds.set(kind, many + 1)
      open.push(next)
    }
  }
  return pages
}
