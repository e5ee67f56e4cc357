import { h } from 'preact'
import { Button } from '../components/button.ts'
import { Form } from '../components/form.ts'
import { abuseKinds } from '../demo-backend.ts'
import type { AbuseKind } from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import { redirect } from '../page-route.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { atDemo, type DemoContext } from './demo-context.ts'
import { beginAttempt } from './begin-attempt.ts'

function told(heading: string, text: string): Markup {
  return h('div', { class: 'app-abuse__side' }, [
    h('h3', { class: 'govuk-heading-s' }, heading),
    h('p', { class: 'govuk-body' }, text),
  ])
}

function abuse({ words, formToken }: PageContext, kind: AbuseKind): Markup {
  return h(
    'section',
    { class: 'app-abuse', 'aria-labelledby': kind },
    h('h2', { class: 'govuk-heading-m', id: kind }, words.t(`abuse.${kind}.title`)),
    h('div', { class: 'app-abuse__sides' }, [
      told(words.t('abuse.there'), words.t(`abuse.${kind}.there`)),
      told(words.t('abuse.here'), words.t(`abuse.${kind}.here`)),
    ]),
    h(
      'p',
      { class: 'govuk-body-s' },
      words.t('abuse.source', { source: words.t(`abuse.${kind}.source`) }),
    ),
    h(Form, {
      action: '/abuses',
      token: formToken,
      children: h(Button, {
        text: words.t('abuse.run'),
        hiddenText: words.t(`abuse.${kind}.title`),
        kind: 'secondary',
        name: 'abuse',
        value: kind,
      }),
    }),
  )
}

async function showAbuses(context: PageContext): Promise<PageResult> {
  const { words } = context
  const title = words.t('abuse.title')
  const content = [
    h('h1', { class: 'govuk-heading-xl' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('abuse.lead')),
    abuseKinds.map((kind) => abuse(context, kind)),
  ]
  return { kind: 'page', title, content, backHref: '/' }
}

async function replay(context: DemoContext): Promise<PageResult> {
  const wanted = context.form.get('abuse')
  const kind = abuseKinds.find((known) => known === wanted)
  if (kind === undefined) return redirect('/abuses')
  const run = (): ReturnType<DemoContext['demo']['replay']> => context.demo.replay(kind)
  return await beginAttempt(context, kind, { run, showMeanwhile: false })
}

/** Documented abuses of registers: what happened there, what happens here, and a button that runs it. */
export const abusesRoutes: readonly PageRoute[] = [
  { id: 'demo.abuses', role: 'demo', method: 'GET', path: '/abuses', run: showAbuses },
  { id: 'demo.replay', role: 'demo', method: 'POST', path: '/abuses', run: atDemo(replay) },
]
