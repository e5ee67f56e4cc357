import type { Json, JsonObject } from '../../bytes/index.ts'
import { dayBegin } from '../calendar-day.ts'
import type { DataElement, Predicate } from '../data-element.ts'
import { WordError } from './word-error.ts'

const forms =
  'write "value", "below 24000", "at most 3", "at least 18", "above 2001-12-31", "equals A2", "one of A, B" or "equals the supplied value"'

const comparisons: readonly (readonly [words: string, op: Predicate['op']])[] = [
  ['below', 'lt'],
  ['at most', 'le'],
  ['at least', 'ge'],
  ['above', 'gt'],
]

/** Reads what is asked of an element: `answerType` and `predicate` of the agreement. */
export function readAsk(value: Json): JsonObject {
  if (value === 'value') return { answerType: 'attribute', predicate: null }
  if (isObject(value)) return { answerType: 'predicate', predicate: value }
  if (typeof value !== 'string') throw new WordError(`is no question: ${forms}`, ['ask'])
  return { answerType: 'predicate', predicate: readPredicate(value.trim()) }
}

function readPredicate(words: string): JsonObject {
  if (words === 'equals the supplied value') return { op: 'equals-supplied', threshold: null }
  for (const [prefix, op] of comparisons) {
    if (words.startsWith(`${prefix} `)) return { op, threshold: readLimit(words, prefix) }
  }
  if (words.startsWith('equals ')) return { op: 'eq', threshold: readThreshold(words.slice(7)) }
  if (words.startsWith('one of ')) return { op: 'in', threshold: readList(words.slice(7)) }
  throw new WordError(`${quote(words)} is no question: ${forms}`, ['ask'])
}

function readLimit(words: string, prefix: string): number | string {
  const limit = readThreshold(words.slice(prefix.length + 1))
  if (typeof limit === 'number' || dayBegin(limit) !== undefined) return limit
  throw new WordError(`"${prefix}" needs a whole number or a date such as 2027-01-31`, ['ask'])
}

function readThreshold(words: string): number | string {
  const text = words.trim()
  if (text === '') throw new WordError(`says nothing to compare with: ${forms}`, ['ask'])
  const grouped = /^-?\d{1,3}(?:[ _]\d{3})+$/.test(text) ? text.replaceAll(/[ _]/g, '') : text
  return /^-?(?:0|[1-9]\d{0,15})$/.test(grouped) ? Number(grouped) : text
}

function readList(words: string): Json {
  const values = words.split(',').map((one) => readThreshold(one))
  const numbers = values.filter((one) => typeof one === 'number')
  return numbers.length === values.length ? numbers : values.map(String)
}

/** What a draft says for the question of an element; the inverse of {@link readAsk} where words exist. */
export function askWords({ predicate }: Pick<DataElement, 'predicate'>): Json {
  if (predicate === null) return 'value'
  const words = wordsOf(predicate)
  const read = safelyRead(words)
  return JSON.stringify(read) === JSON.stringify(predicate) ? words : { ...predicate }
}

/** The question of a predicate as a page or a terminal says it. */
export function wordsOf({ op, threshold }: Predicate): string {
  if (op === 'equals-supplied') return 'equals the supplied value'
  if (op === 'in') return `one of ${threshold.join(', ')}`
  const words = comparisons.find(([, known]) => known === op)?.[0] ?? 'equals'
  return `${words} ${threshold}`
}

function safelyRead(words: string): Json {
  try {
    return readPredicate(words)
  } catch (cause) {
    if (cause instanceof WordError) return null
    throw cause
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as a message may quote it: in quotes, short. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text)
}
