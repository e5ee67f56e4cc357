import { h } from 'preact'
import { choiceOf } from '../../choice.ts'
import { Button } from '../../components/button.ts'
import { Form } from '../../components/form.ts'
import type { Disclosure } from '../../demo-backend.ts'
import type { Markup } from '../../markup.ts'
import { nameOf } from '../../organisation-name.ts'
import type { PageContext } from '../../page-route.ts'
import { disclosureId } from '../requests/request-draft.ts'

/** Makes a complaint about one entry: a file, nothing is sent. */
export function ComplainAbout(props: {
  readonly context: PageContext
  readonly disclosure: Disclosure
}): Markup {
  const { context, disclosure } = props
  const { words, formToken, organisations } = context
  const organisation = nameOf(organisations, words)(disclosure.consumer)
  const entry = choiceOf(formToken, disclosureId(disclosure))
  return h(Form, {
    action: '/complaint',
    token: formToken,
    children: [
      h('input', { type: 'hidden', name: 'entry', value: entry }),
      h(Button, {
        text: words.t('complaint.about'),
        kind: 'secondary',
        hiddenText: words.t('request.beginAbout', { organisation }),
      }),
    ],
  })
}

/** What a person can take away of the whole list: in words, with proofs, and as a complaint. */
export function TakeAway({ context }: { readonly context: PageContext }): Markup {
  const { words, formToken } = context
  return h(
    'section',
    null,
    h('h2', { class: 'govuk-heading-m' }, words.t('disclosures.keep')),
    h('p', { class: 'govuk-body app-measure' }, words.t('disclosures.keepText')),
    h(
      'div',
      { class: 'govuk-button-group' },
      h(Button, { text: words.t('disclosures.download'), href: '/evidence.json' }),
      h(Button, { text: words.t('complaint.read'), href: '/list.html', kind: 'secondary' }),
    ),
    h('h2', { class: 'govuk-heading-m' }, words.t('complaint.heading')),
    h('p', { class: 'govuk-body app-measure' }, words.t('complaint.text')),
    h(Form, {
      action: '/complaint',
      token: formToken,
      children: h(Button, { text: words.t('complaint.all'), kind: 'secondary' }),
    }),
  )
}
