import { h } from 'preact'
import { StackedTable, stackedRow } from '../components/lists/index.ts'
import type { Markup } from '../markup.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import type { ListedAct } from './administrator-desk.ts'
import { asAdministrator } from './as-administrator.ts'
import type { AsAdministrator } from './as-administrator.ts'

/** What an administrator does that becomes an entry, and the command that does it. */
const commands: Readonly<Record<string, string>> = {
  'admin.start': 'cloison serve -c cloison.yaml',
  'admin.officials': 'cloison serve -c cloison.yaml',
  'admin.sealing': 'cloison serve -c cloison.yaml',
  'key.log-added': 'cloison serve -c cloison.yaml',
  'key.log-dropped': 'cloison serve -c cloison.yaml',
  'directory.published': 'cloison key rotate gateway -c cloison.yaml --root-key root.key',
  'directory.accepted': 'cloison peer add directory.json -c cloison.yaml',
  'directory.recovery': 'cloison peer add directory.json -c cloison.yaml',
  'log.closed': 'cloison log close -c cloison.yaml --next tax.example/log/2027h1',
  'log.opened': 'cloison serve -c cloison.yaml',
}

/** Acts on the page; the log has all of them. */
const mostShown = 50

function code(text: string): Markup {
  return h('code', { class: 'app-code app-anywhere' }, text)
}

function actTable({ words }: PageContext, acts: readonly ListedAct[]): Markup {
  return h(StackedTable, {
    caption: words.t('acts.caption'),
    columns: [
      words.t('acts.what'),
      words.t('acts.about'),
      words.t('acts.when'),
      words.t('event.entry'),
    ],
    rows: acts
      .slice(0, mostShown)
      .map(({ kind, name, atMs, entry }) =>
        stackedRow([
          words.named('adminAct', kind),
          name === null ? '–' : code(name),
          words.dateTime(atMs),
          words.t('event.number', { entry }),
        ]),
      ),
  })
}

function commandTable({ words }: PageContext): Markup {
  return h(StackedTable, {
    caption: words.t('acts.commands'),
    columns: [words.t('acts.what'), words.t('acts.command')],
    rows: Object.entries(commands).map(([kind, command]) =>
      stackedRow([words.named('adminAct', kind), code(command)]),
    ),
  })
}

async function show(context: PageContext, { desk, name }: AsAdministrator): Promise<PageResult> {
  const { words } = context
  const acts = await desk.acts(Object.keys(commands))
  const rest = acts.length - mostShown
  const title = words.t('section.acts')
  const content = [
    h('span', { class: 'govuk-caption-l' }, name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('acts.lead')),
    acts.length === 0
      ? h('p', { class: 'govuk-inset-text' }, words.t('acts.none'))
      : actTable(context, acts),
    rest <= 0 ? null : h('p', { class: 'govuk-body' }, words.t('acts.older', { count: rest })),
    commandTable(context),
  ]
  return { kind: 'page', title, content }
}

/** What was done to the gateway, as its own log has it, and which command does each. */
export const actRoutes: readonly PageRoute[] = [
  {
    id: 'admin.acts',
    role: 'admin',
    method: 'GET',
    path: '/acts',
    run: (context) => asAdministrator(context, (as) => show(context, as)),
  },
]
