import * as z from 'zod'

import { ELEMENT_NAME } from '../protocol/index.ts'
import { closedObject } from './closed-object.ts'
import { problemSentences } from './problem-sentences.ts'

/** What kind of data an element, or membership in a register, is (GDPR 9 and 10, migration status). */
export const elementCategories = [
  'ordinary',
  'locating',
  'special',
  'criminal',
  'migration',
] as const

/** How sensitive an element is; see {@link isProtected}. `locating`: address, telephone, employer. */
export type ElementCategory = (typeof elementCategories)[number]

/**
 * The question that a predicate puts to the register's value, its threshold fixed in the agreement.
 * Integers compare as numbers; texts with `lt`, `le`, `ge` and `gt` are dates `YYYY-MM-DD`.
 * `equals-supplied` compares with what the question supplies, and has no threshold.
 */
export type Predicate =
  | { readonly op: 'lt' | 'le' | 'eq' | 'ge' | 'gt'; readonly threshold: number | string }
  | { readonly op: 'in'; readonly threshold: readonly number[] | readonly string[] }
  | { readonly op: 'equals-supplied'; readonly threshold: null }

/** One thing that may be asked under an agreement. */
export type DataElement = {
  /** What questions call it; unique in the agreement. */
  readonly name: string
  /** The provider's register it is answered from. */
  readonly register: string
  /** The register's element it is answered from. */
  readonly source: string
  readonly answerType: 'attribute' | 'predicate'
  /** `null` exactly for an attribute. */
  readonly predicate: Predicate | null
  readonly category: ElementCategory
}

/** The form of names that a register's description gives to itself and its elements. */
const registerName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_-]{0,62}$/, problemSentences['problemSays.register-name'])

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, problemSentences['problemSays.day'])
const value = z.string().min(1).max(100)
const integer = z.int()

const predicate = z.discriminatedUnion('op', [
  closedObject({ op: z.enum(['lt', 'le', 'ge', 'gt']), threshold: z.union([integer, day]) }),
  closedObject({ op: z.literal('eq'), threshold: z.union([integer, value]) }),
  closedObject({
    op: z.literal('in'),
    threshold: z.union([z.array(integer).min(1).max(50), z.array(value).min(1).max(50)]),
  }),
  closedObject({ op: z.literal('equals-supplied'), threshold: z.null() }),
])

/** The closed schema of a {@link DataElement}; what its fields mean together, the agreement's rules say. */
export const dataElementSchema: z.ZodType<DataElement> = closedObject({
  name: z.string().regex(ELEMENT_NAME, problemSentences['problemSays.element-name']),
  register: registerName,
  source: registerName,
  answerType: z.enum(['attribute', 'predicate']),
  predicate: predicate.nullable(),
  category: z.enum(elementCategories),
})

/** Whether nobody may ask it without the person's own consent, in whatever form. */
export function isProtected(category: ElementCategory): boolean {
  return category === 'special' || category === 'criminal' || category === 'migration'
}

/** Whether this element is answered only with the person's consent to this one question. */
export function needsConsent(element: DataElement): boolean {
  if (isProtected(element.category)) return true
  return element.category === 'locating' && element.predicate?.op !== 'equals-supplied'
}

/** The category of an element in a register: membership in a protected register is itself protected. */
export function effectiveCategory(
  register: ElementCategory,
  element: ElementCategory,
): ElementCategory {
  if (isProtected(element)) return element
  if (isProtected(register)) return register
  return element === 'locating' ? element : register
}

/** Whether an agreement's category is at least as guarded as what the register's description says. */
export function coversCategory(agreed: ElementCategory, described: ElementCategory): boolean {
  if (isProtected(described)) return isProtected(agreed)
  return described === 'ordinary' || agreed !== 'ordinary'
}

/** Whether it compares where someone can be found with a supplied value: one try a case. */
export function comparesLocating({ category, predicate }: DataElement): boolean {
  return category === 'locating' && predicate?.op === 'equals-supplied'
}
