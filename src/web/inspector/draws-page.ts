import { h } from 'preact'
import { InsetText } from '../components/inset-text.ts'
import { CommandLine } from '../layout/command-line.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asInspector } from './as-inspector.ts'
import type { AsInspector } from './as-inspector.ts'
import type { InspectedAct, InspectedDraw } from './inspector-desk.ts'
import { pageHead } from './page-head.ts'
import { stackedRow, StackedTable } from '../components/lists/index.ts'

/** How a draw has come out: which entries, or why it is void, or how far it is. */
function resultText({ words }: PageContext, verdict: InspectedDraw['verdict']): string {
  if (verdict === null) return words.t('draws.unread')
  if (verdict.state === 'void')
    return words.t('draws.void', { why: words.named('drawFault', verdict.fault) })
  if (verdict.state !== 'drawn') return words.named('drawState', verdict.state)
  return verdict.drawn.length === 0
    ? words.t('draws.empty')
    : words.t('draws.drawn', {
        entries: words.list(verdict.drawn.map((entry) => words.exact(String(entry)))),
      })
}

function wanted({ record: { body } }: InspectedAct, name: 'count' | 'first' | 'last'): number {
  const value = body?.[name]
  return typeof value === 'number' ? value : 0
}

function drawsTable(
  context: PageContext,
  acts: readonly InspectedAct[],
  found: readonly InspectedDraw[],
): Markup {
  const { words, organisations } = context
  const draws = acts.filter(({ record }) => record.kind === 'audit.committed')
  return h(StackedTable, {
    caption: words.t('draws.made'),
    columns: [
      words.t('inspect.log'),
      words.t('draws.what'),
      words.t('draws.state'),
      words.t('draws.when'),
    ],
    rows: draws.toReversed().map((draw) =>
      stackedRow([
        words.t('inspect.logOf', {
          organisation: nameOf(organisations, words)(draw.organisation),
          entry: draw.entry,
        }),
        words.t('draws.terms', {
          count: wanted(draw, 'count'),
          first: wanted(draw, 'first'),
          last: wanted(draw, 'last') - 1,
        }),
        resultText(
          context,
          found.find(({ log, entry }) => log === draw.log && entry === draw.entry)?.verdict ?? null,
        ),
        words.dateTime(draw.record.timeMs),
      ]),
    ),
  })
}

async function show(context: PageContext, { desk, name }: AsInspector): Promise<PageResult> {
  const { words } = context
  const [acts, found] = await Promise.all([desk.acts(['audit.']), desk.draws()])
  const title = words.t('draws.title')
  const content = [
    ...pageHead({ name, title, lead: words.t('draws.lead') }),
    acts.length === 0
      ? h(InsetText, null, h('p', { class: 'govuk-body' }, words.t('draws.none')))
      : drawsTable(context, acts, found),
    h('h2', { class: 'govuk-heading-m' }, words.t('draws.how')),
    h(
      'ol',
      { class: 'govuk-list govuk-list--number app-measure' },
      (['draws.how1', 'draws.how2', 'draws.how3'] as const).map((key) =>
        h('li', null, words.t(key)),
      ),
    ),
    h(CommandLine, {
      lines: [
        'cloison audit commit -c tax/cloison.yaml --nonce-file draw-1.json',
        'cloison audit draw -c tax/cloison.yaml --nonce-file draw-1.json',
        'cloison audit verify ./kept/tax/log',
      ],
    }),
  ]
  return { kind: 'page', title, content }
}

/** Draws of entries at random, and how to make one that nobody can steer. */
export const drawsRoutes: readonly PageRoute[] = [
  {
    id: 'inspector.draws',
    role: 'inspector',
    method: 'GET',
    path: '/draws',
    run: (context) => asInspector(context, (as) => show(context, as)),
  },
]
