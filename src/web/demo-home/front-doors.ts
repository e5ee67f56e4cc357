import { h } from 'preact'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import type { PageContext } from '../page-route.ts'
import type { Site } from '../site.ts'

/** What the list of doors is made from. */
export interface FrontDoorsProps {
  readonly words: Words
  readonly siteUrl: PageContext['siteUrl']
  readonly nameOf: (organisation: string) => string
}

type DoorRole = Exclude<Site['role'], 'demo'>

/** Every role of the demo, and at which organisations it has something to do. */
const doors: readonly (readonly [
  role: DoorRole,
  organisations: readonly (string | undefined)[],
])[] = [
  ['caseworker', ['housing']],
  ['person', ['tax']],
  ['analyst', ['housing', 'social']],
  ['dpo', ['tax', 'social', 'housing']],
  ['inspector', ['inspector']],
  ['admin', ['tax', 'social', 'housing']],
  ['public', ['tax', 'social', 'housing']],
  ['verify', [undefined]],
]

function door(
  { words, siteUrl, nameOf }: FrontDoorsProps,
  role: DoorRole,
  organisations: readonly (string | undefined)[],
): Markup {
  const links = organisations.map((organisation) =>
    h(
      'li',
      { key: organisation ?? role },
      h(
        'a',
        { class: 'govuk-link', href: siteUrl({ role, organisation }) },
        organisation === undefined ? words.t('site.verify') : nameOf(organisation),
      ),
    ),
  )
  return h(
    'li',
    { class: 'app-door' },
    h('h3', { class: 'app-cheat__title' }, words.t(`door.${role}.title`)),
    h('p', { class: 'app-cheat__text' }, words.t(`door.${role}.text`)),
    h('ul', { class: 'govuk-list' }, links),
  )
}

/** One front door for each role: who it is for, what one can do there, and where it is. */
export function FrontDoors(props: FrontDoorsProps): Markup {
  return h(
    'ul',
    { class: 'app-grid app-grid--three' },
    doors.map(([role, organisations]) => door(props, role, organisations)),
  )
}
