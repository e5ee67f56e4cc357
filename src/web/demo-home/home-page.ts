import { h } from 'preact'
import { Button } from '../components/button.ts'
import { Form } from '../components/form.ts'
import { cheatKinds } from '../demo-backend.ts'
import type { CheatKind } from '../demo-backend.ts'
import { Limits } from '../layout/limits.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import { redirect } from '../page-route.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { atDemo, type DemoContext } from './demo-context.ts'
import { FrontDoors } from './front-doors.ts'
import { ProcessList } from './process-list.ts'
import { RoomsPicture } from './rooms-picture.ts'
import { beginAttempt } from './begin-attempt.ts'

const steps = ['ask', 'answer', 'witness', 'person', 'verify', 'cheat'] as const

function stepHref(step: (typeof steps)[number], { siteUrl }: PageContext): string | undefined {
  const caseworker = { role: 'caseworker', organisation: 'housing' } as const
  const person = { role: 'person', organisation: 'tax' } as const
  switch (step) {
    case 'ask':
      return siteUrl(caseworker)
    case 'answer':
      return siteUrl(caseworker, '/trace')
    case 'witness':
      return siteUrl({ role: 'verify', organisation: undefined })
    case 'person':
      return siteUrl(person)
    case 'verify':
      return siteUrl(person, '/proofs')
    case 'cheat':
      return '#cheat'
  }
}

function story(context: PageContext): Markup {
  const { words } = context
  return h(
    'ol',
    { class: 'app-story' },
    steps.map((step) =>
      h(
        'li',
        { class: 'app-story__step' },
        h('h3', { class: 'app-story__title' }, words.t(`story.${step}.title`)),
        h('p', { class: 'app-story__text' }, words.t(`story.${step}.text`)),
        h(
          'a',
          { class: 'govuk-link app-story__link', href: stepHref(step, context) },
          words.t(`story.${step}.link`),
        ),
      ),
    ),
  )
}

function cheatCard({ words, formToken }: PageContext, kind: CheatKind): Markup {
  return h(
    'li',
    { class: 'app-cheat' },
    h('h3', { class: 'app-cheat__title' }, words.t(`cheat.${kind}.title`)),
    h('p', { class: 'app-cheat__text' }, words.t(`cheat.${kind}.text`)),
    h(Form, {
      action: '/',
      token: formToken,
      children: h(Button, {
        text: words.t('cheat.try'),
        hiddenText: words.t(`cheat.${kind}.title`),
        kind: 'secondary',
        name: 'cheat',
        value: kind,
      }),
    }),
  )
}

function hero({ words }: PageContext): Markup {
  return h(
    'div',
    { class: 'app-hero' },
    h(
      'div',
      { class: 'app-hero__words' },
      h('h1', { class: 'govuk-heading-xl' }, words.t('home.title')),
      h('p', { class: 'govuk-body-l' }, words.t('home.lead')),
      h('p', { class: 'govuk-body' }, words.rich('home.four')),
    ),
    h(RoomsPicture, { words }),
  )
}

async function showHome(context: DemoContext): Promise<PageResult> {
  const { words, backend, demo, organisations } = context
  const [processes, heads] = await Promise.all([demo.processes(), backend.heads()])
  const heading = (id: string, text: string): Markup =>
    h('h2', { class: 'govuk-heading-l app-section__title', id }, text)
  const content = [
    hero(context),
    h('section', { 'aria-labelledby': 'story' }, [
      heading('story', words.t('story.title')),
      story(context),
    ]),
    h('section', { 'aria-labelledby': 'cheat' }, [
      heading('cheat', words.t('cheat.title')),
      h('p', { class: 'govuk-body app-measure' }, words.t('cheat.lead')),
      h(
        'ul',
        { class: 'app-grid app-grid--two' },
        cheatKinds.map((kind) => cheatCard(context, kind)),
      ),
      h('p', { class: 'govuk-body app-measure' }, [
        words.t('home.abuses'),
        ' ',
        h('a', { class: 'govuk-link', href: '/abuses' }, words.t('home.abusesLink')),
      ]),
    ]),
    h('section', { 'aria-labelledby': 'doors' }, [
      heading('doors', words.t('home.doors')),
      h('p', { class: 'govuk-body app-measure' }, words.t('home.doorsLead')),
      h(FrontDoors, { words, siteUrl: context.siteUrl, nameOf: nameOf(organisations, words) }),
    ]),
    h('section', { 'aria-labelledby': 'processes' }, [
      heading('processes', words.t('home.processes')),
      h('p', { class: 'govuk-body app-measure' }, words.t('home.processesLead')),
      h(ProcessList, { words, processes, heads, nameOf: nameOf(organisations, words) }),
    ]),
    h(Limits, { words, texts: [words.t('home.limit.agreements'), words.t('home.limit.outside')] }),
  ]
  return { kind: 'page', title: words.t('home.title'), content }
}

async function tryToCheat(context: DemoContext): Promise<PageResult> {
  const wanted = context.form.get('cheat')
  const kind = cheatKinds.find((known) => known === wanted)
  if (kind === undefined) return redirect('/')
  const { demo } = context
  // A long attempt is shown while it runs; the others have their result on the first look.
  return await beginAttempt(context, kind, {
    run: (tell) => demo.cheat(kind, tell),
    showMeanwhile: kind === 'restore',
  })
}

/** The demo's front door, and its buttons that try to cheat. */
export const homeRoutes: readonly PageRoute[] = [
  { id: 'demo.home', role: 'demo', method: 'GET', path: '/', run: atDemo(showHome) },
  { id: 'demo.try-to-cheat', role: 'demo', method: 'POST', path: '/', run: atDemo(tryToCheat) },
]
