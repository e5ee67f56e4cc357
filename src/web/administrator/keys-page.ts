import { h } from 'preact'
import { StackedTable } from '../components/lists/index.ts'
import { CommandLine } from '../layout/command-line.ts'
import type { Markup } from '../markup.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import type { OwnKeys } from './administrator-desk.ts'
import { asAdministrator } from './as-administrator.ts'
import type { AsAdministrator } from './as-administrator.ts'
import { KeyTable } from './key-table.ts'

function fileTable({ words, nowMs }: PageContext, files: OwnKeys['files']): Markup {
  return h(StackedTable, {
    caption: words.t('keys.files'),
    columns: [words.t('keys.setting'), words.t('keys.written'), words.t('keys.age')],
    rows: files.map(({ setting, writtenAtMs }) => ({
      head: h('code', { class: 'app-code app-anywhere' }, setting),
      cells: [words.date(writtenAtMs), words.duration(nowMs - writtenAtMs)],
    })),
  })
}

async function show(context: PageContext, { desk, name }: AsAdministrator): Promise<PageResult> {
  const { words } = context
  const { keys, files } = await desk.keys()
  const title = words.t('section.keys')
  const content = [
    h('span', { class: 'govuk-caption-l' }, name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('keys.lead')),
    h(KeyTable, { words, caption: words.t('keys.own'), keys }),
    fileTable(context, files),
    h('h2', { class: 'govuk-heading-m' }, words.t('keys.change')),
    h('p', { class: 'govuk-body app-measure' }, words.t('keys.changeText')),
    h(CommandLine, {
      lines: [
        'cloison key list -c cloison.yaml',
        'cloison key rotate gateway -c cloison.yaml --root-key root.key',
        'cloison key revoke tax/gateway/1a2b3c4d -c cloison.yaml --root-key root.key',
      ],
    }),
  ]
  return { kind: 'page', title, content }
}

/** The organisation's own keys, how old they are, and how they are changed. */
export const keyRoutes: readonly PageRoute[] = [
  {
    id: 'admin.keys',
    role: 'admin',
    method: 'GET',
    path: '/keys',
    run: (context) => asAdministrator(context, (as) => show(context, as)),
  },
]
