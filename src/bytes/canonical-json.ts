import canonicalize from 'canonicalize'

import { BytesError } from './bytes-error.ts'
import type { Json, JsonObject } from './json.ts'
import { decodeUtf8, utf8 } from './utf8.ts'

/** Bounds on a text that is read; see {@link readCanonicalJson}. */
export interface JsonLimits {
  /** Most bytes of the text; 65,536 unless told. */
  readonly maxBytes?: number
  /** Most arrays and objects inside one another; 16 unless told. `[]` has depth 1. */
  readonly maxDepth?: number
}

/**
 * The one canonical text of a JSON value (RFC 8785): members sorted by UTF-16 code units, no white
 * space, numbers as ECMAScript writes them.
 *
 * @throws {@link BytesError} `JSON_INVALID` for a lone surrogate, NaN or an infinity, which no JSON
 * text expresses
 */
export function canonicalJson(value: Json): string {
  const sorted = sortedCopy(value)
  if (sorted !== undefined) return JSON.stringify(sorted)
  let text: string | undefined
  try {
    text = canonicalize(value)
  } catch (cause) {
    throw new BytesError('JSON_INVALID', 'the value has no canonical JSON text', { cause })
  }
  if (text === undefined) throw new TypeError('value is not JSON')
  return text
}

/**
 * The value with all members in order, for which ECMAScript's own serialization, several times as
 * fast, is the canonical one; `undefined` for what only the serializer knows how to write or refuse:
 * numbers that are none, lone surrogates, and names that an object would sort or take for its own.
 */
function sortedCopy(value: Json): Json | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? value : undefined
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'boolean' || value === null) return value
  if (typeof value !== 'object') return undefined
  return isList(value) ? sortedItems(value) : sortedMembers(value)
}

function isList(value: JsonObject | readonly Json[]): value is readonly Json[] {
  return Array.isArray(value)
}

function sortedItems(items: readonly Json[]): Json | undefined {
  const copy: Json[] = []
  for (const item of items) {
    const sorted = sortedCopy(item)
    if (sorted === undefined) return undefined
    copy.push(sorted)
  }
  return copy
}

const REFUSED_NAME = /^(?:[0-9]|__proto__$|toJSON$)/

function sortedMembers(object: JsonObject): Json | undefined {
  const copy: Record<string, Json> = {}
  for (const name of Object.keys(object).sort()) {
    const member = object[name]
    const sorted =
      member === undefined || REFUSED_NAME.test(name) || !name.isWellFormed()
        ? undefined
        : sortedCopy(member)
    if (sorted === undefined) return undefined
    copy[name] = sorted
  }
  return copy
}

/** The UTF-8 bytes of {@link canonicalJson}. */
export function canonicalBytes(value: Json): Uint8Array {
  return utf8(canonicalJson(value))
}

/**
 * The gate that all JSON from outside passes. The bytes must be exactly the canonical form of what
 * they say, so every reader sees the same value and a digest of the bytes is a digest of the value.
 * Refuses what is longer or deeper than the limits, strings and member names that are not in Unicode
 * NFC, and members named `__proto__`. Never repairs.
 *
 * @throws {@link BytesError} `TOO_LARGE`, `UTF8_INVALID`, `JSON_INVALID`, `TOO_DEEP`, `KEY_REFUSED`,
 * `NOT_CANONICAL`, `NOT_NFC`
 */
export function readCanonicalJson(bytes: Uint8Array, limits: JsonLimits = {}): Json {
  const { maxBytes = 65_536, maxDepth = 16 } = limits
  if (bytes.length > maxBytes) {
    throw new BytesError('TOO_LARGE', `longer than ${maxBytes} bytes`)
  }
  const text = decodeUtf8(bytes)
  if (nestsDeeper(text, maxDepth)) throw new BytesError('TOO_DEEP', 'nested too deeply')
  const value = parse(text)
  const sorted = inspect(value, { ascii: text.length === bytes.length })
  if (!isCanonical(text, value, sorted)) {
    throw new BytesError('NOT_CANONICAL', 'not the canonical form (RFC 8785) of what it says')
  }
  return value
}

/**
 * Whether a text opens more brackets inside one another than allowed. Looked at before the parser,
 * which would make an array of every bracket: 64 KiB of them take it some 100 MiB.
 */
function nestsDeeper(text: string, maxDepth: number): boolean {
  let depth = 0
  for (let at = 0; at < text.length && depth <= maxDepth; at += 1) {
    const character = text[at]
    if (character === '"') at = endOfString(text, at)
    else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
  }
  return depth > maxDepth
}

/** Where the string that begins at `start` ends; the end of the text for one that does not. */
function endOfString(text: string, start: number): number {
  let end = start
  do end = text.indexOf('"', end + 1)
  while (end > 0 && isEscaped(text, end))
  return end > 0 ? end : text.length
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text[at - 1 - backslashes] === '\\') backslashes += 1
  return backslashes % 2 === 1
}

/** What the parser returns is JSON: its declared type says less. */
const parseJson: (text: string) => Json = JSON.parse

function parse(text: string): Json {
  try {
    return parseJson(text)
  } catch {
    // The parser's message quotes the text, which may be about a person: it is not kept as a cause.
    throw new BytesError('JSON_INVALID', 'not JSON')
  }
}

interface Rules {
  /** The whole text is ASCII, hence every string in it is in NFC. Escapes cannot undo that: a
   * canonical text escapes nothing above U+001F, and other texts are refused. */
  readonly ascii: boolean
}

/** Refuses names and strings by the rules; says whether all members are in sorted order. */
function inspect(value: Json, rules: Rules): boolean {
  if (typeof value === 'string') checkString(value, rules)
  if (typeof value !== 'object' || value === null) return true
  return Array.isArray(value) ? inspectItems(value, rules) : inspectMembers(value, rules)
}

function inspectItems(items: readonly Json[], rules: Rules): boolean {
  let sorted = true
  for (const item of items) sorted = inspect(item, rules) && sorted
  return sorted
}

function inspectMembers(object: JsonObject | readonly Json[], rules: Rules): boolean {
  let sorted = true
  let before: string | undefined
  for (const [name, member] of Object.entries<Json>(object)) {
    if (name === '__proto__') throw new BytesError('KEY_REFUSED', 'a member has a refused name')
    checkString(name, rules)
    if (before !== undefined && name < before) sorted = false
    before = name
    sorted = inspect(member, rules) && sorted
  }
  return sorted
}

function checkString(text: string, rules: Rules): void {
  if (!rules.ascii && text.normalize('NFC') !== text) {
    throw new BytesError('NOT_NFC', 'a string is not in Unicode Normalization Form C')
  }
}

/**
 * Whether `text`, which parsed to `value`, is its canonical form. ECMAScript's own serialization is
 * that form when members are sorted and no string has a lone surrogate, and is much faster; whatever
 * it does not confirm (integer-like names come back in numeric order) the serializer decides.
 */
function isCanonical(text: string, value: Json, sorted: boolean): boolean {
  const surrogateEscaped = text.includes('\\ud')
  if (sorted && !surrogateEscaped && JSON.stringify(value) === text) return true
  try {
    return canonicalJson(value) === text
  } catch {
    return false
  }
}
