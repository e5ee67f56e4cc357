import { h } from 'preact'
import { choiceOf } from '../../choice.ts'
import { Button } from '../../components/button.ts'
import { Form } from '../../components/form.ts'
import type { Disclosure } from '../../demo-backend.ts'
import type { Markup } from '../../markup.ts'
import { nameOf } from '../../organisation-name.ts'
import type { PageContext } from '../../page-route.ts'
import { disclosureId } from './request-draft.ts'

/** The way from one entry to a request about it; nothing where nobody takes any. */
export function BeginRequest(props: {
  context: PageContext
  disclosure: Disclosure
}): Markup | null {
  const { context, disclosure } = props
  const { words, formToken, organisations, backend } = context
  if (backend.requests === undefined) return null
  const organisation = nameOf(organisations, words)(disclosure.consumer)
  const entry = choiceOf(formToken, disclosureId(disclosure))
  return h(Form, {
    action: '/requests/about',
    token: formToken,
    children: [
      h('input', { type: 'hidden', name: 'entry', value: entry }),
      h(Button, {
        text: words.t('request.begin'),
        kind: 'secondary',
        hiddenText: words.t('request.beginAbout', { organisation }),
      }),
    ],
  })
}
