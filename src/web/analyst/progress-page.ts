import { h } from 'preact'
import { Button } from '../components/button.ts'
import { Form } from '../components/form.ts'
import { redirect } from '../page-route.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { atDesk } from './as-analyst.ts'

/**
 * Looks once more, and shows when the table leaves. The page does not reload itself: that takes the reader's place away,
 * and there is a time on it at which looking helps.
 */
function look(context: PageContext): Promise<PageResult> {
  return atDesk(context, async ({ desk, session }) => {
    const { words, formToken } = context
    const exchangeId = context.params['exchange'] ?? ''
    const analysis = session.tables.get(exchangeId)
    if (analysis === undefined) return redirect(`/results/${exchangeId}`)
    const outcome = await desk.ask(analysis)
    if (outcome.state !== 'pending') {
      session.tables.delete(exchangeId)
      return redirect(`/results/${exchangeId}`)
    }
    const title = words.t('progress.title')
    const when = words.dateTime(outcome.releaseAtMs)
    const content = [
      h('h1', { class: 'govuk-heading-l' }, title),
      h('p', { class: 'govuk-body-l app-measure' }, words.t('progress.text', { when })),
      h(Form, {
        action: `/progress/${exchangeId}`,
        token: formToken,
        children: h(Button, { text: words.t('progress.look') }),
      }),
    ]
    return { kind: 'page', title, content, backHref: '/catalogue' }
  })
}

function again(context: PageContext): Promise<PageResult> {
  return Promise.resolve(redirect(`/progress/${context.params['exchange'] ?? ''}`))
}

/** A table that is paid and not there yet. */
export const progressRoutes: readonly PageRoute[] = [
  {
    id: 'analyst.progress',
    role: 'analyst',
    method: 'GET',
    path: '/progress/:exchange',
    run: look,
  },
  { id: 'analyst.look', role: 'analyst', method: 'POST', path: '/progress/:exchange', run: again },
]
