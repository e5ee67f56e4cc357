import type { FastifyInstance, FastifyReply } from 'fastify'
import * as z from 'zod'
import type { GateSentence, Said } from '../../../sentences/index.ts'
import type { Examination } from '../../doctor/kept-examinations.ts'
import { problemResponse } from '../problem-response.ts'

/** A key as it is shown: what it is for and how it stands, never the key of a secret. */
export interface ShownKey {
  readonly organisation: string
  readonly use: string
  readonly name: string | null
  readonly keyId: string
  /** `configured` where no directory record says from when until when. */
  readonly state: 'current' | 'locked' | 'not-yet' | 'expired' | 'revoked' | 'configured'
  readonly notBeforeMs: number | null
  readonly notAfterMs: number | null
}

/** A peer, with the keys of it that are known here. */
export interface ShownPeer {
  readonly organisation: string
  readonly url: string
  /** Whether its keys come from a directory record that it signs, or from the configuration. */
  readonly from: 'record' | 'configuration'
  readonly keys: readonly ShownKey[]
}

/** A file of a secret key of this gateway. */
export interface ShownKeyFile {
  /** The setting that names it. */
  readonly setting: string
  /** When the file was last written. */
  readonly writtenAtMs: number
}

/** Something that lies on the disk of the gateway. */
export interface ShownStore {
  readonly setting: string
  readonly bytes: number
}

/** One log of the organisation. */
export interface ShownLog {
  readonly origin: string
  readonly size: number
  readonly closed: boolean
}

/** What a gateway holds, and how much room is left. */
export interface ShownStorage {
  readonly stores: readonly ShownStore[]
  readonly logs: readonly ShownLog[]
  /** Of the file system of the state store, in bytes. */
  readonly freeBytes: number
  /** Why the log takes no new entry now, in English; empty when it does. */
  readonly shutBy: readonly string[]
  /** {@link shutBy} in no language. */
  readonly said: readonly Said<GateSentence>[]
}

/** One of the jobs that run as long as the gateway does. */
export interface ShownJob {
  readonly name: string
  /** Milliseconds between two rounds. */
  readonly pauseMs: number
  /** Since the start. */
  readonly rounds: number
  readonly failures: number
  /** When the last round ended well; `null` before the first. */
  readonly lastMs: number | null
}

/** What an administrator reads through the inner interface. All of it is about the machine, nothing about a person. */
export interface AdministrationDeps {
  readonly doctor: (peer: string | undefined, fresh: boolean) => Promise<Examination>
  readonly peers: () => readonly ShownPeer[]
  readonly ownKeys: () => readonly ShownKey[]
  readonly keyFiles: () => Promise<readonly ShownKeyFile[]>
  readonly storage: () => Promise<ShownStorage>
  readonly jobs: () => readonly ShownJob[]
}

const doctorQuery = z.strictObject({
  peer: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,30}$/)
    .optional(),
  fresh: z.enum(['true', 'false']).optional(),
})

async function send(reply: FastifyReply, json: object): Promise<FastifyReply> {
  return await reply.type('application/json').send(JSON.stringify(json))
}

/**
 * How the machine is: `GET /v1/doctor` (with `?peer=` also the way to that peer; what was found last, with `?fresh=true`
 * what is found now), `/v1/peers`, `/v1/keys`,
 * `/v1/storage` and `/v1/jobs`. Reads alone. What changes a key, a peer or a store is done where its files are, by
 * the command line, and is an entry.
 */
export function addAdministration(app: FastifyInstance, deps: AdministrationDeps): void {
  app.get('/v1/doctor', async (request, reply) => {
    const query = doctorQuery.safeParse(request.query)
    const known = deps.peers().map(({ organisation }) => organisation)
    const peer = query.data?.peer
    if (!query.success || (peer !== undefined && !known.includes(peer))) {
      const { status, contentType, body } = problemResponse('MALFORMED')
      return await reply.code(status).type(contentType).send(Buffer.from(body))
    }
    const { lookedAtMs, checks } = await deps.doctor(peer, query.data.fresh === 'true')
    return send(reply, {
      lookedAtMs,
      checks: checks.map(({ fix, said, ...rest }) => ({
        ...rest,
        fix: fix ?? null,
        said: { found: said.found, fix: said.fix ?? null },
      })),
    })
  })
  app.get('/v1/peers', (_request, reply) => send(reply, { peers: deps.peers() }))
  app.get('/v1/keys', async (_request, reply) =>
    send(reply, { keys: deps.ownKeys(), files: await deps.keyFiles() }),
  )
  app.get('/v1/storage', async (_request, reply) => send(reply, await deps.storage()))
  app.get('/v1/jobs', (_request, reply) => send(reply, { jobs: deps.jobs() }))
}
