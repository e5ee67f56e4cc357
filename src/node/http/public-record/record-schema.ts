import * as z from 'zod'
import { monthCountsSchema } from '../../../oversight/index.ts'

const place = { log: z.string(), entry: z.int().min(0) }
const time = z.int().min(0)

/** What `GET /v1/public-counts` answers. */
export const publicCountsSchema: z.ZodType = z.strictObject({
  questions: z
    .strictObject({
      running: monthCountsSchema,
      months: z.array(monthCountsSchema.and(z.object(place))),
    })
    .nullable()
    .optional(),
  emergencies: z.strictObject({
    used: z.int().min(0),
    confirmed: z.int().min(0),
    justified: z.int().min(0),
    unjustified: z.int().min(0),
  }),
  secrecyOrders: z.array(
    z.strictObject({
      agreement: z.string(),
      law: z.string(),
      authority: z.string(),
      issuedAtMs: time,
      untilMs: time,
      withheld: z.int().min(0),
      opened: z.boolean(),
      digest: z.string(),
      ...place,
    }),
  ),
})

/** What `GET /v1/agreements` answers: `agreement` is the signed document (`spec/agreement.md`). */
export const agreementsInForceSchema: z.ZodType = z.strictObject({
  organisation: z.string(),
  version: z.string(),
  timeLockMs: time,
  agreements: z.array(
    z.strictObject({
      digest: z.string(),
      agreement: z.record(z.string(), z.json()),
      countersigned: z.boolean(),
      standing: z.looseObject({ state: z.enum(['published', 'active', 'suspended']) }),
      events: z.array(z.record(z.string(), z.json())),
    }),
  ),
})

/** What `GET /v1/budgets` answers. */
export const publicBudgetsSchema: z.ZodType = z.strictObject({
  budgets: z.array(
    z.strictObject({
      population: z.string(),
      size: z.int().min(0),
      year: z
        .strictObject({
          fromMs: time,
          untilMs: time,
          microEpsilon: z.int().min(0),
          spentMicroEpsilon: z.int().min(0),
          charges: z.int().min(0),
          countersigned: z.boolean(),
          ...place,
        })
        .nullable(),
    }),
  ),
})
