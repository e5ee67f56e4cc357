import * as z from 'zod'
import { type PopulationQuery, populationQuerySchema } from '../query/index.ts'
import { readMillionths } from '../millionths.ts'
import { PopulationError } from '../population-error.ts'

/** A query as people write it: without what the agreement says, with epsilon as a decimal. */
export type DraftQuery = {
  readonly register?: string | undefined
  readonly where?: PopulationQuery['where'] | undefined
  readonly by?: readonly string[] | undefined
  readonly measure: PopulationQuery['measure']
  readonly microEpsilon: number
  readonly deltaExponent: number | null
}

const decimal = z
  .union([z.number(), z.string()], 'is a decimal above 0, such as 0.1')
  .transform((given) => readMillionths(String(given)))
  .refine((found) => found !== undefined && found > 0, 'is a decimal above 0, such as 0.1')
  .transform((found) => found ?? 0)

/** `"count"`, `{"mean": "age"}` or `{"quantiles": ["age", [0.25, 0.5]]}`, and the full form. */
const measureForms = z.union([
  z.literal('count').transform(() => ({ kind: 'count' as const })),
  z
    .strictObject({ sum: z.string() })
    .transform(({ sum: element }) => ({ kind: 'sum' as const, element })),
  z
    .strictObject({ mean: z.string() })
    .transform(({ mean: element }) => ({ kind: 'mean' as const, element })),
  z
    .strictObject({ variance: z.string() })
    .transform(({ variance: element }) => ({ kind: 'variance' as const, element })),
  z
    .strictObject({ quantiles: z.tuple([z.string(), z.array(decimal)]) })
    .transform(({ quantiles: [element, ppm] }) => ({ kind: 'quantiles' as const, element, ppm })),
])

const measureWords =
  'is "count", {"sum": …}, {"mean": …} or {"variance": …} of an element, or {"quantiles": ["age", [0.25, 0.5]]}'
const measure = z.unknown().transform((given, context) => {
  const read = measureForms.safeParse(given)
  if (read.success) return read.data
  context.addIssue(measureWords)
  return z.NEVER
})

const keyLists = z.record(
  z.string(),
  z.array(z.union([z.boolean(), z.int(), z.string()]), 'is a list of keys, such as ["Female"]'),
  'has a list of keys for each element, such as {"sex": ["Female"]}',
)

const draft = z.strictObject({
  register: z.string('is the name of a register').optional(),
  where: keyLists.optional(),
  by: z.array(z.string(), 'is a list of elements, such as ["sex"]').optional(),
  measure,
  epsilon: decimal,
  delta: z
    .string()
    .regex(/^1e-(?:[6-9]|1[0-5])$/, 'is a power of ten, "1e-6" to "1e-15"')
    .optional(),
})

const example =
  '{"by": ["sex"], "measure": "count", "epsilon": 0.1} or {"measure": {"mean": "age"}, …}'

function malformed(path: readonly PropertyKey[], message: string): PopulationError {
  const detail = path.map(String).join('.')
  const where = detail === '' ? 'The query' : `The query's "${detail}"`
  return new PopulationError(
    'QUERY_MALFORMED',
    `${where}: ${message}. A query is like ${example}.`,
    {
      detail,
    },
  )
}

/** An unknown member is named by itself. */
function draftError(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined
  return `has no "${issue.keys[0]?.slice(0, 40) ?? ''}"; its members are by, where, measure, epsilon, delta and register`
}

/**
 * Reads a query as people write it.
 *
 * @throws {@link PopulationError} `QUERY_MALFORMED`, with the first place that is wrong
 */
export function readDraftQuery(json: unknown): DraftQuery {
  const parsed = draft.safeParse(json, { error: draftError })
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw malformed(issue?.path ?? [], issue?.message ?? 'is of another form')
  }
  const { epsilon, delta, ...rest } = parsed.data
  return {
    ...rest,
    microEpsilon: epsilon,
    deltaExponent: delta === undefined ? null : Number(delta.slice('1e-'.length)),
  }
}

/**
 * The whole query under an agreement.
 *
 * @throws {@link PopulationError} `QUERY_MALFORMED`
 */
export function completeQuery(
  { register, where = {}, by = [], ...rest }: DraftQuery,
  under: { readonly agreement: string; readonly version: number; readonly register: string },
): PopulationQuery {
  const parsed = populationQuerySchema.safeParse({
    v: 1,
    agreement: under.agreement,
    version: under.version,
    registers: [register ?? under.register],
    where,
    by,
    ...rest,
  })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw malformed(issue?.path ?? [], issue?.message ?? 'is of another form')
}
