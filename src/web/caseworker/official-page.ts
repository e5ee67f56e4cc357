import { h } from 'preact'
import { Button } from '../components/button.ts'
import { ErrorSummary } from '../components/error-summary.ts'
import { Form } from '../components/form.ts'
import { Radios } from '../components/radios.ts'
import { choiceOf, chosenOf } from '../choice.ts'
import type { OfficialCard } from '../demo-backend.ts'
import { redirect } from '../page-route.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'

function form(
  { words, formToken, session }: PageContext,
  officials: readonly OfficialCard[],
  withoutChoice: boolean,
): PageResult {
  const text = words.t('official.missing')
  const items = officials.map((official) => ({
    value: choiceOf(formToken, official.id),
    text: official.name,
    hint: words.local(official.team),
    checked: official.id === session?.officialId,
  }))
  const radios = {
    name: 'official',
    legend: words.t('official.title'),
    hint: words.t('official.hint'),
    items,
  }
  const error = { label: words.t('form.error'), text }
  const content = [
    withoutChoice
      ? h(ErrorSummary, { title: words.t('form.problem'), text, href: '#official' })
      : null,
    h(Form, {
      action: '/',
      token: formToken,
      children: [
        h(Radios, withoutChoice ? { ...radios, error } : radios),
        h(Button, { text: words.t('form.continue') }),
      ],
    }),
  ]
  const page = { kind: 'page', title: words.t('official.title'), content } as const
  return withoutChoice ? { ...page, status: 422 } : page
}

async function showOfficials(context: PageContext): Promise<PageResult> {
  return form(context, await context.backend.officials(), false)
}

async function chooseOfficial(context: PageContext): Promise<PageResult> {
  const officials = await context.backend.officials()
  const { formToken } = context
  const choice = context.form.get('official')
  const official = chosenOf(officials, ({ id }) => id, { formToken, choice })
  if (official === undefined) return form(context, officials, true)
  const session = context.startSession()
  session.officialId = official.id
  session.caseReference = undefined
  session.needId = undefined
  session.answers.clear()
  return redirect('/cases')
}

/** Who the visitor is, out of a list: signing in comes before this in earnest. */
export const officialRoutes: readonly PageRoute[] = [
  { id: 'caseworker.official', role: 'caseworker', method: 'GET', path: '/', run: showOfficials },
  {
    id: 'caseworker.choose-official',
    role: 'caseworker',
    method: 'POST',
    path: '/',
    run: chooseOfficial,
  },
]
