import type { Json, JsonObject } from '../../bytes/index.ts'
import { nearestKey } from '../nearest-key.ts'
import { readAsk } from './element-words.ts'
import { readDays, readEpsilon, readLastDay } from './value-words.ts'
import { WordError } from './word-error.ts'

const same = (value: Json): Json => value

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A mapping with exactly these keys, each read in its own way; an unknown one names the nearest. */
function mapping(
  value: Json,
  keys: Readonly<Record<string, readonly [member: string, read: (value: Json) => Json]>>,
): JsonObject {
  const names = Object.keys(keys)
  if (!isObject(value)) throw new WordError(`needs the keys ${names.join(', ')}`)
  const unknown = Object.keys(value).find((key) => !names.includes(key))
  if (unknown !== undefined) {
    const near = nearestKey(unknown, names) ?? ''
    throw new WordError(
      `has an unknown key ${JSON.stringify(unknown.slice(0, 40))}; did you mean "${near}"?`,
      [unknown],
    )
  }
  const missing = names.find((name) => isEmpty(value[name]))
  if (missing !== undefined) throw new WordError('has no value', [missing], true)
  return Object.fromEntries(
    Object.entries(keys).map(([name, [member, read]]) => [
      member,
      below([name], () => read(value[name] ?? null)),
    ]),
  )
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === ''
}

function below<Value>(place: readonly (string | number)[], read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof WordError)) throw cause
    throw new WordError(cause.message, [...place, ...cause.below], cause.missing)
  }
}

/** A list whose items are each read in one way. */
export function list(value: Json, read: (one: Json) => Json): Json {
  if (!isList(value))
    throw new WordError('is no list: write each item on a line of its own after "- "')
  return value.map((one, index) => below([index], () => read(one)))
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

const elementKeys = ['name', 'register', 'source', 'ask', 'category'] as const

/** One data element: its names, what is asked, its category. */
export function readElement(value: Json): Json {
  if (!isObject(value)) throw new WordError(`needs the keys ${elementKeys.join(', ')}`)
  const known: readonly string[] = elementKeys
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown !== undefined) {
    const near = nearestKey(unknown, elementKeys) ?? ''
    throw new WordError(
      `has an unknown key ${JSON.stringify(unknown.slice(0, 40))}; did you mean "${near}"?`,
      [unknown],
    )
  }
  const missing = elementKeys.find((key) => isEmpty(value[key]))
  if (missing !== undefined) throw new WordError('has no value', [missing], true)
  const { ask = null, ...rest } = value
  return { ...rest, ...readAsk(ask) }
}

/** `immediate`, or `withheld` with law, authority and last day. */
export function readNotice(value: Json): Json {
  if (value === 'immediate') return { kind: 'immediate' }
  if (!isObject(value) || !('withheld' in value) || Object.keys(value).length > 1) {
    throw new WordError(
      'is unknown: write "immediate", or "withheld:" with law, authority and until',
    )
  }
  const terms = below(['withheld'], () =>
    mapping(value['withheld'] ?? null, {
      law: ['law', same],
      authority: ['authority', same],
      until: ['untilMs', readLastDay],
    }),
  )
  return { kind: 'withheld', ...terms }
}

/** The case system; the three conditions on a case are fixed. */
export function readCaseSource(value: Json): Json {
  const issuer = mapping(value, { name: ['name', same], publicKey: ['publicKey', same] })
  return { issuer, officialAssigned: true, subjectIsParty: true, open: true }
}

/** How long answers are kept, and what happens then. */
export function readRetention(value: Json): Json {
  return mapping(value, { period: ['days', readDays], disposal: ['disposal', same] })
}

/** Epsilon of a question and of a year, and delta. */
export function readBudget(value: Json): Json {
  const delta = isObject(value) ? (value['deltaExponent'] ?? null) : null
  const { deltaExponent: _delta, ...rest } = isObject(value) ? value : {}
  const terms = mapping(rest, {
    perQuestionEpsilon: ['perQuestionMicroEpsilon', readEpsilon],
    perYearEpsilon: ['perYearMicroEpsilon', readEpsilon],
  })
  return { ...terms, deltaExponent: delta }
}

/** The other holder, the identifiers that both registers have, and who may audit. */
export function readJoin(value: Json): Json {
  return mapping(value, {
    with: ['with', same],
    keyspace: ['keyspace', same],
    inspector: ['inspector', same],
  })
}
