import * as z from 'zod'
import { type Agreement, type DescribedRegister, parseAgreement } from '../../agreement/index.ts'
import { canonicalBytes, type Json } from '../../bytes/index.ts'
import { monthCountsSchema, type PublicCounts } from '../../oversight/index.ts'
import { signalVerdicts } from '../../person/index.ts'
import type {
  PublicRecord,
  ShownAgreement,
  ShownBudget,
  ShownEmergency,
  ShownOpenings,
  ShownSignal,
} from '../../web/index.ts'

const json: z.ZodType<Json> = z.json()

const agreement = json.transform((value): Agreement => parseAgreement(canonicalBytes(value)))

const standing = z
  .object({
    state: z.enum([
      'drafted',
      'offered',
      'agreed',
      'rejected',
      'published',
      'active',
      'suspended',
      'expired',
      'terminated',
    ]),
    effectiveFromMs: z.int().nullable(),
    suspendedBy: z.array(z.string()),
    because: z.enum(['review-overdue', 'replaced']).nullable(),
  })
  .transform(({ because, ...rest }) => ({ ...rest, ...(because !== null && { because }) }))

const publicAgreement = z.object({
  digest: z.string(),
  agreement,
  standing,
  events: z.array(
    z.object({
      kind: z.string(),
      by: z.string(),
      atMs: z.int(),
      cosignedAtMs: z.int().nullable(),
      log: z.string(),
      entry: z.int(),
    }),
  ),
})

/** What `GET /v1/agreements` answers on the admin listener. */
export const agreementsSchema: z.ZodType<{ readonly agreements: readonly ShownAgreement[] }> =
  z.object({
    agreements: z.array(
      publicAgreement.extend({
        lifts: z.array(z.string()),
        use: z.record(z.string(), z.int()).nullable(),
      }),
    ),
  })

/** What `GET /v1/agreements` answers everybody. */
export const publicAgreementsSchema: z.ZodType<
  Pick<PublicRecord, 'version' | 'timeLockMs' | 'agreements'>
> = z.object({
  version: z.string(),
  timeLockMs: z.int(),
  agreements: z.array(publicAgreement),
})

/** What `GET /v1/directory` says of where to write. */
export const postalSchema: z.ZodType<{ readonly postalAddress: readonly string[] }> = z.object({
  postalAddress: z.array(z.string()).min(1),
})

const monthEntry = z
  .looseObject({ log: z.string(), entry: z.int() })
  .transform(({ log, entry, ...counts }) => ({
    log,
    entry,
    counts: monthCountsSchema.parse(counts),
  }))

/** What `GET /v1/public-counts` answers of questions; `null` while a gateway reads its log. */
export const publicCountsSchema: z.ZodType<PublicCounts | null> = z
  .object({
    questions: z.object({ running: monthCountsSchema, months: z.array(monthEntry) }).nullable(),
  })
  .transform(({ questions }) => questions)

/** What `GET /v1/budgets` answers. */
export const budgetsSchema: z.ZodType<{ readonly budgets: readonly ShownBudget[] }> = z.object({
  budgets: z.array(
    z.object({
      population: z.string(),
      size: z.int(),
      year: z
        .object({
          fromMs: z.int(),
          untilMs: z.int(),
          microEpsilon: z.int(),
          spentMicroEpsilon: z.int(),
          charges: z.int(),
          log: z.string(),
          entry: z.int(),
        })
        .nullable(),
    }),
  ),
})

const category = z.enum(['ordinary', 'locating', 'special', 'criminal', 'migration'])

const domain = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('closed'),
    keys: z.array(z.union([z.boolean(), z.number(), z.string()])),
  }),
  z.object({ kind: z.literal('bounded'), min: z.number(), max: z.number() }),
  z.object({ kind: z.literal('open') }),
])

/** What `GET /v1/registers` answers, as agreements look at registers. */
export const registersSchema: z.ZodType<{ readonly registers: readonly DescribedRegister[] }> =
  z.object({
    registers: z.array(
      z
        .object({
          name: z.string(),
          category,
          scheme: z.string(),
          size: z.int(),
          elements: z.array(
            z.object({
              name: z.string(),
              type: z.enum(['boolean', 'integer', 'string', 'date']),
              category,
              domain,
            }),
          ),
        })
        .transform(({ scheme, size, ...rest }) => ({
          ...rest,
          subject: { scheme },
          population: { size },
        })),
    ),
  })

const signal = z.object({
  id: z.string(),
  kind: z.string(),
  side: z.enum(['provider', 'consumer']),
  consumer: z.string(),
  agreement: z.string().nullable(),
  official: z.string().nullable(),
  subject: z.string().nullable(),
  entryCount: z.int(),
  entries: z.array(z.object({ log: z.string(), index: z.int() })),
  window: z.object({ fromMs: z.int(), toMs: z.int() }),
  evidence: z.object({
    law: z.string(),
    observed: z.number(),
    expected: z.number(),
    threshold: z.number(),
  }),
  falseAlarmsPerYear: z.number(),
  madeAtMs: z.int(),
})

/** What `GET /v1/signals` answers. */
export const signalsSchema: z.ZodType<{ readonly signals: readonly ShownSignal[] }> = z.object({
  signals: z.array(
    z
      .object({
        entry: z.object({ log: z.string(), index: z.int() }),
        signal,
        decision: z
          .object({
            verdict: z.enum(signalVerdicts),
            by: z.string(),
            entry: z.int(),
            atMs: z.int(),
          })
          .nullable(),
      })
      .transform(({ entry, signal: found, decision }) => ({ ...found, place: entry, decision })),
  ),
})

/** What `GET /v1/emergencies` answers. */
export const emergenciesSchema: z.ZodType<{ readonly emergencies: readonly ShownEmergency[] }> =
  z.object({
    emergencies: z.array(
      z.object({
        consumer: z.string(),
        exchangeId: z.string(),
        agreement: z.string(),
        official: z.string(),
        atMs: z.int(),
        confirmed: z.boolean(),
        finding: z.enum(['justified', 'unjustified']).nullable(),
        reviewByMs: z.int().nullable(),
        suspends: z.boolean(),
        log: z.string(),
        entry: z.int(),
      }),
    ),
  })

/** What `GET /v1/identity-openings` answers. */
export const openingsSchema: z.ZodType<ShownOpenings> = z.object({
  opened: z.int(),
  most: z.int(),
  withinMs: z.int(),
})
