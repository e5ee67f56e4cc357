import { h } from 'preact'
import { InsetText } from '../components/inset-text.ts'
import { written } from '../components/written.ts'
import { CommandLine } from '../layout/command-line.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asInspector } from './as-inspector.ts'
import type { AsInspector } from './as-inspector.ts'
import type { InspectedAct } from './inspector-desk.ts'
import { pageHead } from './page-head.ts'
import { stackedRow, StackedTable } from '../components/lists/index.ts'

function textIn({ record: { body } }: InspectedAct, name: string): string {
  const value = body?.[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '–'
}

function openingsTable(context: PageContext, openings: readonly InspectedAct[]): Markup {
  const { words, organisations } = context
  return h(StackedTable, {
    caption: words.t('identities.made'),
    columns: [
      words.t('inspect.log'),
      words.t('identities.about'),
      words.t('identities.case'),
      words.t('identities.reason'),
      words.t('identities.when'),
    ],
    rows: openings.toReversed().map((opening) =>
      stackedRow([
        words.t('inspect.logOf', {
          organisation: nameOf(organisations, words)(opening.organisation),
          entry: opening.entry,
        }),
        textIn(opening, 'entry'),
        textIn(opening, 'case'),
        written(textIn(opening, 'reason')),
        words.dateTime(opening.record.timeMs),
      ]),
    ),
  })
}

function holders({ words, organisations }: PageContext, sealing: readonly InspectedAct[]): Markup {
  const names = [...new Set(sealing.map(({ organisation }) => organisation))]
  const text =
    names.length === 0
      ? words.t('identities.noSealing')
      : words.t('identities.sealing', {
          organisations: words.list(names.map((id) => nameOf(organisations, words)(id))),
        })
  return h('p', { class: 'govuk-body app-measure' }, text)
}

async function show(context: PageContext, { desk, name }: AsInspector): Promise<PageResult> {
  const { words } = context
  const [openings, sealing] = await Promise.all([
    desk.acts(['inspection.identity-opened']),
    desk.acts(['admin.sealing']),
  ])
  const title = words.t('identities.title')
  const content = [
    ...pageHead({ name, title, lead: words.t('identities.lead') }),
    holders(context, sealing),
    openings.length === 0
      ? h(InsetText, null, h('p', { class: 'govuk-body' }, words.t('identities.none')))
      : openingsTable(context, openings),
    h('h2', { class: 'govuk-heading-m' }, words.t('identities.how')),
    h(
      'ol',
      { class: 'govuk-list govuk-list--number app-measure' },
      (['identities.how1', 'identities.how2', 'identities.how3'] as const).map((key) =>
        h('li', null, words.t(key)),
      ),
    ),
    h(CommandLine, {
      lines: [
        'cloison identity request -c housing/cloison.yaml --entry 4711 \\',
        '  --case DPI-2026-17 --reason-file reason.txt --out request.json',
        'cloison identity open-share --help',
        'cloison identity open --help',
      ],
    }),
  ]
  return { kind: 'page', title, content }
}

/** Who asked is sealed: how two keys open one identity, and every opening that was made. */
export const identitiesRoutes: readonly PageRoute[] = [
  {
    id: 'inspector.identities',
    role: 'inspector',
    method: 'GET',
    path: '/identities',
    run: (context) => asInspector(context, (as) => show(context, as)),
  },
]
