import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { canonicalBytes, type Json } from '../../../bytes/index.ts'
import type { Clock } from '../../../ports/index.ts'

/** An answer as it is sent, with its strong entity tag (RFC 9110, 8.8.3). */
interface Made {
  readonly body: Buffer
  readonly etag: string
}

/** How long an answer for everybody stands, here and in caches between, unless it must be true at once. */
export const sharedSeconds = 10

async function madeOf(make: () => Promise<Json>): Promise<Made> {
  const body = Buffer.from(canonicalBytes(await make()))
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  return { body, etag: `"${digest}"` }
}

/** Whether a list of entity tags has this one, or takes any (RFC 9110, 13.1.2). */
function matches(field: string | undefined, etag: string): boolean {
  const tags = (field ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return tags.includes(etag) || tags.includes('*')
}

/** Answers one request with what everybody is answered. */
export type SharedAnswer = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/**
 * An answer that is the same for everybody: made at most once in `seconds`, however many ask, so that nobody without
 * an account can have the store read without end. What could not be made is made again for whoever asks next.
 */
export function sharedAnswer(
  make: () => Promise<Json>,
  { clock, seconds = sharedSeconds }: { readonly clock: Clock; readonly seconds?: number },
): SharedAnswer {
  let kept: { readonly atMs: number; readonly made: Promise<Made> } | undefined
  function current(): Promise<Made> {
    const nowMs = clock.now()
    const age = kept === undefined ? Number.POSITIVE_INFINITY : nowMs - kept.atMs
    if (kept !== undefined && age >= 0 && age < seconds * 1000) return kept.made
    const made = madeOf(make)
    kept = { atMs: nowMs, made }
    made.catch(() => {
      if (kept?.made === made) kept = undefined
    })
    return made
  }
  return async (request, reply) => {
    const { body, etag } = await current()
    void reply
      .header('access-control-allow-origin', '*')
      .header('cache-control', `public, max-age=${seconds}`)
      .header('etag', etag)
    if (matches(request.headers['if-none-match'], etag)) return await reply.code(304).send()
    return await reply.type('application/json').send(body)
  }
}
