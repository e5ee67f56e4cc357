import { h } from 'preact'
import { InsetText } from '../components/inset-text.ts'
import { CommandLine } from '../layout/command-line.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asInspector } from './as-inspector.ts'
import type { AsInspector } from './as-inspector.ts'
import { GapCard } from './gap-card.ts'
import type { InspectedReconciliation, InspectedRun } from './inspector-desk.ts'
import { pageHead } from './page-head.ts'
import { stackedRow, StackedTable } from '../components/lists/index.ts'

interface PairFacts {
  readonly matched: number
  readonly pending: number
  readonly gaps: number
}

/** Matches and gaps add up over the runs; what is pending is what the newest says. */
function pairFacts(runs: readonly InspectedRun[]): ReadonlyMap<string, PairFacts> {
  const facts = new Map<string, PairFacts>()
  for (const { report } of runs) {
    if (report === null) continue
    for (const [key, { matched, gaps }] of facts) facts.set(key, { matched, gaps, pending: 0 })
    for (const { consumer, provider, matched, pending, gaps } of report.pairs) {
      const key = `${consumer} ${provider}`
      const before = facts.get(key) ?? { matched: 0, pending: 0, gaps: 0 }
      facts.set(key, {
        matched: before.matched + matched,
        gaps: before.gaps + gaps,
        pending,
      })
    }
  }
  return facts
}

function pairsTable({ words, organisations }: PageContext, runs: readonly InspectedRun[]): Markup {
  const name = nameOf(organisations, words)
  const rows = [...pairFacts(runs)].map(([key, { matched, pending, gaps }]) => {
    const [consumer = '', provider = ''] = key.split(' ')
    const pair = words.t('reconcile.pair', { consumer: name(consumer), provider: name(provider) })
    return stackedRow([pair, String(matched), String(pending), String(gaps)])
  })
  return h(StackedTable, {
    caption: words.t('reconcile.pairs'),
    columns: [
      words.t('reconcile.whoAsked'),
      words.t('reconcile.matched'),
      words.t('reconcile.pending'),
      words.t('reconcile.gaps'),
    ],
    rows,
  })
}

function resultOf({ words, organisations }: PageContext, run: InspectedRun): string {
  if (run.fault !== null) return words.named('reconcileFault', run.fault.code)
  if (run.away.length > 0)
    return words.t('reconcile.away', {
      organisations: words.list(run.away.map((id) => nameOf(organisations, words)(id))),
    })
  const gaps = Object.values(run.report?.counts.gaps ?? {}).reduce((sum, one) => sum + one, 0)
  return words.t('reconcile.runResult', { matched: run.report?.counts.matched ?? 0, gaps })
}

function runsTable(context: PageContext, runs: readonly InspectedRun[]): Markup {
  const { words } = context
  return h(StackedTable, {
    caption: words.t('reconcile.runs'),
    columns: [words.t('reconcile.when'), words.t('reconcile.result'), words.t('inspect.entry')],
    rows: runs
      .toReversed()
      .slice(0, 20)
      .map((run) =>
        stackedRow([
          words.dateTime(run.atMs),
          resultOf(context, run),
          run.entry === null ? '–' : String(run.entry),
        ]),
      ),
  })
}

function verdict({ words }: PageContext, { runs, gaps }: InspectedReconciliation): Markup {
  const last = runs.at(-1)
  const text =
    last === undefined
      ? words.t('reconcile.notYet')
      : words.t(gaps.length === 0 ? 'reconcile.noGap' : 'reconcile.someGaps', {
          count: gaps.length,
          at: words.dateTime(last.atMs),
        })
  return h(InsetText, null, h('p', { class: 'govuk-body' }, text))
}

function gapSection(context: PageContext, { gaps }: InspectedReconciliation): Markup | null {
  const { words } = context
  if (gaps.length === 0) return null
  return h(
    'section',
    { 'aria-labelledby': 'gaps' },
    h('h2', { class: 'govuk-heading-m', id: 'gaps' }, words.t('reconcile.gapsTitle')),
    h('p', { class: 'govuk-body app-measure' }, words.t('reconcile.gapsLead')),
    h(
      'div',
      { class: 'app-stack' },
      gaps
        .toReversed()
        .slice(0, 50)
        .map((kept) => h(GapCard, { context, kept })),
    ),
  )
}

/** What each organisation types, then the inspector; the first two stand for all. */
function offlineCommands(
  { site }: PageContext,
  { organisations }: InspectedReconciliation,
): readonly string[] {
  const [left = 'housing', right = 'tax'] = organisations
  return [
    ...[left, right].map(
      (one) =>
        `cloison log export -c ${one}/cloison.yaml --to ${site.organisation} --out ${one}.jsonl`,
    ),
    `cloison reconcile --left ${left}.jsonl --right ${right}.jsonl --vkeys vkeys.txt --policy policy.txt`,
  ]
}

async function show(context: PageContext, { desk, name }: AsInspector): Promise<PageResult> {
  const { words } = context
  const found = await desk.reconciliation()
  const title = words.t('reconcile.title')
  const lead = words.t('reconcile.lead', {
    every: words.duration(found.everySeconds * 1000),
    window: words.duration(found.windowSeconds * 1000),
  })
  const content = [
    ...pageHead({ name, title, lead }),
    verdict(context, found),
    found.runs.length === 0 ? null : pairsTable(context, found.runs),
    gapSection(context, found),
    found.runs.length === 0 ? null : runsTable(context, found.runs),
    h('p', { class: 'govuk-body app-measure' }, words.t('reconcile.limits')),
    h('h2', { class: 'govuk-heading-m' }, words.t('reconcile.offline')),
    h('p', { class: 'govuk-body app-measure' }, words.t('reconcile.offlineLead')),
    h(CommandLine, { lines: offlineCommands(context, found) }),
  ]
  return { kind: 'page', title, content }
}

/** Both sides of every exchange: what fits, and every gap by name. */
export const reconciliationRoutes: readonly PageRoute[] = [
  {
    id: 'inspector.reconciliation',
    role: 'inspector',
    method: 'GET',
    path: '/reconciliation',
    run: (context) => asInspector(context, (as) => show(context, as)),
  },
]
