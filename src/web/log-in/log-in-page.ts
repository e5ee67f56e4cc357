import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Button } from '../components/button.ts'
import { ErrorSummary } from '../components/error-summary.ts'
import { Form } from '../components/form.ts'
import { Radios } from '../components/radios.ts'
import type { LocalText } from '../demo-backend.ts'
import { renderDocument } from '../layout/document.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import { securityHeaders } from '../security-headers.ts'
import type { SignInRole } from '../sign-in/identity-port.ts'

/** Somebody whom a visitor of the demo can log in as. */
export interface ReadyPerson {
  /** Stands for them in the form; tells nothing about them. */
  readonly choice: string
  readonly name: string
  /** What they can do. */
  readonly can: LocalText
}

/** What stands around a page of the demo's provider. */
export interface LogInFrame {
  readonly words: Words
  /** Path of the page, for the links to its other languages. */
  readonly path: string
  readonly demoUrl: string
  readonly verifyUrl: string
}

/** The headers of the provider's pages; `formTargets` are the sites that a log-in leads back to. */
export function logInPolicy(formTargets: readonly string[]): Readonly<Record<string, string>> {
  return { ...securityHeaders(formTargets), 'cache-control': 'no-store' }
}

function documentOf(frame: LogInFrame, title: string, content: ComponentChildren): string {
  const { words } = frame
  return renderDocument({
    ...frame,
    role: 'demo',
    organisation: undefined,
    siteName: words.t('logIn.site'),
    title,
    sections: [],
    standing: undefined,
    verifies: false,
    content,
  })
}

function choiceForm(words: Words, people: readonly ReadyPerson[], missing: boolean): Markup {
  const text = words.t('logIn.missing')
  const items = people.map(({ choice, name, can }) => ({
    value: choice,
    text: name,
    hint: words.local(can),
    checked: false,
  }))
  const radios = {
    name: 'who',
    legend: words.t('logIn.title'),
    hint: words.t('logIn.lead'),
    items,
  }
  const error = { label: words.t('form.error'), text }
  const cancel = { text: words.t('logIn.cancel'), kind: 'secondary', name: 'cancel', value: 'yes' }
  return h(Form, {
    action: '',
    token: '',
    children: [
      people.length === 0
        ? h('p', { class: 'govuk-inset-text' }, words.t('logIn.none'))
        : h(Radios, missing ? { ...radios, error } : radios),
      h(
        'div',
        { class: 'govuk-button-group' },
        people.length === 0 ? null : h(Button, { text: words.t('logIn.button') }),
        h(Button, { ...cancel, kind: 'secondary' }),
      ),
    ],
  })
}

/** The log-in of the demo: everybody whom a visitor can be at the site that they come from. */
export function logInPage(
  frame: LogInFrame,
  shown: {
    readonly role: SignInRole
    readonly people: readonly ReadyPerson[]
    /** Whether the form came without a choice. */
    readonly missing: boolean
  },
): string {
  const { words } = frame
  const text = words.t('logIn.missing')
  const content = [
    shown.missing ? h(ErrorSummary, { title: words.t('form.problem'), text, href: '#who' }) : null,
    h(
      'p',
      { class: 'govuk-caption-l' },
      words.t('logIn.for', { role: words.t(`role.${shown.role}`) }),
    ),
    shown.people.length === 0
      ? h('h1', { class: 'govuk-heading-l' }, words.t('logIn.title'))
      : null,
    choiceForm(words, shown.people, shown.missing),
  ]
  return documentOf(frame, words.t('logIn.title'), content)
}

/** Asks whether the log-in ends too, or says that it has; `form` is the provider's own, in HTML. */
export function signOutPage(frame: LogInFrame, form: string | undefined): string {
  const { words } = frame
  const title = words.t(form === undefined ? 'logIn.outDone' : 'logIn.out')
  const button = h(
    'button',
    { class: 'govuk-button', type: 'submit', form: 'op.logoutForm', name: 'logout', value: 'yes' },
    words.t('logIn.outYes'),
  )
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    ...(form === undefined
      ? []
      : [
          h('p', { class: 'govuk-body app-measure' }, words.t('logIn.outText')),
          h('div', { dangerouslySetInnerHTML: { __html: form } }),
          button,
        ]),
  ]
  return documentOf(frame, title, content)
}

/** A log-in that cannot go on. */
export function logInErrorPage(frame: LogInFrame): string {
  const { words } = frame
  const title = words.t('logIn.error')
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body app-measure' }, words.t('logIn.errorText')),
    h(Button, { text: words.t('footer.demo'), href: frame.demoUrl, kind: 'secondary' }),
  ]
  return documentOf(frame, title, content)
}
