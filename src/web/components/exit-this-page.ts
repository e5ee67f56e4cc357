import { h } from 'preact'
import type { Markup } from '../markup.ts'
import { Button } from './button.ts'

/** Words of the way out, some of them read out while it is used by keyboard. */
export interface ExitWords {
  readonly text: string
  readonly activated: string
  readonly timedOut: string
  readonly pressTwoMoreTimes: string
  readonly pressOneMoreTime: string
}

/**
 * The design system's way out for a person at risk. With scripts it covers the page at once and
 * answers to Shift pressed three times; without, it is a link.
 */
export function ExitThisPage({ words, href }: { words: ExitWords; href: string }): Markup {
  const button = h(Button, {
    text: words.text,
    kind: 'warning',
    href,
    classes: 'govuk-exit-this-page__button govuk-js-exit-this-page-button',
  })
  return h(
    'div',
    {
      class: 'govuk-exit-this-page',
      role: 'region',
      'aria-label': words.text,
      'data-module': 'govuk-exit-this-page',
      'data-i18n.activated': words.activated,
      'data-i18n.timed-out': words.timedOut,
      'data-i18n.press-two-more-times': words.pressTwoMoreTimes,
      'data-i18n.press-one-more-time': words.pressOneMoreTime,
    },
    button,
  )
}
