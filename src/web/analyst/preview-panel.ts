import { h } from 'preact'
import type { PreviewAnswer } from '../../population/index.ts'
import { Button } from '../components/button.ts'
import { Form, formTokenField } from '../components/form.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import type { PageContext } from '../page-route.ts'
import { epsilonText, percentText } from './exact-text.ts'

type Preview = NonNullable<PreviewAnswer['preview']>

/** Each kind of number once: all buckets of a quantile are alike. */
function precision(words: Words, { numbers }: Preview): readonly string[] {
  const lines = numbers.map(({ name, halfWidth, levelPpm }) => {
    const kind = name.startsWith('bucket ') ? 'bucket' : name
    return words.t('preview.number', {
      name: words.named('numberName', kind),
      halfWidth: words.exact(String(halfWidth)),
      percent: percentText(words, levelPpm),
    })
  })
  return [...new Set(lines)]
}

function facts(words: Words, preview: Preview): Markup {
  const { cells, microEpsilon, held, releaseAfterMs } = preview
  const epsilon = epsilonText(words, microEpsilon)
  const lines = precision(words, preview).map((line) => h('li', null, line))
  return h(SummaryList, {
    classes: 'app-facts',
    rows: [
      { key: words.t('preview.cells'), value: words.exact(String(cells)) },
      { key: words.t('preview.precision'), value: h('ul', { class: 'govuk-list' }, lines) },
      {
        key: words.t('preview.cost'),
        value: held ? words.t('preview.held') : words.t('preview.epsilon', { epsilon }),
      },
      ...(held ? [] : [{ key: words.t('preview.wait'), value: words.duration(releaseAfterMs) }]),
    ],
  })
}

/** What the form asked for, sent once more as it was seen: what is paid is what was previewed. */
function askForm({ words, formToken }: PageContext, form: URLSearchParams, action: string): Markup {
  const kept = [...form].filter(([name]) => name !== 'do' && name !== formTokenField)
  return h(Form, {
    action,
    token: formToken,
    children: [
      ...kept.map(([name, value]) => h('input', { type: 'hidden', name, value })),
      h(Button, { text: words.t('preview.run'), name: 'do', value: 'ask' }),
      h('p', { class: 'govuk-hint' }, words.t('preview.runHint')),
    ],
  })
}

/** What a table would be, cost and give, or why it is not given. Nothing before a preview was asked for. */
export function PreviewPanel(props: {
  readonly context: PageContext
  readonly answer: PreviewAnswer
  readonly form: URLSearchParams
  readonly action: string
}): Markup | null {
  const { context, answer, form, action } = props
  const { words } = context
  const { preview, refusal } = answer
  if (refusal !== null)
    return h(
      'div',
      { class: 'app-verdict app-verdict--refused' },
      h('h2', { class: 'govuk-heading-s' }, words.t('preview.refused')),
      h('p', { class: 'govuk-body' }, words.named('tableCode', refusal.code)),
      h(
        'p',
        { class: 'govuk-body' },
        h('code', { class: 'app-code' }, refusal.code),
        ' ',
        h('span', { lang: 'en' }, refusal.message),
      ),
    )
  if (preview === null) return null
  return h(
    'section',
    { 'aria-labelledby': 'preview', class: 'app-receipt' },
    h('h2', { class: 'govuk-heading-s', id: 'preview' }, words.t('preview.title')),
    facts(words, preview),
    askForm(context, form, action),
  )
}
