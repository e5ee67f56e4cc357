import { h } from 'preact'
import { Button } from '../components/button.ts'
import { ErrorSummary } from '../components/error-summary.ts'
import { Form } from '../components/form.ts'
import { Radios } from '../components/radios.ts'
import { choiceOf, chosenOf } from '../choice.ts'
import { nameOf } from '../organisation-name.ts'
import { redirect } from '../page-route.ts'
import type { PageResult, PageRoute } from '../page-route.ts'
import { inCase } from './question-draft.ts'
import type { InCase } from './question-draft.ts'
import { atCases, type CaseContext } from './case-context.ts'

async function form(context: CaseContext, at: InCase, withoutChoice: boolean): Promise<PageResult> {
  const { words, organisations, formToken, cases } = context
  const organisation = nameOf(organisations, words)
  const needs = await cases.needs()
  const text = words.t('need.missing')
  const radios = {
    name: 'need',
    legend: words.t('need.title'),
    hint: words.t('need.hint'),
    items: needs.map((need) => ({
      value: choiceOf(formToken, need.id),
      text: words.local(need.label),
      hint: [
        words.local(need.hint),
        ' ',
        words.t('need.answeredBy', { organisation: organisation(need.provider) }),
      ],
      checked: need.id === at.session.needId,
    })),
  }
  const error = { label: words.t('form.error'), text }
  const content = [
    withoutChoice ? h(ErrorSummary, { title: words.t('form.problem'), text, href: '#need' }) : null,
    h(
      'span',
      { class: 'govuk-caption-l' },
      words.t('need.about', { name: at.caseCard.subjectName }),
    ),
    h(Form, {
      action: '/ask/need',
      token: formToken,
      children: [
        h(Radios, withoutChoice ? { ...radios, error } : radios),
        h(Button, { text: words.t('form.continue') }),
      ],
    }),
  ]
  const page = { kind: 'page', title: words.t('need.title'), content, backHref: '/cases' } as const
  return withoutChoice ? { ...page, status: 422 } : page
}

async function choose(context: CaseContext, at: InCase): Promise<PageResult> {
  const needs = await context.cases.needs()
  const { formToken } = context
  const choice = context.form.get('need')
  const need = chosenOf(needs, ({ id }) => id, { formToken, choice })
  if (need === undefined) return await form(context, at, true)
  at.session.needId = need.id
  return redirect('/ask/check')
}

/** What the official needs to know: a need, never an attribute. */
export const needRoutes: readonly PageRoute[] = [
  {
    id: 'caseworker.need',
    role: 'caseworker',
    method: 'GET',
    path: '/ask/need',
    run: atCases((context) => inCase(context, (at) => form(context, at, false))),
  },
  {
    id: 'caseworker.choose-need',
    role: 'caseworker',
    method: 'POST',
    path: '/ask/need',
    run: atCases((context) => inCase(context, (at) => choose(context, at))),
  },
]
