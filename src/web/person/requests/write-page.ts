import { h } from 'preact'
import {
  longestRequestText,
  type RequestKind,
  requestKinds,
  requestTextSchema,
} from '../../../person/index.ts'
import { chosenOf } from '../../choice.ts'
import { Button } from '../../components/button.ts'
import { ErrorSummary } from '../../components/error-summary.ts'
import { Checkboxes, type FieldError, RadioGroup, TextArea } from '../../components/fields/index.ts'
import { Form } from '../../components/form.ts'
import type { Disclosure } from '../../demo-backend.ts'
import type { Markup } from '../../markup.ts'
import type { MessageKey } from '../../messages/words.ts'
import { entryOwner, nameOf } from '../../organisation-name.ts'
import { redirect } from '../../page-route.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { writtenText } from '../../requests/request-desk.ts'
import { filedText, recipientsOf } from './recipients.ts'
import { atRequests, disclosureId, withDraft } from './request-draft.ts'
import type { AtRequests, WithDraft } from './request-draft.ts'

/** What is wrong with a form, and where. */
type Wrong =
  { readonly at: 'to' | 'kind' | 'elements' | 'text'; readonly key: MessageKey } | undefined

async function begin(context: PageContext, at: AtRequests): Promise<PageResult> {
  const { form, formToken, organisations, randomId } = context
  const choice = form.get('entry')
  const chosen = chosenOf(at.disclosures, disclosureId, { formToken, choice })
  if (choice !== null && chosen === undefined) return redirect('/disclosures')
  const id = `${`${randomId()}${randomId()}`.slice(0, 21)}A`
  const draft = { id, elements: [], text: '' }
  if (chosen === undefined) {
    at.session.request = { ...draft, about: undefined }
    return redirect('/requests/write')
  }
  const { origin, entryIndex } = chosen
  const owner = entryOwner(organisations, chosen)
  const about = { origin, entryIndex, owner }
  at.session.request = { ...draft, about, organisation: owner }
  return redirect('/requests/write')
}

/** The facts that a request may name: about no entry, and of another person's case, none. */
function elementsOf(disclosure: Disclosure | undefined): readonly string[] {
  return disclosure === undefined || disclosure.outcome === 'sealed' ? [] : disclosure.elements
}

/** A correction says what is wrong, so it needs a fact that can be named. */
function kindsFor(elements: readonly string[]): readonly RequestKind[] {
  return requestKinds.filter((kind) => kind !== 'correction' || elements.length > 0)
}

/** What is wrong in one field, if it is this one. */
function errorAt(
  { words }: PageContext,
  wrong: Wrong,
  at: NonNullable<Wrong>['at'],
): FieldError | undefined {
  return wrong?.at === at ? { label: words.t('form.error'), text: words.t(wrong.key) } : undefined
}

function elementsField(
  context: PageContext,
  { draft, disclosure }: WithDraft,
  wrong: Wrong,
): Markup | null {
  const { words } = context
  const elements = elementsOf(disclosure)
  if (elements.length === 0) return null
  return h(Checkboxes, {
    id: 'elements',
    name: 'elements',
    legend: words.t('request.which'),
    hint: words.t('request.whichHint'),
    items: elements.map((element) => ({
      value: element,
      text: words.named('element', element),
      checked: draft.elements.includes(element),
    })),
    error: errorAt(context, wrong, 'elements'),
  })
}

/** To whom: a choice where there is one. */
function recipientField(
  context: PageContext,
  { draft, disclosure }: WithDraft,
  wrong: Wrong,
): Markup | null {
  const { words } = context
  const items = recipientsOf(context, disclosure)
  if (items.length === 1) return null
  return h(RadioGroup, {
    name: 'to',
    legend: words.t('request.whom'),
    hint: disclosure === undefined ? undefined : words.t('request.whomHint'),
    items,
    chosen: draft.organisation ?? '',
    error: errorAt(context, wrong, 'to'),
  })
}

function fieldsOf(context: PageContext, at: WithDraft, wrong: Wrong): readonly (Markup | null)[] {
  const { words } = context
  const { draft, disclosure } = at
  const elements = elementsOf(disclosure)
  return [
    recipientField(context, at, wrong),
    h(RadioGroup, {
      name: 'kind',
      legend: words.t('request.kind'),
      items: kindsFor(elements).map((kind) => ({
        value: kind,
        text: words.named('requestKind', kind),
      })),
      chosen: draft.kind ?? '',
      error: errorAt(context, wrong, 'kind'),
    }),
    elementsField(context, at, wrong),
    h(TextArea, {
      name: 'text',
      label: words.t('request.words'),
      hint: words.t('request.wordsHint', { most: longestRequestText }),
      value: draft.text,
      rows: 6,
      error: errorAt(context, wrong, 'text'),
    }),
  ]
}

/** Which question the request is about, above its heading. */
function caption({ words, organisations }: PageContext, { disclosure }: WithDraft): Markup | null {
  if (disclosure === undefined) return null
  const organisation = nameOf(organisations, words)(disclosure.consumer)
  const when = words.dateTime(disclosure.atMs)
  const text = words.t('request.caption', { organisation, when })
  return h('span', { class: 'govuk-caption-l' }, text)
}

function showForm(context: PageContext, at: WithDraft, wrong: Wrong): PageResult {
  const { words, formToken } = context
  const title = words.t('request.title')
  const text = wrong === undefined ? '' : words.t(wrong.key)
  const fields = fieldsOf(context, at, wrong)
  const content = [
    wrong === undefined
      ? null
      : h(ErrorSummary, { title: words.t('form.problem'), text, href: `#${wrong.at}` }),
    caption(context, at),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body app-measure' }, words.t('request.lead')),
    h(Form, {
      action: '/requests/write',
      token: formToken,
      children: [...fields, h(Button, { text: words.t('form.continue') })],
    }),
  ]
  const backHref = at.disclosure === undefined ? '/requests' : '/disclosures'
  const page = { kind: 'page', title, content, backHref } as const
  return wrong === undefined ? page : { ...page, status: 422 }
}

function wrongWith(context: PageContext, at: WithDraft): Wrong {
  const { draft } = at
  if (draft.organisation === undefined) return { at: 'to', key: 'request.whomMissing' }
  if (draft.kind === undefined) return { at: 'kind', key: 'request.kindMissing' }
  if (draft.kind === 'correction' && draft.elements.length === 0)
    return { at: 'elements', key: 'request.elementsMissing' }
  const isFit = draft.text !== '' && requestTextSchema.safeParse(filedText(context, at)).success
  return isFit ? undefined : { at: 'text', key: 'request.textMissing' }
}

async function write(context: PageContext, at: WithDraft): Promise<PageResult> {
  const { form } = context
  const { draft, disclosure } = at
  const elements = elementsOf(disclosure)
  const recipients = recipientsOf(context, disclosure)
  const [only] = recipients.length === 1 ? recipients : []
  const chosen = form.get('to') ?? draft.organisation
  const to = only ?? recipients.find(({ value }) => value === chosen)
  if (to === undefined) delete draft.organisation
  else draft.organisation = to.value
  const kind = kindsFor(elements).find((one) => one === form.get('kind'))
  if (kind === undefined) delete draft.kind
  else draft.kind = kind
  draft.elements = elements.filter((one) => form.getAll('elements').includes(one))
  draft.text = writtenText(form, 'text')
  const wrong = wrongWith(context, at)
  return wrong === undefined ? redirect('/requests/check') : showForm(context, at, wrong)
}

/** What a person wants of an organisation, in their own words: about one question that was asked about them, or about none. */
export const writeRequestRoutes: readonly PageRoute[] = [
  {
    id: 'person.request-begin',
    role: 'person',
    method: 'POST',
    path: '/requests/about',
    run: (context) => atRequests(context, (at) => begin(context, at)),
  },
  {
    id: 'person.request-write',
    role: 'person',
    method: 'GET',
    path: '/requests/write',
    run: (context) => withDraft(context, (at) => Promise.resolve(showForm(context, at, undefined))),
  },
  {
    id: 'person.request-written',
    role: 'person',
    method: 'POST',
    path: '/requests/write',
    run: (context) => withDraft(context, (at) => write(context, at)),
  },
]
