import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fresh from 'fresh'
import Negotiator from 'negotiator'
import parseRange from 'range-parser'
import { decodeUtf8, encodeHex } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { CHECKPOINT_PATH, readOwnCheckpoint } from '../../log/index.ts'
import type { Files } from '../../ports/index.ts'
import { type GzipCache, gzipCache } from './gzip-cache.ts'
import { problemResponse } from './problem-response.ts'
import { type PublishedPath, publishedPath } from './published-path.ts'

/** What serving a published log needs. */
export interface PublishedLogDeps {
  readonly files: Files
  /** `/log/<shard>`. */
  readonly logPath: string
}

/** A file as a reader asked for it. */
interface Variant {
  readonly bytes: Uint8Array
  readonly coding: 'gzip' | undefined
}

/** Short answers gain nothing. */
const shortest = 512

/** The published size never falls, so a size that was seen once stays good. */
function publishedSize(files: Files): (needed: number) => Promise<boolean> {
  let known = 0
  return async (needed) => {
    if (needed <= known) return true
    const note = await files.read(CHECKPOINT_PATH)
    if (note !== undefined) known = Math.max(known, readOwnCheckpoint(decodeUtf8(note)).size)
    return needed <= known
  }
}

/** A part of a file is a part of its plain form. */
async function variantOf(
  request: FastifyRequest,
  path: string,
  { bytes, gzip }: { readonly bytes: Uint8Array; readonly gzip: GzipCache },
): Promise<Variant> {
  const plain = { bytes, coding: undefined }
  if (bytes.length < shortest || request.headers.range !== undefined) return plain
  // RFC 9110, 12.5.3: what the reader prefers among the two that there are; plain when it does not say.
  const wanted = new Negotiator(request.raw).encoding(['gzip', 'identity'])
  if (wanted !== 'gzip' || request.headers['accept-encoding'] === undefined) return plain
  const coded = await gzip.coded(path, bytes)
  return coded === undefined ? plain : { bytes: coded, coding: 'gzip' }
}

function etagOf({ bytes, coding }: Variant): string {
  const hash = encodeHex(sha256(bytes)).slice(0, 32)
  return coding === undefined ? `"${hash}"` : `"${hash}-gzip"`
}

function setHeaders(reply: FastifyReply, place: PublishedPath, etag: string): void {
  void reply.headers({
    'content-type': place.contentType,
    'cache-control': place.cacheControl,
    etag,
    vary: 'accept-encoding',
    'accept-ranges': 'bytes',
    // All of it is public, and a page of anybody may verify it.
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  })
}

/** The one range of bytes that was asked for; several, or one in no form, get the whole file. */
function rangeOf(
  request: FastifyRequest,
  length: number,
  etag: string,
): { readonly start: number; readonly end: number } | 'unsatisfiable' | undefined {
  const { range, 'if-range': ifRange } = request.headers
  if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return undefined
  const parsed = parseRange(length, range)
  if (parsed === -1) return 'unsatisfiable'
  if (parsed === -2 || parsed.type !== 'bytes' || parsed.length !== 1) return undefined
  return parsed[0]
}

async function sendVariant(
  request: FastifyRequest,
  reply: FastifyReply,
  { variant, etag }: { readonly variant: Variant; readonly etag: string },
): Promise<FastifyReply> {
  const { bytes, coding } = variant
  if (fresh(request.headers, { etag })) return await reply.code(304).send()
  if (coding !== undefined) void reply.header('content-encoding', coding)
  const range = rangeOf(request, bytes.length, etag)
  if (range === 'unsatisfiable') {
    void reply
      .header('content-range', `bytes */${bytes.length}`)
      .header('cache-control', 'no-store')
    return await reply.code(416).send()
  }
  if (range === undefined) return await reply.send(Buffer.from(bytes))
  const { start, end } = range
  void reply.header('content-range', `bytes ${start}-${end}/${bytes.length}`)
  return await reply.code(206).send(Buffer.from(bytes.subarray(start, end + 1)))
}

/** A file that is not there may be there soon: no cache may remember that it was not. */
async function sendNothing(reply: FastifyReply): Promise<FastifyReply> {
  const { status, contentType, body } = problemResponse('NOT_FOUND')
  void reply.code(status).type(contentType).header('cache-control', 'no-store')
  return await reply.send(Buffer.from(body))
}

/**
 * Serves the published folder of a log (C2SP tlog-tiles) as a static server would: GET and HEAD,
 * entity tags, one range, gzip where it helps and is asked for. Only what the published checkpoint
 * covers is there: tiles are written before it, and one beyond it may still come out otherwise.
 */
export function servePublished(app: FastifyInstance, { files, logPath }: PublishedLogDeps): void {
  const isPublished = publishedSize(files)
  const gzip = gzipCache()
  app.get<{ Params: { '*': string } }>(`${logPath}/*`, async (request, reply) => {
    const path = request.params['*']
    const place = publishedPath(path)
    if (place === undefined) return sendNothing(reply)
    const { neededSize } = place
    if (neededSize !== undefined && !(await isPublished(neededSize))) return sendNothing(reply)
    const bytes = await files.read(path)
    if (bytes === undefined) return sendNothing(reply)
    const variant =
      neededSize === undefined
        ? { bytes, coding: undefined }
        : await variantOf(request, path, { bytes, gzip })
    const etag = etagOf(variant)
    setHeaders(reply, place, etag)
    return sendVariant(request, reply, { variant, etag })
  })
}
