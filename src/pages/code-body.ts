import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { utf8 } from '../bytes/index.ts'
import type { PageRequest, PageResponse } from '../web/index.ts'

/** A body as it goes out. */
export interface CodedBody {
  readonly body: Uint8Array
  /** `undefined` when it goes out as it is. */
  readonly coding: 'br' | 'gzip' | undefined
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Shorter bodies gain nothing. */
const worthFrom = 1_000
/** For pages, which are made for one visitor; a file that never changes is worth the longest search once. */
const quality = { page: 5, file: 11 } as const
const shortened = /^(?:text\/|application\/(?:json|javascript)|image\/svg\+xml)/

function codingOf({ headers }: PageRequest): CodedBody['coding'] {
  const accepted = (headers['accept-encoding'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.split(';', 1)[0])
  return (['br', 'gzip'] as const).find((coding) => accepted.includes(coding))
}

/**
 * Whether the length of a coded answer could tell another site anything. A page holds the visitor's form token, and
 * a site that leads a visitor here with words of its own in the address could learn it from lengths; so what
 * another site asks for goes out as it is (the attack is BREACH).
 */
function isOurs({ headers }: PageRequest): boolean {
  return ['same-origin', 'none'].includes(headers['sec-fetch-site'] ?? 'none')
}

function shorten(
  bytes: Uint8Array,
  coding: 'br' | 'gzip',
  what: keyof typeof quality,
): Promise<Uint8Array> {
  if (coding === 'gzip') return zip(bytes)
  return brotli(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality[what],
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [constants.BROTLI_PARAM_LGWIN]: 22,
    },
  })
}

/** Codes bodies for whoever takes it, and remembers the files among them. */
export function bodyCoder(): (request: PageRequest, response: PageResponse) => Promise<CodedBody> {
  const files = new Map<string, Promise<Uint8Array>>()
  return async (request, { body, headers }) => {
    const bytes = typeof body === 'string' ? utf8(body) : body
    const coding = codingOf(request)
    const type = headers['content-type'] ?? ''
    const isWorth = bytes.length >= worthFrom && shortened.test(type)
    if (coding === undefined || !isWorth || !isOurs(request))
      return { body: bytes, coding: undefined }
    if (!request.path.startsWith('/assets/'))
      return { body: await shorten(bytes, coding, 'page'), coding }
    const name = `${coding} ${request.path}`
    const made = files.get(name) ?? shorten(bytes, coding, 'file')
    files.set(name, made)
    return { body: await made, coding }
  }
}
