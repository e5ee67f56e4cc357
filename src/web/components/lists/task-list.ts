import { h } from 'preact'
import type { Markup } from '../../markup.ts'
import { Tag } from '../tag.ts'
import type { TagTone } from '../tag.ts'

/** One task: what to do, and how it stands. */
export interface TaskItem {
  /** Unique on the page. */
  readonly id: string
  readonly title: string
  readonly hint: string
  readonly href: string
  readonly status: string
  /** Without one the status is plain text: nothing is to be done. */
  readonly tone?: TagTone
}

function item({ id, title, hint, href, status, tone }: TaskItem): Markup {
  return h(
    'li',
    { class: 'govuk-task-list__item govuk-task-list__item--with-link' },
    h(
      'div',
      { class: 'govuk-task-list__name-and-hint' },
      h(
        'a',
        {
          class: 'govuk-link govuk-task-list__link',
          href,
          'aria-describedby': `${id}-hint ${id}-status`,
        },
        title,
      ),
      h('div', { id: `${id}-hint`, class: 'govuk-task-list__hint' }, hint),
    ),
    h(
      'div',
      { id: `${id}-status`, class: 'govuk-task-list__status' },
      tone === undefined ? status : h(Tag, { text: status, tone }),
    ),
  )
}

/** The design system's task list. */
export function TaskList({ items }: { items: readonly TaskItem[] }): Markup {
  return h('ul', { class: 'govuk-task-list' }, items.map(item))
}
