import * as z from 'zod'

import { RegisterError } from './register-error.ts'

/** What kind of data an element, or membership in a register, is. */
export type DataCategory = 'ordinary' | 'locating' | 'special' | 'criminal' | 'migration'

/** The type of an element's values. Integers are below 2^53; dates are texts `YYYY-MM-DD`. */
export type ElementType = 'boolean' | 'integer' | 'string' | 'date'

/** One value of a closed domain. */
export type DomainKey = boolean | number | string

/** What values an element can take, publicly. */
export type Domain =
  /** Exactly these, in this order in every table. */
  | { readonly kind: 'closed'; readonly keys: readonly DomainKey[] }
  /** Integers from `min` to `max`. */
  | { readonly kind: 'bounded'; readonly min: number; readonly max: number }
  | { readonly kind: 'open' }

/** One element of a register. */
export interface ElementDescription {
  /** What agreements and plans call it. */
  readonly name: string
  /** The column it stands in. */
  readonly column: string
  readonly type: ElementType
  /** The unit of an integer, as `EUR/month`; `null` where there is none. */
  readonly unit: string | null
  readonly category: DataCategory
  readonly domain: Domain
  /** For places: how fine they are; 0 is the coarsest level. */
  readonly geography?: number | undefined
}

/** What a register holds, publicly: no person, no value. Its changes are entries of the log. */
export interface RegisterDescription {
  readonly v: 1
  /** What agreements and plans call it. */
  readonly name: string
  /** What it says about a person to be in it. */
  readonly category: DataCategory
  /** The table, or for a file the name it is loaded under. */
  readonly table: string
  /** The column that names the subject, and the identifier scheme it is in. */
  readonly subject: { readonly column: string; readonly scheme: string }
  /** Whom it covers: their privacy budget is one, whichever register is asked. */
  readonly population: {
    readonly name: string
    /** Publicly expected number of people. */
    readonly size: number
  }
  /** There is at most one row about a person. */
  readonly rowsPerPerson: 1
  /** How often its tables are new ones: a question is released once for each; a month unless told. */
  readonly snapshot?: 'day' | 'month' | 'year' | undefined
  readonly elements: readonly ElementDescription[]
}

const name = z.string().regex(/^[a-z][A-Za-z0-9_-]{0,62}$/)
/** The form of every identifier that becomes part of a statement. */
const sqlName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/)
const category = z.enum(['ordinary', 'locating', 'special', 'criminal', 'migration'])
const key = z.union([z.boolean(), z.int(), z.string().min(1).max(100)])

const element = z.strictObject({
  name,
  column: sqlName,
  type: z.enum(['boolean', 'integer', 'string', 'date']),
  unit: z.string().min(1).max(30).nullable(),
  category,
  domain: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('closed'), keys: z.array(key).min(2).max(1000) }),
    z.strictObject({ kind: z.literal('bounded'), min: z.int(), max: z.int() }),
    z.strictObject({ kind: z.literal('open') }),
  ]),
  geography: z.int().min(0).max(9).optional(),
})

/** The closed schema of a {@link RegisterDescription}, with the rules that its fields keep together. */
export const registerDescriptionSchema: z.ZodType<RegisterDescription> = z
  .strictObject({
    v: z.literal(1),
    name,
    category,
    table: sqlName,
    subject: z.strictObject({
      column: sqlName,
      scheme: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
    }),
    population: z.strictObject({ name, size: z.int().min(1) }),
    rowsPerPerson: z.literal(1),
    snapshot: z.enum(['day', 'month', 'year']).optional(),
    elements: z.array(element).min(1).max(200),
  })
  .superRefine(({ elements, subject }, context) => {
    const fail = (path: (string | number)[], message: string): void => {
      context.addIssue({ code: 'custom', path, message })
    }
    if (hasTwice(elements.map((one) => one.name))) fail(['elements'], 'two have one name')
    for (const [index, one] of elements.entries()) {
      if (one.column.toLowerCase() === subject.column.toLowerCase()) {
        fail(['elements', index], 'the subject key is no element')
      }
      if (!domainFits(one)) fail(['elements', index, 'domain'], 'does not fit the type')
    }
  })

/**
 * Reads a description from parsed JSON or YAML.
 *
 * @throws {@link RegisterError} `DESCRIPTION_INVALID` naming every field that is wrong
 */
export function parseRegisterDescription(source: unknown): RegisterDescription {
  const parsed = registerDescriptionSchema.safeParse(source)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new RegisterError(
    'DESCRIPTION_INVALID',
    `not a register description: ${problems.join('; ')}`,
  )
}

/**
 * The description of an element.
 *
 * @throws {@link RegisterError} `ELEMENT_UNKNOWN`
 */
export function elementOf(description: RegisterDescription, name: string): ElementDescription {
  const found = description.elements.find((one) => one.name === name)
  if (found !== undefined) return found
  throw new RegisterError('ELEMENT_UNKNOWN', `the register ${description.name} has no such element`)
}

function domainFits({ type, domain }: ElementDescription): boolean {
  if (domain.kind === 'open') return true
  if (domain.kind === 'bounded') return type === 'integer' && domain.min <= domain.max
  return !hasTwice(domain.keys) && domain.keys.every((one) => isOfType(type, one))
}

/** Whether a value is one of an element's type. */
export function isOfType(type: ElementType, value: unknown): value is DomainKey {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return Number.isSafeInteger(value)
    case 'string':
      return typeof value === 'string'
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
  }
}

function hasTwice(values: readonly unknown[]): boolean {
  return new Set(values).size < values.length
}
