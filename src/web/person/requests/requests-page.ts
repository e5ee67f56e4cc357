import { h } from 'preact'
import { Button } from '../../components/button.ts'
import { Card } from '../../components/card.ts'
import { Form } from '../../components/form.ts'
import type { Markup } from '../../markup.ts'
import { nameOf } from '../../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import type { RequestView } from '../../requests/request-desk.ts'
import { RequestFacts, RequestNotices, RequestTag } from '../../requests/request-facts.ts'
import { ConsentPlace } from '../consent-place.ts'
import { atRequests } from './request-draft.ts'
import type { AtRequests } from './request-draft.ts'
import { checkRequestRoutes } from './check-page.ts'
import { writeRequestRoutes } from './write-page.ts'

function requestCard(context: PageContext, request: RequestView): Markup {
  const { words, organisations, nowMs } = context
  const { number, kind, organisation, filedAtMs, openedAtMs, state } = request
  const name = nameOf(organisations, words)(organisation)
  const opened = openedAtMs.at(-1)
  return h(
    Card,
    {
      title: words.t('request.card', { number, organisation: name }),
      accent: organisation,
      aside: h(RequestTag, { words, line: request, nowMs }),
    },
    h(
      'p',
      { class: 'app-card__when' },
      `${words.named('requestKind', kind)} · ${words.dateTime(filedAtMs)}`,
    ),
    h(RequestFacts, { context, request }),
    h(RequestNotices, { context, request }),
    opened === undefined
      ? null
      : h('p', { class: 'govuk-hint' }, words.t('request.read', { when: words.dateTime(opened) })),
    state === 'refused'
      ? h('p', { class: 'govuk-body app-measure' }, words.t('request.complain'))
      : null,
  )
}

async function show(context: PageContext, { person, requests }: AtRequests): Promise<PageResult> {
  const { words, formToken } = context
  const own = await requests.own(person.id)
  const title = words.t('request.own')
  const content = [
    h('span', { class: 'govuk-caption-l' }, person.name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h(
      'p',
      { class: 'govuk-body-l app-measure' },
      words.t('request.ownLead', { count: own.length }),
    ),
    h(
      'div',
      { class: 'app-stack' },
      own.map((request) => requestCard(context, request)),
    ),
    h('h2', { class: 'govuk-heading-m' }, words.t('request.more')),
    h(
      'p',
      { class: 'govuk-body app-measure' },
      words.t('request.moreText'),
      ' ',
      h('a', { class: 'govuk-link', href: '/disclosures' }, words.t('request.fromList')),
    ),
    h(Form, {
      action: '/requests/about',
      token: formToken,
      children: h(Button, { text: words.t('request.another'), kind: 'secondary' }),
    }),
    h(ConsentPlace, { context }),
  ]
  return { kind: 'page', title, content }
}

/** The person's requests at every organisation: states, clocks, answers, and whom corrections were sent to. */
export const personRequestRoutes: readonly PageRoute[] = [
  {
    id: 'person.requests',
    role: 'person',
    method: 'GET',
    path: '/requests',
    run: (context) => atRequests(context, (at) => show(context, at)),
  },
  ...writeRequestRoutes,
  ...checkRequestRoutes,
]
