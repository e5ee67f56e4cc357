import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Markup } from '../markup.ts'
import { BackLink } from './back-link.ts'
import { Button } from './button.ts'
import { Details } from './details.ts'
import { ErrorSummary } from './error-summary.ts'
import { ExitThisPage } from './exit-this-page.ts'
import { Checkboxes, RadioGroup } from './fields/index.ts'
import { InsetText } from './inset-text.ts'
import { LanguageNavigation } from './language-navigation.ts'
import { Radios } from './radios.ts'
import { SkipLink } from './skip-link.ts'
import { SummaryList } from './summary-list.ts'
import { Tag } from './tag.ts'
import { WarningText } from './warning-text.ts'

/** The HTML that the design system publishes for one of its examples. */
function published(component: string, example: string): string {
  const url = import.meta.resolve(`govuk-frontend/dist/govuk/components/${component}/fixtures.json`)
  const file = JSON.parse(readFileSync(fileURLToPath(url), 'utf8')) as {
    fixtures: { name: string; html: string }[]
  }
  const found = file.fixtures.find(({ name }) => name === example)
  assert.ok(found !== undefined, `${component} has an example ${example}`)
  return found.html
}

function sortAttributes(_tag: string, name: string, attributes: string): string {
  const sorted = [...attributes.matchAll(/([\w.:-]+)(?:="([^"]*)")?/g)]
    .map(([, key = '', value = '']) => `${key}="${value}"`)
    .toSorted()
  return `<${[name, ...sorted].join(' ')}>`
}

/** HTML with its attributes in order and without the space that nobody sees. */
function canonical(html: string): string {
  return html
    .replaceAll(/<(\w+)((?:\s+[\w.:-]+(?:="[^"]*")?)*)\s*\/?>/g, sortAttributes)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?(<\/?(?!a|span|strong)[^>]*>) ?/g, '$1')
    .replaceAll(/ ?(<\/?(?:a|span|strong)\b[^>]*>) ?/g, '$1')
    .replaceAll('&#39;', '’')
    .trim()
}

const teaRoom =
  'It can take up to 8 weeks to register a lasting power of attorney if there are no mistakes in the application.'

const examples: readonly (readonly [component: string, example: string, ours: () => Markup])[] = [
  ['button', 'default', () => h(Button, { text: 'Save and continue' })],
  ['tag', 'grey', () => h(Tag, { text: 'Grey', tone: 'closed' })],
  ['tag', 'green', () => h(Tag, { text: 'Green', tone: 'good' })],
  ['back-link', 'default', () => h(BackLink, { href: '#', text: 'Back' })],
  ['inset-text', 'default', () => h(InsetText, null, teaRoom)],
  [
    'warning-text',
    'default',
    () =>
      h(WarningText, {
        label: 'Warning',
        text: 'You can be fined up to £5,000 if you don’t register.',
      }),
  ],
  [
    'details',
    'default',
    () =>
      h(
        Details,
        { summary: 'Help with nationality' },
        'We need to know your nationality so we can work out which elections you’re entitled to vote in. If you can’t provide your nationality, you’ll have to send copies of identity documents through the post.',
      ),
  ],
  [
    'skip-link',
    'default',
    () => h(SkipLink, { text: 'Skip to main content', href: '#test-target-element' }),
  ],
  [
    'language-navigation',
    'default',
    () =>
      h(LanguageNavigation, {
        label: 'Language',
        items: [
          { lang: 'en', text: 'English' },
          { lang: 'cy', text: 'Cymraeg', href: '#/cy' },
        ],
      }),
  ],
  [
    'summary-list',
    'as a summary card with a text header',
    () =>
      h(
        'div',
        { class: 'govuk-summary-card' },
        h(
          'div',
          { class: 'govuk-summary-card__title-wrapper' },
          h('h2', { class: 'govuk-summary-card__title' }, 'Undergraduate teaching assistant'),
        ),
        h(
          'div',
          { class: 'govuk-summary-card__content' },
          h(SummaryList, {
            rows: [
              { key: 'Name', value: 'Firstname Lastname' },
              { key: 'Date of birth', value: '13/08/1980' },
            ],
          }),
        ),
      ),
  ],
  [
    'radios',
    'with hints on items',
    () =>
      h(Radios, {
        name: 'gov',
        legend: 'How do you want to sign in?',
        items: [
          {
            value: 'gateway',
            text: 'Sign in with Government Gateway',
            hint: 'You’ll have a user ID if you’ve registered for Self Assessment or filed a tax return online before.',
          },
          {
            value: 'verify',
            text: 'Sign in with GOV.UK Verify',
            hint: 'You’ll have an account if you’ve already proved your identity with either Barclays, CitizenSafe, Digidentity, Experian, Post Office, Royal Mail or SecureIdentity.',
          },
        ],
      }),
  ],
]

/** What the design system lets each use choose: ids of the items of radios. */
function withOurIds(component: string, html: string): string {
  if (component !== 'radios') return html
  return html
    .replaceAll('gateway-item-hint', 'gov-item-hint')
    .replaceAll('verify-item-hint', 'gov-2-item-hint')
    .replaceAll('id="gateway"', 'id="gov"')
    .replaceAll('for="gateway"', 'for="gov"')
    .replaceAll('id="verify"', 'id="gov-2"')
    .replaceAll('for="verify"', 'for="gov-2"')
}

for (const [component, example, ours] of examples) {
  test(`${component} is the design system’s example “${example}”`, () => {
    const theirs = withOurIds(component, published(component, example))
    assert.equal(canonical(renderToString(ours())), canonical(theirs))
  })
}

test('another class, attribute or text would not be taken for the example', () => {
  const theirs = canonical(published('button', 'default'))
  for (const html of [
    '<button type="submit" class="govuk-buttons" data-module="govuk-button">Save and continue</button>',
    '<button type="button" class="govuk-button" data-module="govuk-button">Save and continue</button>',
    '<button type="submit" class="govuk-button" data-module="govuk-button">Save</button>',
  ]) {
    assert.notEqual(canonical(html), theirs)
  }
})

test('radios without a choice say what is wrong, and the summary leads there', () => {
  const radios = renderToString(
    h(Radios, {
      name: 'need',
      legend: 'What?',
      hint: 'Choose one',
      items: [{ value: '1', text: 'One' }],
      error: { label: 'Error:', text: 'Choose' },
    }),
  )
  assert.match(radios, /aria-describedby="need-hint need-error"/)
  assert.match(radios, /<p id="need-error" class="govuk-error-message">/)
  const summary = renderToString(
    h(ErrorSummary, { title: 'Problem', text: 'Choose', href: '#need' }),
  )
  assert.match(summary, /role="alert"/)
  assert.match(summary, /<a href="#need">Choose<\/a>/)
  assert.match(radios, /id="need"/)
})

test('a group of choices is described by its hint and by what is wrong with it', () => {
  const choice = { name: 'kind', legend: 'Your request', hint: 'One of these' }
  const error = { label: 'Error:', text: 'Choose what you want' }
  const radios = renderToString(
    h(RadioGroup, { ...choice, items: [{ value: 'a', text: 'A' }], chosen: '', error }),
  )
  const boxes = renderToString(
    h(Checkboxes, { ...choice, id: 'kind', items: [], error, hint: undefined }),
  )
  assert.match(radios, /<fieldset[^>]* aria-describedby="kind-hint kind-error"/)
  assert.match(boxes, /<fieldset[^>]* aria-describedby="kind-error"/)
  for (const html of [radios, boxes]) {
    assert.match(html, /govuk-form-group--error/)
    assert.match(html, /<p id="kind-error" class="govuk-error-message"><span[^>]*>Error:<\/span>/)
  }
  const without = renderToString(
    h(RadioGroup, { name: 'kind', legend: 'L', items: [], chosen: '' }),
  )
  assert.doesNotMatch(without, /error|aria-describedby/)
})

test('a row without an action makes room where other rows have one', () => {
  const list = renderToString(
    h(SummaryList, {
      rows: [
        { key: 'a', value: '1', action: { href: '#', text: 'Change', hiddenText: 'a' } },
        { key: 'b', value: '2' },
      ],
    }),
  )
  assert.equal(list.match(/govuk-summary-list__row--no-actions/g)?.length, 1)
  assert.match(list, /Change<span class="govuk-visually-hidden"> a<\/span>/)
})

test('the way out is a link that works without scripts', () => {
  const words = {
    text: 'Leave',
    activated: 'a',
    timedOut: 'b',
    pressTwoMoreTimes: 'c',
    pressOneMoreTime: 'd',
  }
  const html = renderToString(h(ExitThisPage, { href: '/leave', words }))
  assert.match(html, /<a class="govuk-button govuk-button--warning govuk-exit-this-page__button/)
  assert.match(html, /href="\/leave"/)
  assert.match(html, /data-i18n\.press-one-more-time="d"/)
})
