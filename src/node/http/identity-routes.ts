import type { FastifyInstance, FastifyReply } from 'fastify'
import * as z from 'zod'
import { canonicalBytes, readCanonicalJson } from '../../bytes/index.ts'
import { type PersonWriter, requestJson, sealedIdentitySchema } from '../../person/index.ts'
import { identityRefused, problemResponse, type ProblemResponse } from './problem-response.ts'

/** What opening an official's identity through the inner interface needs. */
export interface IdentityRouteDeps {
  readonly writer: PersonWriter
  /** What keeps the log from new entries now; empty when nothing does. */
  readonly shutBy: () => readonly string[]
}

/** Public text: one line, in the form that entries have. */
function publicText(most: number): z.ZodType<string> {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^\P{Cc}*$/u)
    .refine((text) => text.isWellFormed() && text.normalize('NFC') === text)
}

const openingRequest = z.strictObject({
  v: z.literal(1),
  log: z.string().min(1).max(200).nullable(),
  entry: z.int().min(0),
  case: publicText(64),
  reason: publicText(200),
})

async function send(reply: FastifyReply, problem: ProblemResponse): Promise<FastifyReply> {
  return await reply.code(problem.status).type(problem.contentType).send(Buffer.from(problem.body))
}

/**
 * `POST /v1/identity-openings`: the sealed identity of one official at one entry. What is handed out comes out
 * of the commit that made the opening an entry, and from nowhere else.
 */
export function addIdentityOpenings(app: FastifyInstance, deps: IdentityRouteDeps): void {
  app.post('/v1/identity-openings', async (request, reply) => {
    const parsed = openingRequest.safeParse(request.body)
    if (!parsed.success) return send(reply, problemResponse('MALFORMED'))
    if (deps.shutBy().length > 0) return send(reply, problemResponse('LOG_UNAVAILABLE'))
    const { log, entry, case: inCase, reason } = parsed.data
    const intent = { type: 'identity' as const, log, entry, case: inCase, reason }
    const done = await deps.writer.commit(intent)
    if (done.type !== 'identity') throw new TypeError('the writer answered another intent')
    if (done.state === 'refused') return send(reply, identityRefused(done.code))
    const sealed = sealedIdentitySchema.parse(readCanonicalJson(done.sealed))
    const json = requestJson({ opening: done.opening, entry: done.entry, sealed })
    return reply.type('application/json').send(Buffer.from(canonicalBytes(json)))
  })
}
