import { h } from 'preact'
import { Button } from '../components/button.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { SummaryRow } from '../components/summary-list.ts'
import { abuseKinds, restoreCount } from '../demo-backend.ts'
import type { AbuseKind, CheatResult } from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import type { Words } from '../messages/words.ts'
import type { CheatRun } from '../session.ts'
import { codeText, outcomeText } from './outcome-text.ts'
import { RestoreTable } from './restore-table.ts'

/** What is said above an attempt, and where it was begun. */
interface Heading {
  readonly caption: string
  readonly title: string
  readonly again: string
  readonly from: string
}

function isAbuse(kind: CheatRun['kind']): kind is AbuseKind {
  return abuseKinds.some((one) => one === kind)
}

function headingOf(kind: CheatRun['kind'], words: Words): Heading {
  return isAbuse(kind)
    ? {
        caption: words.t('abuse.caption'),
        title: words.t(`abuse.${kind}.title`),
        again: words.t('abuse.again'),
        from: '/abuses',
      }
    : {
        caption: words.t('cheat.caption'),
        title: words.t(`cheat.${kind}.title`),
        again: words.t('cheat.again'),
        from: '/#cheat',
      }
}

function stopped({ words }: PageContext, result: CheatResult): Markup {
  return h(
    'div',
    { class: 'app-verdict app-verdict--refused' },
    h('p', { class: 'app-verdict__label' }, words.t('cheat.stoppedBy')),
    h('p', { class: 'app-verdict__value' }, codeText(words, result.stoppedBy)),
    result.detail === undefined
      ? null
      : h('p', { class: 'app-verdict__note' }, words.local(result.detail)),
  )
}

function entryRows(context: PageContext, result: CheatResult): readonly SummaryRow[] {
  const { words, organisations } = context
  const code = {
    key: words.t('entry.code'),
    value: h('code', { class: 'app-code' }, result.stoppedBy),
  }
  if (result.entry === null) {
    return [code, { key: words.t('cheat.entry'), value: words.t('cheat.noEntry') }]
  }
  const { organisation, index, kind } = result.entry
  return [
    code,
    {
      key: words.t('cheat.entry'),
      value: words.t('entry.number', {
        index,
        organisation: nameOf(organisations, words)(organisation),
      }),
    },
    { key: words.t('cheat.entryKind'), value: h('code', { class: 'app-code' }, kind) },
  ]
}

function trail(context: PageContext, { steps }: CheatResult): Markup {
  return h(
    'ol',
    { class: 'app-trail' },
    steps.map((step) =>
      h(
        'li',
        { class: 'app-trail__step' },
        h('p', { class: 'app-trail__what' }, context.words.local(step.what)),
        h('p', { class: 'app-trail__outcome' }, outcomeText(context, step.outcome)),
      ),
    ),
  )
}

/** Where whoever it was tried on sees it: the log-in offers them first. */
function victimLink({ words, siteUrl }: PageContext, { victim }: CheatResult): Markup | null {
  if (victim === undefined) return null
  const href = siteUrl({ role: 'person', organisation: 'tax' })
  return h(
    'p',
    { class: 'govuk-body app-measure' },
    words.t('cheat.victim', { name: victim }),
    ' ',
    h('a', { class: 'govuk-link', href }, words.t('cheat.victimLink')),
  )
}

/** An attempt that takes its time: what is known so far, and a way to look again. */
function showProgress({ words, params }: PageContext, { kind, rows }: CheatRun): PageResult {
  const { caption, title, from } = headingOf(kind, words)
  const done = words.t('cheat.progress', { done: rows.length, total: restoreCount })
  const content = [
    h('span', { class: 'govuk-caption-l' }, caption),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body', role: 'status', 'data-reload-ms': '1500' }, done),
    h('progress', {
      class: 'app-progress',
      max: restoreCount,
      value: rows.length,
      'aria-label': done,
    }),
    rows.length === 0 ? null : h(RestoreTable, { words, rows }),
    h(Button, {
      text: words.t('cheat.lookAgain'),
      href: `/cheats/${params['cheat'] ?? ''}`,
      kind: 'secondary',
    }),
  ]
  return { kind: 'page', title, content, backHref: from }
}

function showRun(context: PageContext, run: CheatRun): PageResult {
  if (run.failure !== undefined) throw run.failure.cause
  return run.result === undefined
    ? showProgress(context, run)
    : showResult(context, run.kind, run.result)
}

function showResult(context: PageContext, kind: CheatRun['kind'], result: CheatResult): PageResult {
  const { words } = context
  const { caption, title, again, from } = headingOf(kind, words)
  const content = [
    h('span', { class: 'govuk-caption-l' }, caption),
    h('h1', { class: 'govuk-heading-l' }, title),
    stopped(context, result),
    h('h2', { class: 'govuk-heading-m' }, words.t('cheat.steps')),
    result.restored === undefined
      ? trail(context, result)
      : h(RestoreTable, { words, rows: result.restored }),
    h('h2', { class: 'govuk-heading-m' }, words.t('cheat.left')),
    h(SummaryList, { rows: entryRows(context, result) }),
    victimLink(context, result),
    h(Button, { text: again, href: from, kind: 'secondary' }),
  ]
  return { kind: 'page', title, content, backHref: from }
}

/** What came of trying to cheat. */
export const cheatRoutes: readonly PageRoute[] = [
  {
    id: 'demo.cheat',
    role: 'demo',
    method: 'GET',
    path: '/cheats/:cheat',
    async run(context) {
      const held = context.session?.cheats.get(context.params['cheat'] ?? '')
      return held === undefined ? { kind: 'missing' } : showRun(context, held)
    },
  },
]
