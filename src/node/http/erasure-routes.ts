import type { FastifyInstance, FastifyReply } from 'fastify'
import * as z from 'zod'
import { canonicalBytes, type Json } from '../../bytes/index.ts'
import { parseMonth, type RecordMonth } from '../../log/index.ts'
import {
  type ErasureDeps,
  erasureReasons,
  type ErasureSelection,
  type ExchangeReader,
  type EraseCommitted,
  mostErased,
  type PersonCommitted,
  type PersonWriter,
  planErasure,
} from '../../person/index.ts'
import type { Clock } from '../../ports/index.ts'
import type { CachedRecordKeys } from '../../storage/record-keys/index.ts'
import { erasureProblem } from './erasure-problem.ts'
import { problemResponse, type ProblemResponse } from './problem-response.ts'

/** What erasing through the inner interface needs. */
export interface ErasureRouteDeps extends ErasureDeps {
  readonly reader: ExchangeReader
  readonly writer: PersonWriter
  readonly recordKeys: CachedRecordKeys
  readonly clock: Clock
  /** What keeps the log from new entries now; empty when nothing does. */
  readonly shutBy: () => readonly string[]
}

const index = z.int().nonnegative()
const log = z.string().min(1).max(300)
const month = z.string().transform((text, context): RecordMonth => {
  const parsed = parseMonth(text)
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: 'is no month' })
  return z.NEVER
})
const erasureRequest = z.strictObject({
  v: z.literal(1),
  select: z.union([
    z.strictObject({ log: log.nullable(), entries: z.array(index).min(1).max(mostErased) }),
    z.strictObject({ before: month, from: z.strictObject({ log, index }).nullable() }),
  ]),
  reason: z.enum(erasureReasons),
  dryRun: z.boolean(),
})
const keysRequest = z.strictObject({ v: z.literal(1), before: month })

type Selected = z.infer<typeof erasureRequest>['select']

async function send(reply: FastifyReply, json: Json): Promise<FastifyReply> {
  return await reply.type('application/json').send(Buffer.from(canonicalBytes(json)))
}

async function refuse(reply: FastifyReply, problem: ProblemResponse): Promise<FastifyReply> {
  return await reply.code(problem.status).type(problem.contentType).send(Buffer.from(problem.body))
}

async function selectionOf(select: Selected, reader: ExchangeReader): Promise<ErasureSelection> {
  if (!('entries' in select)) return select
  return { entries: select.entries, log: select.log ?? (await reader.logs()).at(-1) ?? '' }
}

async function dryRun(
  reply: FastifyReply,
  selection: ErasureSelection,
  deps: ErasureRouteDeps,
): Promise<FastifyReply> {
  const plan = await planErasure(deps.reader, selection, deps.clock.now(), deps)
  if (plan.state === 'refused') return refuse(reply, erasureProblem(plan.refusal))
  return send(reply, { log: plan.log, entry: null, erased: plan.exchanges.length, next: plan.next })
}

function erasedOf(committed: PersonCommitted): EraseCommitted {
  if (committed.type === 'erase') return committed
  throw new TypeError('the writer answered another intent')
}

async function erase(
  reply: FastifyReply,
  intent: {
    readonly selection: ErasureSelection
    readonly reason: (typeof erasureReasons)[number]
  },
  deps: ErasureRouteDeps,
): Promise<FastifyReply> {
  const done = erasedOf(await deps.writer.commit({ type: 'erase', ...intent }))
  if (done.state === 'refused') return refuse(reply, erasureProblem(done.refusal))
  // Two acts fell into one batch; the second is decided in the next.
  if (done.state === 'busy') return erase(reply, intent, deps)
  return send(reply, { log: done.log, entry: done.entry, erased: done.erased, next: done.next })
}

async function destroyKeys(before: RecordMonth, deps: ErasureRouteDeps): Promise<Json> {
  const present = deps.recordKeys.months()
  const done = await deps.writer.commit({ type: 'destroy-keys', before, present })
  if (done.type !== 'destroy-keys') throw new TypeError('the writer answered another intent')
  deps.recordKeys.forget(done.months)
  return { entry: done.entry, months: [...done.months] }
}

/**
 * `POST /v1/erasures` erases records, or says with `dryRun` whether it could; `POST /v1/key-destructions`
 * destroys the keys of months that have no record left. Both answer once it is done on disk.
 */
export function addErasures(app: FastifyInstance, deps: ErasureRouteDeps): void {
  app.post('/v1/erasures', async (request, reply) => {
    const parsed = erasureRequest.safeParse(request.body)
    if (!parsed.success) return refuse(reply, problemResponse('MALFORMED'))
    const { select, reason } = parsed.data
    const selection = await selectionOf(select, deps.reader)
    if (parsed.data.dryRun) return dryRun(reply, selection, deps)
    if (deps.shutBy().length > 0) return refuse(reply, problemResponse('LOG_UNAVAILABLE'))
    return erase(reply, { selection, reason }, deps)
  })
  app.post('/v1/key-destructions', async (request, reply) => {
    const parsed = keysRequest.safeParse(request.body)
    if (!parsed.success) return refuse(reply, problemResponse('MALFORMED'))
    if (deps.shutBy().length > 0) return refuse(reply, problemResponse('LOG_UNAVAILABLE'))
    return send(reply, await destroyKeys(parsed.data.before, deps))
  })
}
