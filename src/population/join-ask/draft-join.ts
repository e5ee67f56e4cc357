import * as z from 'zod'
import { readMillionths } from '../millionths.ts'
import { PopulationError } from '../population-error.ts'
import { type JoinMeasure, type JoinQuestion, joinQuestionSchema } from '../join-query/index.ts'

/** One side of a question as people write it. */
export interface DraftJoinSide {
  readonly agreement: string
  readonly register?: string | undefined
  readonly where?: JoinQuestion['left']['where'] | undefined
  readonly by?: readonly string[] | undefined
}

/** A question over two registers as people write it: without versions, with epsilon as a decimal. */
export interface DraftJoin {
  readonly left: DraftJoinSide
  readonly right: DraftJoinSide
  readonly measure: JoinMeasure
  readonly microEpsilon: number
  readonly deltaExponent: number
}

/** Units of a person where a question does not say. */
const usualLevels = 4

const decimal = z
  .union([z.number(), z.string()], 'is a decimal above 0, such as 0.5')
  .transform((given) => readMillionths(String(given)))
  .refine((found) => found !== undefined && found > 0, 'is a decimal above 0, such as 0.5')
  .transform((found) => found ?? 0)

const place = z
  .string()
  .regex(/^(left|right)\.[a-z][a-z0-9_]*$/)
  .transform((text) => {
    const isLeft = text.startsWith('left.')
    const element = text.slice(text.indexOf('.') + 1)
    return { side: isLeft ? ('left' as const) : ('right' as const), element }
  })
const levels = z.int().min(1).max(16).optional()

const measureForms = z.union([
  z.literal('count').transform(() => ({ kind: 'count' as const })),
  z
    .strictObject({ sum: place, levels })
    .transform((one) => ({ kind: 'sum' as const, ...one.sum, levels: one.levels ?? usualLevels })),
  z.strictObject({ mean: place, levels }).transform((one) => ({
    kind: 'mean' as const,
    ...one.mean,
    levels: one.levels ?? usualLevels,
  })),
  z
    .strictObject({ quantiles: z.tuple([place, z.array(decimal)]) })
    .transform(({ quantiles: [of, ppm] }) => ({ kind: 'quantiles' as const, ...of, ppm })),
])

const measureWords =
  'is "count", {"sum": "right.rent"} or {"mean": "left.age"}, perhaps with "levels" from 1 to 16, or {"quantiles": ["left.age", [0.5]]}'
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

/** An unknown member is named by itself. */
function unknownMember(issue: z.core.$ZodRawIssue, members: string): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined
  return `has no "${issue.keys[0]?.slice(0, 40) ?? ''}"; its members are ${members}`
}

const side = z.strictObject(
  {
    agreement: z.string('is the id of an agreement'),
    register: z.string('is the name of a register').optional(),
    where: keyLists.optional(),
    by: z.array(z.string(), 'is a list of elements, such as ["need"]').optional(),
  },
  {
    error: (issue) =>
      unknownMember(issue, 'agreement, by, where and register') ??
      'is like {"agreement": "tax-joins", "by": ["band"]}',
  },
)

const draft: z.ZodType<DraftJoin> = z
  .strictObject({
    left: side,
    right: side,
    measure,
    epsilon: decimal,
    delta: z.string().regex(/^1e-(?:[6-9]|1[0-2])$/, 'is a power of ten, "1e-6" to "1e-12"'),
  })
  .transform(({ epsilon, delta, ...rest }) => ({
    ...rest,
    microEpsilon: epsilon,
    deltaExponent: Number(delta.slice('1e-'.length)),
  }))

/** A question to show how one is written. */
export const joinExample =
  '{"left": {"agreement": "tax-joins", "by": ["band"]}, "right": {"agreement": "housing-joins", "by": ["need"]}, "measure": "count", "epsilon": 0.5, "delta": "1e-7"}'

function malformed(path: readonly PropertyKey[], message: string): PopulationError {
  const detail = path.map(String).join('.')
  const where = detail === '' ? 'The question' : `The question's "${detail}"`
  return new PopulationError(
    'QUERY_MALFORMED',
    `${where}: ${message}. A question is like ${joinExample}.`,
    { detail },
  )
}

/**
 * Reads a question as people write it.
 *
 * @throws {@link PopulationError} `QUERY_MALFORMED`, with the first place that is wrong
 */
export function readDraftJoin(json: unknown): DraftJoin {
  const parsed = draft.safeParse(json, {
    error: (issue) => unknownMember(issue, 'left, right, measure, epsilon and delta'),
  })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw malformed(issue?.path ?? [], issue?.message ?? 'is of another form')
}

/** What an agreement adds to a side. */
export interface SideUnder {
  readonly version: number
  readonly register: string
}

/**
 * The whole question under both agreements.
 *
 * @throws {@link PopulationError} `QUERY_MALFORMED`
 */
export function completeJoin(
  given: DraftJoin,
  under: { readonly left: SideUnder; readonly right: SideUnder },
): JoinQuestion {
  const whole = (at: 'left' | 'right'): object => {
    const { agreement, register, where = {}, by = [] } = given[at]
    const { version, register: first } = under[at]
    return { agreement, version, register: register ?? first, where, by }
  }
  const parsed = joinQuestionSchema.safeParse({
    ...given,
    v: 1,
    left: whole('left'),
    right: whole('right'),
  })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw malformed(issue?.path ?? [], issue?.message ?? 'is of another form')
}
