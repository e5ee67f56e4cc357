import { get, request } from 'node:http'
import { brotliDecompressSync } from 'node:zlib'
import { BenchError } from '../bench-error.ts'

/** One answer as it came over the wire. */
export interface TimedAnswer {
  /** Milliseconds until the first byte of the body. */
  readonly firstByteMs: number
  /** Bytes of the body as transferred. */
  readonly bytes: number
  readonly status: number
  readonly location: string | undefined
  readonly text: string
  readonly isHtml: boolean
}

/** A browser without scripts that signs in and measures: cookies by host, Brotli taken. */
export interface PageVisitor {
  /** Loads one address; follows nothing. */
  load(url: string): Promise<TimedAnswer>
  /** Signs in at a site as number `who` of the demo's log-in, from 0. @throws {@link BenchError} */
  signIn(site: string, who: number): Promise<void>
  /** How many people the log-in of a site offers. */
  offered(site: string): Promise<number>
}

type Jar = Map<string, string>

function keep(jar: Jar, fields: readonly string[]): void {
  for (const field of fields) {
    const [pair = ''] = field.split(';')
    const at = pair.indexOf('=')
    jar.set(pair.slice(0, at), pair.slice(at + 1))
  }
}

function textOf(body: Buffer, coding: string | undefined): string {
  return (coding === 'br' ? brotliDecompressSync(body) : body).toString()
}

interface Sending {
  readonly jar: Jar
  readonly form?: string
}

/** Names below `localhost` are this machine whatever its resolver says. */
function send(url: URL, { jar, form }: Sending): Promise<TimedAnswer> {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = {
    host: url.host,
    'accept-encoding': 'br',
    'sec-fetch-site': 'same-origin',
    ...(cookie !== '' && { cookie }),
    ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
  }
  const where = { host: '127.0.0.1', port: url.port, path: url.pathname + url.search, headers }
  const startedMs = performance.now()
  return new Promise((resolve, reject) => {
    const call = form === undefined ? get : request
    const out = call({ ...where, ...(form !== undefined && { method: 'POST' }) }, (answer) => {
      const chunks: Buffer[] = []
      let firstByteMs: number | undefined
      keep(jar, answer.headers['set-cookie'] ?? [])
      answer.on('data', (chunk: Buffer) => {
        firstByteMs ??= performance.now() - startedMs
        chunks.push(chunk)
      })
      answer.on('error', reject)
      answer.on('end', () => {
        const body = Buffer.concat(chunks)
        resolve({
          firstByteMs: firstByteMs ?? performance.now() - startedMs,
          bytes: body.length,
          status: answer.statusCode ?? 0,
          location: answer.headers.location,
          text: textOf(body, answer.headers['content-encoding']),
          isHtml: answer.headers['content-type']?.startsWith('text/html') === true,
        })
      })
    })
    out.on('error', reject)
    out.end(form)
  })
}

function attributes(html: string, tag: RegExp, name: string): readonly string[] {
  return [...html.matchAll(tag)].flatMap(([found]) => {
    const value = new RegExp(`\\s${name}="([^"]*)"`).exec(found)?.[1]
    return value === undefined ? [] : [value.replaceAll('&amp;', '&')]
  })
}

/** A visitor of the demo's pages with cookies of its own. */
export function pageVisitor(): PageVisitor {
  const jars = new Map<string, Jar>()
  const jarOf = ({ host }: URL): Jar => {
    const jar = jars.get(host) ?? new Map<string, string>()
    jars.set(host, jar)
    return jar
  }

  async function follow(url: URL, form?: string): Promise<{ url: URL; answer: TimedAnswer }> {
    const answer = await send(url, { jar: jarOf(url), ...(form !== undefined && { form }) })
    if (answer.location === undefined) return { url, answer }
    return follow(new URL(answer.location, url))
  }

  async function logIn(site: string): Promise<{ url: URL; html: string }> {
    const front = await follow(new URL(`${site}/`))
    const token = attributes(front.answer.text, /<input type="hidden"[^>]*>/g, 'value')[0] ?? ''
    const action = attributes(front.answer.text, /<form\b[^>]*method="post"[^>]*>/g, 'action')[0]
    const form = new URLSearchParams({ form_token: token }).toString()
    const { url, answer } = await follow(new URL(action ?? front.url, front.url), form)
    return { url, html: answer.text }
  }

  return {
    load: (url) => send(new URL(url), { jar: jarOf(new URL(url)) }),
    async offered(site) {
      const { html } = await logIn(site)
      return attributes(html, /<input[^>]*type="radio"[^>]*>/g, 'value').length
    },
    async signIn(site, who) {
      const { url, html } = await logIn(site)
      const [choice, name] = [
        attributes(html, /<input[^>]*type="radio"[^>]*>/g, 'value')[who],
        attributes(html, /<input[^>]*type="radio"[^>]*>/g, 'name')[who],
      ]
      const token = attributes(html, /<input type="hidden"[^>]*>/g, 'value')[0] ?? ''
      const action = attributes(html, /<form\b[^>]*method="post"[^>]*>/g, 'action')[0]
      const form = new URLSearchParams({ form_token: token, [name ?? 'who']: choice ?? '' })
      // Without an action a form goes to its own page.
      const { answer } = await follow(new URL(action ?? url, url), form.toString())
      if (answer.status !== 200 || choice === undefined)
        throw new BenchError('RUN_REJECTED', `Signing in at the demo gave ${answer.status}.`)
    },
  }
}
