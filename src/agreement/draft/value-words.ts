import type { Json, JsonObject } from '../../bytes/index.ts'
import { dayMs } from '../calendar.ts'
import { dayBegin } from '../calendar-day.ts'
import { purposes } from '../purpose.ts'
import { quote } from './element-words.ts'
import { WordError } from './word-error.ts'

const purposeBase = 'https://cloison.eu/purpose/'

/** The last part of a purpose's IRI: what a draft says for it. */
export function purposeWord(iri: string): string {
  return iri.startsWith(purposeBase) ? iri.slice(purposeBase.length) : iri
}

/** A purpose by its word or its IRI, exactly. */
export function readPurpose(value: Json): Json {
  const found = purposes.find(({ iri }) => iri === value || purposeWord(iri) === value)
  if (found !== undefined) return found.iri
  const words = purposes.map(({ iri }) => purposeWord(iri)).join(', ')
  throw new WordError(`is not one of the purposes of the vocabulary: ${words}`)
}

/** A day `YYYY-MM-DD` as the moment of its begin, UTC. */
export function readFirstDay(value: Json): Json {
  const beginMs = typeof value === 'string' ? dayBegin(value) : undefined
  if (beginMs === undefined) throw new WordError('is no day: write one such as 2027-01-31')
  return beginMs
}

/** A day `YYYY-MM-DD` as the moment after its end, UTC. */
export function readLastDay(value: Json): Json {
  const beginMs = readFirstDay(value)
  return typeof beginMs === 'number' ? beginMs + dayMs : beginMs
}

/** A count of days: `90 days`, `1 day`, or the number. */
export function readDays(value: Json): Json {
  if (typeof value === 'number') return value
  const found = typeof value === 'string' ? /^(\d{1,5}) days?$/.exec(value.trim()) : null
  if (found === null) throw new WordError('is no number of days: write one such as "30 days"')
  return Number(found[1])
}

/** Presence: `revealed`, `hidden`, or `hidden for 80 ms`. */
export function readPresence(value: Json): Json {
  if (value === 'revealed') return { mode: 'revealed' }
  if (value === 'hidden') return { mode: 'hidden', releaseDelayMs: 80 }
  const found = typeof value === 'string' ? /^hidden for (\d{1,6}) ms$/.exec(value.trim()) : null
  if (found !== null) return { mode: 'hidden', releaseDelayMs: Number(found[1]) }
  throw new WordError('is unknown: write "hidden", "hidden for 80 ms" or "revealed"')
}

const preconditionForms =
  'write "identifier scheme demo-nin", "no placeholder" or "authenticated within 10 minutes"'

/** One precondition in words. */
export function readPrecondition(value: Json): JsonObject {
  const words = typeof value === 'string' ? value.trim() : ''
  if (words === 'no placeholder') return { kind: 'no-placeholder' }
  const scheme = /^identifier scheme ([a-z][a-z0-9-]{1,30})$/.exec(words)?.[1]
  if (scheme !== undefined) return { kind: 'identifier-scheme', scheme }
  const minutes = /^authenticated within (\d{1,2}) minutes$/.exec(words)?.[1]
  if (minutes !== undefined) return { kind: 'recent-authentication', seconds: Number(minutes) * 60 }
  const seconds = /^authenticated within (\d{1,3}) seconds$/.exec(words)?.[1]
  if (seconds !== undefined) return { kind: 'recent-authentication', seconds: Number(seconds) }
  throw new WordError(`${quote(words)} is no precondition: ${preconditionForms}`)
}

/** Epsilon as a number, in millionths: `0.1` is 100,000. */
export function readEpsilon(value: Json): Json {
  const micro = typeof value === 'number' ? Math.round(value * 1_000_000) : Number.NaN
  if (Number.isSafeInteger(micro) && micro > 0) return micro
  throw new WordError('is no privacy budget: write epsilon as a number such as 0.1')
}
