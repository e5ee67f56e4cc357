import * as z from 'zod'
import { type LintSentence, lintSentences } from '../../agreement/index.ts'
import type { EntryPlace } from '../../log/index.ts'
import type { Said } from '../../sentences/index.ts'

/** What a figure counts. */
export type FigureUnit = 'count' | 'people' | 'days' | 'months' | 'micro-epsilon'

/**
 * Where a figure comes from: public entries, which it lists; exchange entries, which the organisation has
 * counted and an inspector counts again; a signed agreement; a person's own chain.
 */
export type FigureRule = 'entries' | 'exchanges' | 'agreement' | 'chain'

/** A number, and what it is counted from. */
export interface Figure {
  readonly is: 'figure'
  readonly value: number
  readonly unit: FigureUnit
  readonly rule: FigureRule
  /** The entries that it was counted from; empty where the rule is another. */
  readonly entries: readonly EntryPlace[]
}

/** Families of words that have an id in every language. */
const termFamilies = [
  'purpose',
  'law',
  'element',
  'outcome',
  'code',
  'disposal',
  'state',
  'category',
  'sentence',
  'kind',
  'citation',
] as const

/** One of the families. */
export type TermFamily = (typeof termFamilies)[number]

/** One thing that a report says, in no language. */
export type ReportValue =
  | Figure
  /** As it was signed or recorded, in whatever language. */
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'term'; readonly family: TermFamily; readonly id: string }
  /** What the lint says of an agreement. */
  | ({ readonly is: 'said' } & Said<LintSentence>)
  /** Milliseconds since the epoch. */
  | { readonly is: 'time'; readonly atMs: number }
  | { readonly is: 'day'; readonly atMs: number }
  /** With name and postal address as the directory has them; without where it has no record. */
  | {
      readonly is: 'organisation'
      readonly id: string
      readonly name: string | null
      readonly address: readonly string[]
    }
  | ({ readonly is: 'entry' } & EntryPlace)
  | { readonly is: 'list'; readonly items: readonly ReportValue[] }
  | { readonly is: 'none' }

/** One named fact. */
export interface ReportFact {
  /** Id of its label. */
  readonly label: string
  /** The provision that asks for it, where one does. */
  readonly law: string | null
  readonly value: ReportValue
}

/** Rows of values under named columns. */
export interface ReportTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly ReportValue[])[]
}

/** A part of a report. */
export interface ReportSection {
  /** Id of its title. */
  readonly title: string
  /** What it is about where several have one title: an agreement, a month. */
  readonly of: string | null
  readonly facts: readonly ReportFact[]
  readonly table: ReportTable | null
}

/** All that a report says, in no language: what is computed from its evidence, and computed again. */
export interface ReportContent {
  readonly laws: readonly string[]
  readonly sections: readonly ReportSection[]
}

/** A figure of public entries: their number. */
export function figureOf(entries: readonly EntryPlace[]): Figure {
  const places = entries.map(({ origin, index }) => ({ origin, index }))
  return { is: 'figure', value: entries.length, unit: 'count', rule: 'entries', entries: places }
}

/** A figure of exchange entries. */
export function countOf(value: number): Figure {
  return { is: 'figure', value, unit: 'count', rule: 'exchanges', entries: [] }
}

/** A number that an agreement says. */
export function agreedNumber(value: number, unit: FigureUnit): Figure {
  return { is: 'figure', value, unit, rule: 'agreement', entries: [] }
}

/** A number of entries in a person's own chain. */
export function chainCount(value: number): Figure {
  return { is: 'figure', value, unit: 'count', rule: 'chain', entries: [] }
}

/** Words as they stand in a document. */
export function textValue(text: string): ReportValue {
  return { is: 'text', text }
}

/** A word with an id. */
export function termValue(family: TermFamily, id: string): ReportValue {
  return { is: 'term', family, id }
}

/** What the lint says. */
export function saidValue({ id, values }: Said<LintSentence>): ReportValue {
  return { is: 'said', id, values }
}

/** Several values. */
export function listValue(items: readonly ReportValue[]): ReportValue {
  return items.length === 0 ? { is: 'none' } : { is: 'list', items }
}

/** A fact, with the provision that asks for it. */
export function fact(label: string, value: ReportValue, law: string | null = null): ReportFact {
  return { label, law, value }
}

/** A section without a table. */
export function factsSection(
  title: string,
  facts: readonly ReportFact[],
  of: string | null = null,
): ReportSection {
  return { title, of, facts, table: null }
}

const place = { origin: z.string(), index: z.int().nonnegative() }
const at = { atMs: z.number() }

function isLintSentence(id: unknown): id is LintSentence {
  return typeof id === 'string' && Object.hasOwn(lintSentences, id)
}

const value: z.ZodType<ReportValue> = z.lazy(() =>
  z.discriminatedUnion('is', [
    z.strictObject({
      is: z.literal('figure'),
      value: z.number(),
      unit: z.enum(['count', 'people', 'days', 'months', 'micro-epsilon']),
      rule: z.enum(['entries', 'exchanges', 'agreement', 'chain']),
      entries: z.array(z.strictObject(place)),
    }),
    z.strictObject({ is: z.literal('text'), text: z.string() }),
    z.strictObject({ is: z.literal('term'), family: z.enum(termFamilies), id: z.string() }),
    z.strictObject({
      is: z.literal('said'),
      id: z.custom<LintSentence>(isLintSentence),
      values: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
    z.strictObject({ is: z.literal('time'), ...at }),
    z.strictObject({ is: z.literal('day'), ...at }),
    z.strictObject({
      is: z.literal('organisation'),
      id: z.string(),
      name: z.string().nullable(),
      address: z.array(z.string()),
    }),
    z.strictObject({ is: z.literal('entry'), ...place }),
    z.strictObject({ is: z.literal('list'), items: z.array(value) }),
    z.strictObject({ is: z.literal('none') }),
  ]),
)

/** Accepts a {@link ReportContent}, by its shape alone. */
export const reportContentSchema: z.ZodType<ReportContent> = z.strictObject({
  laws: z.array(z.string()),
  sections: z.array(
    z.strictObject({
      title: z.string(),
      of: z.string().nullable(),
      facts: z.array(z.strictObject({ label: z.string(), law: z.string().nullable(), value })),
      table: z
        .strictObject({ columns: z.array(z.string()), rows: z.array(z.array(value)) })
        .nullable(),
    }),
  ),
})
