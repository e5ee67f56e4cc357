import { parseDictionary } from 'structured-headers'
import type { InnerList, Item } from 'structured-headers'

/** Longer Signature and Signature-Input fields are refused unread. */
const MAX_FIELD_LENGTH = 8192

/** One member of a dictionary field: what it says and how it is written, name and all. */
export interface DictionaryMember {
  readonly value: Item | InnerList
  readonly text: string
}

/**
 * Finds one member of a structured dictionary (RFC 9651, section 3.2), among members of others that
 * neither help nor harm. `undefined` when the field is no dictionary, or has the member not at all or
 * twice (a parser alone would keep the last silently).
 */
export function dictionaryMember(field: string, name: string): DictionaryMember | undefined {
  if (field.length > MAX_FIELD_LENGTH) return undefined
  let value: Item | InnerList | undefined
  try {
    value = parseDictionary(field).get(name)
  } catch {
    return undefined
  }
  const [text, another] = memberTexts(field).filter((member) => keyOf(member) === name)
  if (value === undefined || text === undefined || another !== undefined) return undefined
  return { value, text }
}

/** The texts of the members of a field that parses as a dictionary: it is cut at top-level commas. */
function memberTexts(field: string): string[] {
  if (!field.includes(',')) return [field.trim()]
  // Commas stand only between members and in strings; those are blanked out, length kept.
  const blanked = field.replaceAll(/%"[^"]*"|"(?:[^"\\]|\\.)*"/g, (text) => '_'.repeat(text.length))
  const texts: string[] = []
  let from = 0
  for (const part of blanked.split(',')) {
    texts.push(field.slice(from, from + part.length).trim())
    from += part.length + 1
  }
  return texts
}

function keyOf(member: string): string {
  return member.split(/[=;]/, 1)[0] ?? ''
}
