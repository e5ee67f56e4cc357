import { h } from 'preact'
import { Button } from '../components/button.ts'
import { Card } from '../components/card.ts'
import { Form } from '../components/form.ts'
import { SummaryList } from '../components/summary-list.ts'
import { Tag } from '../components/tag.ts'
import { choiceOf, chosenOf } from '../choice.ts'
import type { CaseCard } from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import { redirect } from '../page-route.ts'
import type { PageResult, PageRoute } from '../page-route.ts'
import { asOfficial } from './question-draft.ts'
import { atCases, type CaseContext } from './case-context.ts'

function card(context: CaseContext, caseCard: CaseCard): Markup {
  const { words, formToken } = context
  const open = caseCard.state === 'open'
  const ask = h(Button, {
    text: words.t(open ? 'cases.ask' : 'cases.askClosed'),
    kind: open ? 'primary' : 'secondary',
    hiddenText: words.t('cases.about', { name: caseCard.subjectName }),
    name: 'case',
    value: choiceOf(formToken, caseCard.reference),
    classes: 'app-card__button',
  })
  return h(
    Card,
    {
      title: caseCard.subjectName,
      aside: h(Tag, {
        text: words.t(open ? 'cases.open' : 'cases.closed'),
        tone: open ? 'plain' : 'closed',
      }),
    },
    h(SummaryList, {
      classes: 'govuk-summary-list--no-border app-facts',
      rows: [
        { key: words.t('case.kind'), value: words.local(caseCard.kind) },
        { key: words.t('case.reference'), value: caseCard.reference },
        { key: words.t('case.opened'), value: words.date(caseCard.openedAtMs) },
      ],
    }),
    open ? null : h('p', { class: 'govuk-hint' }, words.t('cases.closedHint')),
    h(Form, { action: '/cases', token: formToken, children: ask }),
  )
}

function showCases(context: CaseContext): Promise<PageResult> {
  const { words } = context
  return asOfficial(context, async ({ official }) => {
    const cases = await context.cases.cases(official.id)
    const sorted = cases.toSorted(
      (a, b) =>
        Number(a.state === 'closed') - Number(b.state === 'closed') || b.openedAtMs - a.openedAtMs,
    )
    const open = cases.filter(({ state }) => state === 'open').length
    const content = [
      h('span', { class: 'govuk-caption-l' }, official.name),
      h('h1', { class: 'govuk-heading-l' }, words.t('cases.title')),
      h('p', { class: 'govuk-body app-measure' }, words.t('cases.lead', { open })),
      sorted.length === 0
        ? h('p', { class: 'govuk-inset-text' }, words.t('cases.none'))
        : h(
            'div',
            { class: 'app-grid app-grid--two' },
            sorted.map((caseCard) => card(context, caseCard)),
          ),
    ]
    return { kind: 'page', title: words.t('cases.title'), content }
  })
}

function chooseCase(context: CaseContext): Promise<PageResult> {
  const { formToken, form } = context
  return asOfficial(context, async ({ session, official }) => {
    const cases = await context.cases.cases(official.id)
    const choice = form.get('case')
    const caseCard = chosenOf(cases, ({ reference }) => reference, { formToken, choice })
    session.caseReference = caseCard?.reference
    session.needId = undefined
    return redirect(caseCard === undefined ? '/cases' : '/ask/need')
  })
}

/** The official's cases: the only place from which a person can be asked about. */
export const casesRoutes: readonly PageRoute[] = [
  {
    id: 'caseworker.cases',
    role: 'caseworker',
    method: 'GET',
    path: '/cases',
    run: atCases(showCases),
  },
  {
    id: 'caseworker.choose-case',
    role: 'caseworker',
    method: 'POST',
    path: '/cases',
    run: atCases(chooseCase),
  },
]
