import type { PageResponse, Pages } from '../../web/index.ts'

/** One form of a page. */
export interface PageForm {
  readonly action: string
  /** Hidden fields and named buttons, in the order of the page. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** Values of its radios, in the order of the page. */
  readonly choices: readonly string[]
}

/** A page as the client got it. */
export interface VisitedPage extends PageResponse {
  readonly url: string
  readonly text: string
  readonly forms: readonly PageForm[]
}

/** A browser without scripts: cookies by host, redirects followed, forms sent. */
export interface PageClient {
  get(url: string): Promise<VisitedPage>
  /**
   * Sends the page's form number `form` with these fields added, a number standing for the value
   * of that radio, from 1; `token: null` leaves the token
   * out, `from` is what the browser says about the sender (`sec-fetch-site`).
   */
  send(
    page: VisitedPage,
    fields: Readonly<Record<string, string | number>>,
    options?: { readonly form?: number; readonly token?: string | null; readonly from?: string },
  ): Promise<VisitedPage>
  /** Cookies that are held for a host, by name. */
  cookies(host: string): Map<string, string>
  /** Every address that was asked for or redirected to, oldest first. */
  readonly addresses: readonly string[]
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value
    ?.replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function formsIn(html: string): PageForm[] {
  return [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => {
    const tags = [...form.matchAll(/<(?:input type="hidden"|button)[^>]*>/g)].map(([tag]) => tag)
    const fields = tags.flatMap((tag) => {
      const name = attribute(tag, 'name')
      return name === undefined ? [] : [[name, attribute(tag, 'value') ?? ''] as const]
    })
    const radios = [...form.matchAll(/<input[^>]*type="radio"[^>]*>/g)]
    const choices = radios.map(([tag]) => attribute(tag, 'value') ?? '')
    return { action: attribute(form, 'action') ?? '', fields, choices }
  })
}

function keepCookies(jar: Map<string, string>, setCookies: readonly string[]): void {
  for (const field of setCookies) {
    const [pair = ''] = field.split(';')
    const [name = '', value = ''] = pair.split('=')
    if (value === '') jar.delete(name)
    else jar.set(name, value)
  }
}

/** A client for pages in this process. */
export function createPageClient(pages: Pages): PageClient {
  const jars = new Map<string, Map<string, string>>()
  const addresses: string[] = []
  const jarOf = (host: string): Map<string, string> => {
    const jar = jars.get(host) ?? new Map<string, string>()
    jars.set(host, jar)
    return jar
  }
  async function load(
    address: string,
    sent?: { readonly form: string; readonly from: string | undefined },
  ): Promise<VisitedPage> {
    const url = new URL(address)
    addresses.push(address)
    const jar = jarOf(url.host)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await pages({
      method: sent === undefined ? 'GET' : 'POST',
      path: url.pathname,
      query: url.search.slice(1),
      headers: { host: url.host, cookie, 'sec-fetch-site': sent?.from },
      form: sent?.form ?? '',
    })
    keepCookies(jar, response.setCookies)
    const { location } = response.headers
    if (location !== undefined) {
      const next = new URL(location, url)
      if (next.hostname.endsWith('localhost')) return await load(next.href)
      addresses.push(location)
    }
    const text = typeof response.body === 'string' ? response.body : ''
    return { ...response, url: address, text, forms: formsIn(text) }
  }
  return {
    addresses,
    cookies: jarOf,
    get: (url) => load(url),
    send(page, fields, options = {}) {
      const form = page.forms[options.form ?? 0]
      if (form === undefined) throw new RangeError(`no such form on ${page.url}`)
      const token = new Map(form.fields).get('form_token') ?? ''
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(fields)) {
        body.set(name, typeof value === 'string' ? value : (form.choices[value - 1] ?? ''))
      }
      if (options.token !== null) body.set('form_token', options.token ?? token)
      const sent = { form: body.toString(), from: options.from }
      return load(new URL(form.action, page.url).href, sent)
    },
  }
}
