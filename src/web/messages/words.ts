import { Fragment, h } from 'preact'
import type { ComponentChildren } from 'preact'
import { IntlMessageFormat } from 'intl-messageformat'
import type { LocalText } from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'

/** The languages of the pages. */
export const languages = ['en', 'fr', 'es'] as const

/** One of {@link languages}. */
export type Language = (typeof languages)[number]

/** Every message there is. A language that lacks one does not compile, and fails the tests. */
export type MessageKey = keyof typeof en

/** One language's messages, in ICU MessageFormat. */
export type Catalogue = Readonly<Record<MessageKey, string>>

/** The messages by language. */
export const catalogues: Readonly<Record<Language, Catalogue>> = { en, fr, es }

/** What a message is filled with. */
export type MessageValues = Readonly<Record<string, string | number>>

/** Families of messages whose last part is an id from outside: a code, a purpose, an element. */
export type MessageFamily =
  | 'code'
  | 'next'
  | 'purpose'
  | 'law'
  | 'element'
  | 'outcome'
  | 'cap'
  | 'process'
  | 'disposal'
  | 'who'
  | 'tableCode'
  | 'notCovered'
  | 'statistic'
  | 'measure'
  | 'quantileSet'
  | 'budgetAccount'
  | 'method'
  | 'legalLine'
  | 'numberName'
  | 'deskProblem'
  | 'leg'
  | 'joinStop'
  | 'signer'
  | 'tableState'
  | 'reportAbout'
  | 'reportRule'
  | 'reportCode'
  | 'reportKind'
  | 'reportTitle'
  | 'reportLabel'
  | 'reportState'
  | 'reportCategory'
  | 'reportEntry'
  | 'reportSays'
  | 'agreementState'
  | 'agreementKind'
  | 'agreementEvent'
  | 'category'
  | 'valueType'
  | 'act'
  | 'actTitle'
  | 'actEffect'
  | 'officeCode'
  | 'member'
  | 'lint'
  | 'signal'
  | 'signalMeaning'
  | 'verdict'
  | 'verdictText'
  | 'keyUse'
  | 'adminAct'
  | 'ask'
  | 'keyState'
  | 'job'
  | 'gapKind'
  | 'gapStep'
  | 'reconcileFault'
  | 'inspectedSignal'
  | 'inspectedVerdict'
  | 'drawState'
  | 'drawFault'
  | 'requestKind'
  | 'requestGrant'
  | 'requestState'
  | 'requestLaw'
  | 'requestRefusal'
  | 'sort'

/** Speaks one language. Everything it returns is text to be escaped, or nodes. */
export interface Words {
  readonly language: Language
  /** A message as text. */
  t(key: MessageKey, values?: MessageValues): string
  /** A message whose `<strong>` and `<code>` become elements. */
  rich(key: MessageKey, values?: MessageValues): ComponentChildren
  /** A message in parts, where a value is more than text. */
  parts(
    key: MessageKey,
    values: Readonly<Record<string, string | number | Markup>>,
  ): readonly (string | Markup)[]
  /** The message `family.id`, else the id in readable form. */
  named(family: MessageFamily, id: string): string
  /** `undefined` when there is no message `family.id`. */
  find(family: MessageFamily, id: string): string | undefined
  /** Text that came in several languages; marked with its language when it is another. */
  local(text: LocalText): Markup | string
  /** The same as plain text, for titles and attributes. */
  plain(text: LocalText): string
  date(ms: number): string
  /** The year in which a moment lies, where the pages are. */
  year(ms: number): number
  /** The month in which a moment lies, with its year. */
  month(ms: number): string
  dateTime(ms: number): string
  /** How long, in the largest fitting unit: `12 s`, `4 min`. */
  duration(ms: number): string
  list(items: readonly string[]): string
  /** A number by its exact decimal text, as the language writes it; no float takes part. */
  exact(decimal: string): string
}

function isKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key)
}

const formats = new Map<string, IntlMessageFormat>()

function formatOf(language: Language, key: MessageKey): IntlMessageFormat {
  const name = `${language} ${key}`
  const held = formats.get(name)
  if (held !== undefined) return held
  const made = new IntlMessageFormat(catalogues[language][key], language)
  formats.set(name, made)
  return made
}

function element(tag: 'strong' | 'code'): (parts: ComponentChildren[]) => Markup {
  return (parts) => h(tag, tag === 'code' ? { class: 'app-code' } : null, parts)
}

const richElements = { strong: element('strong'), code: element('code') }

function readable(id: string): string {
  const words = id.replaceAll(/[_-]+/g, ' ').toLowerCase()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

function durationKey(ms: number): { key: MessageKey; n: number } {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 90) return { key: 'time.seconds', n: seconds }
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return { key: 'time.minutes', n: minutes }
  const hours = Math.round(minutes / 60)
  return hours < 48
    ? { key: 'time.hours', n: hours }
    : { key: 'time.days', n: Math.round(hours / 24) }
}

/** How dates are written: in English as most of Europe writes them. */
const dateLocales: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr', es: 'es' }

/** The words of one language, with dates in `timeZone`. */
export function wordsOf(language: Language, timeZone: string): Words {
  const locale = dateLocales[language]
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone })
  const dateTime = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  })
  const year = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone })
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone })
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const t = (key: MessageKey, values?: MessageValues): string =>
    String(formatOf(language, key).format<string>(values))
  const find = (family: MessageFamily, id: string): string | undefined => {
    const key = `${family}.${id}`
    return isKey(key) ? t(key) : undefined
  }
  return {
    language,
    t,
    find,
    rich: (key, values) => {
      const parts = formatOf(language, key).format<Markup>({ ...values, ...richElements })
      return h(Fragment, null, parts)
    },
    parts: (key, values) => [formatOf(language, key).format<Markup>(values)].flat(),
    named: (family, id) => find(family, id) ?? readable(id),
    plain: (text) => text[language] ?? text.en,
    local: (text) => text[language] ?? h('span', { lang: 'en' }, text.en),
    date: (ms) => date.format(ms),
    year: (ms) => Number(year.format(ms)),
    month: (ms) => month.format(ms),
    dateTime: (ms) => dateTime.format(ms),
    duration: (ms) => {
      const { key, n } = durationKey(ms)
      return t(key, { n })
    },
    list: (items) => list.format(items),
    exact: (decimal) => number.format(decimal as Intl.StringNumericLiteral),
  }
}

/** The language asked for: by address, else by cookie, else the browser's, else English. */
export function pickLanguage(asked: {
  readonly query: string | null
  readonly cookie: string | undefined
  readonly accept: string | undefined
}): Language {
  const accepted = (asked.accept ?? '').split(',').map((part) => part.trim().slice(0, 2))
  const wishes = [asked.query, asked.cookie, ...accepted]
  for (const wish of wishes) {
    const found = languages.find((language) => language === wish)
    if (found !== undefined) return found
  }
  return 'en'
}
