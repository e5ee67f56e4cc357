import { h } from 'preact'
import { Button } from '../components/button.ts'
import { Form } from '../components/form.ts'
import { redirect } from '../page-route.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asAdministrator } from './as-administrator.ts'
import type { AsAdministrator } from './as-administrator.ts'
import { CheckTable } from './check-table.ts'

async function show(
  { words, formToken }: PageContext,
  { desk, name }: AsAdministrator,
): Promise<PageResult> {
  const { lookedAtMs, checks } = await desk.doctor()
  const wrong = checks.filter(({ ok }) => !ok).length
  const title = words.t('health.title')
  const content = [
    h('span', { class: 'govuk-caption-l' }, name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h(
      'p',
      { class: `app-check ${wrong === 0 ? 'app-check--holds' : 'app-check--fails'}` },
      words.t('health.summary', { wrong, all: checks.length }),
    ),
    h(
      'p',
      { class: 'govuk-body app-measure' },
      words.t('health.lead', { when: words.dateTime(lookedAtMs) }),
    ),
    h(CheckTable, { words, checks }),
    h(Form, {
      action: '/health',
      token: formToken,
      children: h(Button, { text: words.t('health.again'), kind: 'secondary' }),
    }),
  ]
  return { kind: 'page', title, content }
}

async function lookAgain(_context: PageContext, { desk }: AsAdministrator): Promise<PageResult> {
  await desk.doctor({ fresh: true })
  return redirect('/health')
}

/** Everything that the gateway needs, as it was found last, and looked at again on demand; nothing is changed. */
export const healthRoutes: readonly PageRoute[] = [
  {
    id: 'admin.health',
    role: 'admin',
    method: 'GET',
    path: '/health',
    run: (context) => asAdministrator(context, (as) => show(context, as)),
  },
  {
    id: 'admin.health-again',
    role: 'admin',
    method: 'POST',
    path: '/health',
    run: (context) => asAdministrator(context, (as) => lookAgain(context, as)),
  },
]
