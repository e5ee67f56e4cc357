import { h } from 'preact'
import { utf8 } from '../../../bytes/index.ts'
import { Button } from '../../components/button.ts'
import { ErrorSummary } from '../../components/error-summary.ts'
import { FileInput, TextArea } from '../../components/fields/index.ts'
import { Form } from '../../components/form.ts'
import { CommandLine } from '../../layout/command-line.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { asOfficer } from '../as-officer.ts'
import type { AsOfficer } from '../as-officer.ts'
import { afterAct } from '../outcome-page.ts'

function page(context: PageContext, isMissing: boolean): PageResult {
  const { words, formToken } = context
  const title = words.t('handIn.title')
  const text = words.t('handIn.missing')
  const error = isMissing ? { label: words.t('form.error'), text } : undefined
  const content = [
    isMissing ? h(ErrorSummary, { title: words.t('form.problem'), text, href: '#document' }) : null,
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('handIn.lead')),
    h(CommandLine, {
      lines: ['cloison agreement sign draft.yaml --key keys/dpo.key -c cloison.yaml'],
    }),
    h('p', { class: 'govuk-body app-measure' }, words.t('handIn.why')),
    h(Form, {
      action: '/hand-in',
      token: formToken,
      multipart: true,
      children: [
        h(FileInput, {
          name: 'document',
          label: words.t('handIn.file'),
          hint: words.t('handIn.fileHint'),
          error,
        }),
        h(TextArea, {
          name: 'text',
          label: words.t('handIn.text'),
          hint: words.t('handIn.textHint'),
          value: '',
          rows: 4,
          code: true,
        }),
        h(Button, { text: words.t('handIn.button') }),
      ],
    }),
  ]
  const result = { kind: 'page', title, content, backHref: '/agreements' } as const
  return isMissing ? { ...result, status: 422 } : result
}

async function send(context: PageContext, { desk }: AsOfficer): Promise<PageResult> {
  const { form } = context
  const document = [form.get('document'), form.get('text')]
    .map((text) => (text ?? '').trim())
    .find((text) => text !== '')
  if (document === undefined) return page(context, true)
  const outcome = await desk.handIn(utf8(document))
  return afterAct(context, outcome, { to: '/agreements', backHref: '/hand-in' })
}

/**
 * Where a document that was signed elsewhere is handed in: an agreement or an act. The gateway judges it by its
 * signatures, so it matters not who brings it.
 */
export const handInRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.hand-in',
    role: 'dpo',
    method: 'GET',
    path: '/hand-in',
    run: (context) => asOfficer(context, () => Promise.resolve(page(context, false))),
  },
  {
    id: 'dpo.hand-in-sent',
    role: 'dpo',
    method: 'POST',
    path: '/hand-in',
    run: (context) => asOfficer(context, (as) => send(context, as)),
  },
]
