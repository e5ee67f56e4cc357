import { h } from 'preact'
import { Button } from '../components/button.ts'
import { Card } from '../components/card.ts'
import { Form } from '../components/form.ts'
import { SummaryList } from '../components/summary-list.ts'
import { Tag } from '../components/tag.ts'
import { CommandLine } from '../layout/command-line.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asFreshOfficer, asOfficer } from './as-officer.ts'
import type { AsOfficer } from './as-officer.ts'
import type { ShownEmergency } from './officer-desk.ts'
import { afterAct } from './outcome-page.ts'

function stateTag(
  { words }: PageContext,
  { finding, confirmed, suspends }: ShownEmergency,
): Markup {
  if (finding !== null)
    return h(Tag, {
      text: words.t(finding === 'justified' ? 'emergency.justified' : 'emergency.unjustified'),
      tone: finding === 'justified' ? 'good' : 'refused',
    })
  if (suspends) return h(Tag, { text: words.t('emergency.overdue'), tone: 'refused' })
  return confirmed
    ? h(Tag, { text: words.t('emergency.confirmed'), tone: 'good' })
    : h(Tag, { text: words.t('emergency.waiting'), tone: 'waiting' })
}

function reviewForm({ words, formToken }: PageContext, row: ShownEmergency): Markup {
  const button = (finding: 'justified' | 'unjustified'): Markup =>
    h(Button, {
      text: words.t(
        finding === 'justified' ? 'emergency.findJustified' : 'emergency.findUnjustified',
      ),
      kind: finding === 'justified' ? 'primary' : 'warning',
      name: 'finding',
      value: finding,
      hiddenText: words.t('event.number', { entry: row.entry }),
    })
  return h(Form, {
    action: `/emergencies/${row.consumer}/${row.exchangeId}`,
    token: formToken,
    children: h('div', { class: 'govuk-button-group' }, button('justified'), button('unjustified')),
  })
}

function item(context: PageContext, row: ShownEmergency): Markup {
  const { words, organisations } = context
  const rows = [
    { key: words.t('signals.consumer'), value: nameOf(organisations, words)(row.consumer) },
    { key: words.t('agreements.name1'), value: row.agreement },
    { key: words.t('signals.official'), value: row.official },
    { key: words.t('emergency.asked'), value: words.dateTime(row.atMs) },
    ...(row.reviewByMs === null
      ? []
      : [{ key: words.t('emergency.by'), value: words.dateTime(row.reviewByMs) }]),
  ]
  return h(
    'li',
    null,
    h(
      Card,
      {
        title: words.t('event.number', { entry: row.entry }),
        aside: stateTag(context, row),
        accent: row.consumer,
      },
      h(SummaryList, { rows, classes: 'govuk-summary-list--no-border app-facts' }),
      row.suspends ? h('p', { class: 'govuk-body' }, words.t('emergency.suspends')) : null,
      row.finding === null ? reviewForm(context, row) : null,
    ),
  )
}

async function show(context: PageContext, { desk, account }: AsOfficer): Promise<PageResult> {
  const { words } = context
  const rows = await desk.emergencies()
  const title = words.t('section.emergencies')
  const content = [
    h('span', { class: 'govuk-caption-l' }, account.name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('emergency.lead')),
    rows.length === 0
      ? h('p', { class: 'govuk-inset-text' }, words.t('emergency.none'))
      : h(
          'ul',
          { class: 'app-stack' },
          rows.map((row) => item(context, row)),
        ),
  ]
  return { kind: 'page', title, content }
}

async function review(context: PageContext, { desk }: AsOfficer): Promise<PageResult> {
  const { consumer = '', exchange = '' } = context.params
  const finding = (['justified', 'unjustified'] as const).find(
    (one) => one === context.form.get('finding'),
  )
  const row = (await desk.emergencies()).find(
    (one) => one.consumer === consumer && one.exchangeId === exchange,
  )
  if (row === undefined || finding === undefined) return { kind: 'missing' }
  const outcome = await desk.reviewEmergency(row, finding)
  return afterAct(context, outcome, { to: '/emergencies', backHref: '/emergencies' })
}

async function openings(context: PageContext, { desk, account }: AsOfficer): Promise<PageResult> {
  const { words } = context
  const { opened, most, withinMs } = await desk.openings()
  const title = words.t('openings.title')
  const content = [
    h('span', { class: 'govuk-caption-l' }, account.name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('openings.lead')),
    h(
      'p',
      { class: 'govuk-body' },
      h('strong', null, words.t('openings.count', { opened, most, days: withinMs / 86_400_000 })),
    ),
    h('p', { class: 'govuk-body app-measure' }, words.t('openings.how')),
    h(CommandLine, {
      lines: [
        'cloison identity request -c cloison.yaml --entry 17 --case DPI-17 --reason-file why.txt --out request.json',
      ],
    }),
  ]
  return { kind: 'page', title, content, backHref: '/tasks' }
}

/** Emergency questions and their review, and how often an official's identity was opened. */
export const emergencyRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.emergencies',
    role: 'dpo',
    method: 'GET',
    path: '/emergencies',
    run: (context) => asOfficer(context, (as) => show(context, as)),
  },
  {
    id: 'dpo.emergency-reviewed',
    role: 'dpo',
    method: 'POST',
    path: '/emergencies/:consumer/:exchange',
    run: (context) => asFreshOfficer(context, '/emergencies', (as) => review(context, as)),
  },
  {
    id: 'dpo.openings',
    role: 'dpo',
    method: 'GET',
    path: '/openings',
    run: (context) => asOfficer(context, (as) => openings(context, as)),
  },
]
