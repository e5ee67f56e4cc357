import { h } from 'preact'
import { requestDueMs } from '../../../person/index.ts'
import { Button } from '../../components/button.ts'
import { Form } from '../../components/form.ts'
import { InsetText } from '../../components/inset-text.ts'
import { SummaryList } from '../../components/summary-list.ts'
import type { SummaryRow } from '../../components/summary-list.ts'
import { nameOf } from '../../organisation-name.ts'
import { redirect } from '../../page-route.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { isRefusedHere } from '../../requests/request-desk.ts'
import { writtenLines } from '../../requests/request-facts.ts'
import { filedText } from './recipients.ts'
import { withDraft } from './request-draft.ts'
import type { WithDraft } from './request-draft.ts'

function rows(context: PageContext, at: WithDraft): readonly SummaryRow[] {
  const { words, organisations } = context
  const { draft } = at
  const change = (what: string): NonNullable<SummaryRow['action']> => ({
    href: '/requests/write',
    text: words.t('form.change'),
    hiddenText: what,
  })
  const to = words.t('request.to')
  const kind = words.t('request.kind')
  const text = words.t('request.text')
  return [
    { key: to, value: nameOf(organisations, words)(draft.organisation ?? ''), action: change(to) },
    { key: kind, value: words.named('requestKind', draft.kind ?? ''), action: change(kind) },
    ...(draft.elements.length === 0
      ? []
      : [
          {
            key: words.t('request.elements'),
            value: words.list(draft.elements.map((element) => words.named('element', element))),
            action: change(words.t('request.elements')),
          },
        ]),
    { key: text, value: writtenLines(filedText(context, at), words), action: change(text) },
  ]
}

function showCheck(context: PageContext, at: WithDraft): Promise<PageResult> {
  const { words, formToken, nowMs } = context
  const title = words.t('request.check')
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h(SummaryList, { rows: rows(context, at), classes: 'app-facts' }),
    h(
      InsetText,
      null,
      h(
        'p',
        { class: 'govuk-body' },
        words.t('request.checkDue', { when: words.date(requestDueMs(nowMs)) }),
      ),
      at.draft.kind === 'objection'
        ? h('p', { class: 'govuk-body' }, words.t('request.noHold'))
        : null,
      h('p', { class: 'govuk-body' }, words.t('request.checkLog')),
    ),
    h(Form, {
      action: '/requests/check',
      token: formToken,
      children: h(Button, { text: words.t('request.file') }),
    }),
  ]
  return Promise.resolve({ kind: 'page', title, content, backHref: '/requests/write' })
}

function refusedPage({ words }: PageContext, code: string): PageResult {
  const title = words.t('request.notFiled')
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.named('requestRefusal', code)),
    h(Button, { text: words.t('section.requests'), href: '/requests', kind: 'secondary' }),
  ]
  return { kind: 'page', title, content, status: 422, backHref: '/requests/write' }
}

async function file(context: PageContext, at: WithDraft): Promise<PageResult> {
  const { person, session, draft, requests } = at
  const { id, kind, organisation, about, elements } = draft
  if (kind === undefined || organisation === undefined) return redirect('/requests/write')
  const own = about?.owner === organisation ? about : undefined
  const place = own === undefined ? null : { origin: own.origin, entryIndex: own.entryIndex }
  const wish = { id, kind, about: place, elements, text: filedText(context, at) }
  const filed = await requests.file(person.id, organisation, wish)
  if (isRefusedHere(filed)) return refusedPage(context, filed.code)
  session.request = undefined
  return redirect('/requests')
}

/** Everything about the request on one page before it is filed, and the filing. */
export const checkRequestRoutes: readonly PageRoute[] = [
  {
    id: 'person.request-check',
    role: 'person',
    method: 'GET',
    path: '/requests/check',
    run: (context) =>
      withDraft(context, (at) =>
        at.draft.kind === undefined || at.draft.organisation === undefined
          ? Promise.resolve(redirect('/requests/write'))
          : showCheck(context, at),
      ),
  },
  {
    id: 'person.request-file',
    role: 'person',
    method: 'POST',
    path: '/requests/check',
    run: (context) => withDraft(context, (at) => file(context, at)),
  },
]
