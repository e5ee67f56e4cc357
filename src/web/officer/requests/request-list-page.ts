import { h } from 'preact'
import type { Markup } from '../../markup.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import type { RequestLine } from '../../requests/request-desk.ts'
import { clockText, isLate, RequestTag } from '../../requests/request-facts.ts'
import { atOffice } from './at-office.ts'
import type { AtOffice } from './at-office.ts'
import { officeRequestRoutes } from './request-page.ts'

function lineCard(context: PageContext, line: RequestLine): Markup {
  const { words, nowMs } = context
  const { number, kind, filedAtMs } = line
  return h(
    'li',
    { class: 'app-card' },
    h(
      'div',
      { class: 'app-card__head' },
      h(
        'h2',
        { class: 'app-card__title' },
        h(
          'a',
          { class: 'govuk-link', href: `/requests/${number}` },
          words.t('request.line', { number, kind: words.named('requestKind', kind) }),
        ),
      ),
      h('div', { class: 'app-card__aside' }, h(RequestTag, { words, line, nowMs })),
    ),
    h(
      'p',
      { class: 'govuk-body' },
      `${words.t('request.filedAt', { when: words.date(filedAtMs) })} ${clockText(context, line)}`,
    ),
  )
}

async function show(context: PageContext, { account, desk }: AtOffice): Promise<PageResult> {
  const { words, nowMs } = context
  const lines = await desk.list()
  const open = lines.filter(({ decidedAtMs }) => decidedAtMs === null)
  const late = open.filter((line) => isLate(line, nowMs)).length
  const title = words.t('request.office')
  const content = [
    h('span', { class: 'govuk-caption-l' }, account.name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h(
      'p',
      { class: 'govuk-body-l app-measure' },
      words.t('request.officeLead', { open: open.length, late }),
    ),
    h('p', { class: 'govuk-body app-measure' }, words.t('request.officeText')),
    h(
      'ul',
      { class: 'govuk-list app-stack' },
      lines.map((line) => lineCard(context, line)),
    ),
  ]
  return { kind: 'page', title, content }
}

/** Requests of persons with their clocks: a list that names nobody, and one request at a time. */
export const officerRequestRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.requests',
    role: 'dpo',
    method: 'GET',
    path: '/requests',
    run: (context) => atOffice(context, (at) => show(context, at)),
  },
  ...officeRequestRoutes,
]
