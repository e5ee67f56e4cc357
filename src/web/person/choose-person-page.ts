import { h } from 'preact'
import { Button } from '../components/button.ts'
import { ErrorSummary } from '../components/error-summary.ts'
import { Form } from '../components/form.ts'
import { Radios } from '../components/radios.ts'
import { choiceOf, chosenOf } from '../choice.ts'
import type { DemoPerson } from '../demo-backend.ts'
import { redirect } from '../page-route.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'

function form(
  { words, formToken, session }: PageContext,
  people: readonly DemoPerson[],
  withoutChoice: boolean,
): PageResult {
  const text = words.t('person.missing')
  const radios = {
    name: 'person',
    legend: words.t('person.title'),
    hint: words.t('person.hint'),
    items: people.map((person) => ({
      value: choiceOf(formToken, person.id),
      text: person.name,
      hint: words.local(person.about),
      checked: person.id === session?.person?.id,
    })),
  }
  const error = { label: words.t('form.error'), text }
  const content = [
    withoutChoice
      ? h(ErrorSummary, { title: words.t('form.problem'), text, href: '#person' })
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
  const page = { kind: 'page', title: words.t('person.title'), content } as const
  return withoutChoice ? { ...page, status: 422 } : page
}

async function showPeople(context: PageContext): Promise<PageResult> {
  return form(context, await context.backend.people(), false)
}

async function choosePerson(context: PageContext): Promise<PageResult> {
  const people = await context.backend.people()
  const { formToken } = context
  const choice = context.form.get('person')
  const person = chosenOf(people, ({ id }) => id, { formToken, choice })
  if (person === undefined) return form(context, people, true)
  context.startSession().person = person
  return redirect('/disclosures')
}

/** Which of the demo's people the visitor is: signing in comes before this in earnest. */
export const choosePersonRoutes: readonly PageRoute[] = [
  { id: 'person.choose', role: 'person', method: 'GET', path: '/', run: showPeople },
  { id: 'person.chosen', role: 'person', method: 'POST', path: '/', run: choosePerson },
]
