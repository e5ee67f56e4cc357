import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { dayBegin } from '../../agreement/index.ts'
import type { Said, SaidValue } from '../../sentences/index.ts'
import type { Markup } from '../markup.ts'
import { type MessageFamily, type MessageKey, type Words, wordsOf } from './words.ts'

/** Holes that are filled with an id of a vocabulary, and the family that has its words. */
const holeFamilies: Readonly<Record<string, MessageFamily>> = {
  element: 'element',
  category: 'category',
}

/** A calendar day, which is one in UTC, as this language writes it; any other text as it is. */
function dayOr(words: Words, text: string): string {
  const beginMs = /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayBegin(text) : undefined
  return beginMs === undefined ? text : wordsOf(words.language, 'UTC').date(beginMs)
}

/** A value as this language writes it. */
function shownText(words: Words, hole: string, value: SaidValue): SaidValue {
  if (typeof value === 'number') return value
  const family = holeFamilies[hole]
  return family === undefined ? dayOr(words, value) : (words.find(family, value) ?? value)
}

/** The same on a page: `said` is what a program said itself, always in English; `command` is typed. */
function shown(words: Words, hole: string, value: SaidValue): SaidValue | Markup {
  if (hole === 'said') return h('span', { lang: 'en' }, value)
  if (hole === 'command') return h('code', { class: 'app-code app-anywhere' }, value)
  return shownText(words, hole, value)
}

const plainWord = /^\p{Ll}[\p{Ll}’]*[ ,:]/u
const ended = /[.!?][”"»]?$/

/** With a capital, unless it begins with a name or a command. */
function begun(text: string): string {
  return plainWord.test(text) ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : text
}

/** What ends it as a sentence: nothing after a command, and after what has ended already. */
function stop(part: string | Markup | undefined, { values }: Said): string {
  const text = typeof part === 'string' ? part : values['said']
  return text === undefined || ended.test(String(text)) ? '' : '.'
}

/**
 * What is said as a sentence of the page, in its language. What a program or another gateway said itself is in
 * English, and marked so.
 */
export function saying(words: Words, said: Said<MessageKey>): ComponentChildren {
  const values = Object.entries(said.values).map(
    ([hole, value]) => [hole, shown(words, hole, value)] as const,
  )
  const parts = words.parts(said.id, Object.fromEntries(values))
  const [first] = parts
  const opening = typeof first === 'string' ? begun(first) : first
  return [opening, ...parts.slice(1), stop(parts.at(-1), said)]
}

/** The same as plain text, for a terminal. */
export function sayingText(words: Words, said: Said<MessageKey>): string {
  const values = Object.entries(said.values).map(
    ([hole, value]) => [hole, shownText(words, hole, value)] as const,
  )
  const text = words.t(said.id, Object.fromEntries(values))
  return `${begun(text)}${stop(text, said)}`
}
