import * as z from 'zod'
import type { Said } from '../../sentences/index.ts'
import { isCheckSentence, isGateSentence } from '../../web/index.ts'
import type {
  AdministratorDesk,
  ListedJob,
  ListedPeer,
  ListedStorage,
  OwnKeys,
  ShownExamination,
} from '../../web/index.ts'
import type { PublicActs } from '../public-acts.ts'
import type { GatewayCalls } from './gateway-calls.ts'

const key = z.object({
  use: z.string(),
  name: z.string().nullable(),
  keyId: z.string(),
  state: z.enum(['current', 'locked', 'not-yet', 'expired', 'revoked', 'configured']),
  notBeforeMs: z.int().nullable(),
  notAfterMs: z.int().nullable(),
})

/** Something said, by a sentence for which there are messages. */
function saidBy<Id extends string>(isKnown: (id: unknown) => id is Id): z.ZodType<Said<Id>> {
  return z.object({
    id: z.custom<Id>(isKnown),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
  })
}

const said = saidBy(isCheckSentence)

const doctorSchema: z.ZodType<ShownExamination> = z.object({
  lookedAtMs: z.int(),
  checks: z.array(
    z
      .object({
        what: z.string(),
        ok: z.boolean(),
        said: z.object({ found: said, fix: said.nullable() }),
      })
      .transform(({ what, ok, said: { found, fix } }) => ({ what, ok, found, fix })),
  ),
})
const peersSchema: z.ZodType<{ readonly peers: readonly ListedPeer[] }> = z.object({
  peers: z.array(
    z.object({
      organisation: z.string(),
      url: z.string(),
      from: z.enum(['record', 'configuration']),
      keys: z.array(key),
    }),
  ),
})
const keysSchema: z.ZodType<OwnKeys> = z.object({
  keys: z.array(key),
  files: z.array(z.object({ setting: z.string(), writtenAtMs: z.int() })),
})
const storageSchema: z.ZodType<ListedStorage> = z
  .object({
    stores: z.array(z.object({ setting: z.string(), bytes: z.int() })),
    logs: z.array(z.object({ origin: z.string(), size: z.int(), closed: z.boolean() })),
    freeBytes: z.number(),
    said: z.array(saidBy(isGateSentence)),
  })
  .transform(({ said: shutBy, ...rest }) => ({ ...rest, shutBy }))
const jobsSchema: z.ZodType<{ readonly jobs: readonly ListedJob[] }> = z.object({
  jobs: z.array(
    z.object({
      name: z.string(),
      pauseMs: z.int(),
      rounds: z.int(),
      failures: z.int(),
      lastMs: z.int().nullable(),
    }),
  ),
})

/** The desk of one organisation's administrators, over its gateway's inner interface and its published log. */
export function gatewayAdministrator(
  calls: GatewayCalls,
  published: Pick<PublicActs, 'all'>,
): AdministratorDesk {
  return {
    async acts(kinds) {
      const found = (await published.all()).filter(({ record }) =>
        kinds.some((kind) => record.kind === kind),
      )
      return found.toReversed().map(({ log, entry, record: { kind, name, timeMs } }) => ({
        kind,
        name,
        atMs: timeMs,
        log,
        entry,
      }))
    },
    doctor: async ({ peer, fresh = false } = {}) => {
      const query = new URLSearchParams({
        ...(peer !== undefined && { peer }),
        ...(fresh && { fresh: 'true' }),
      })
      return doctorSchema.parse(await calls.get(`/v1/doctor?${query}`))
    },
    peers: async () => peersSchema.parse(await calls.get('/v1/peers')).peers,
    keys: async () => keysSchema.parse(await calls.get('/v1/keys')),
    storage: async () => storageSchema.parse(await calls.get('/v1/storage')),
    jobs: async () => jobsSchema.parse(await calls.get('/v1/jobs')).jobs,
  }
}
