import { h } from 'preact'
import { Button } from '../components/button.ts'
import { Limits } from '../layout/limits.ts'
import { SummaryList } from '../components/summary-list.ts'
import type {
  AnswerCorrection,
  AnswerValue,
  DenyOutcome,
  Need,
  PermitOutcome,
} from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import { logOwner, nameOf } from '../organisation-name.ts'
import type { PageResult, PageRoute } from '../page-route.ts'
import { answerShownMs } from '../session.ts'
import type { ShownAnswer } from '../session.ts'
import { CorrectionNote } from './correction-note.ts'
import { asOfficial } from './question-draft.ts'
import { ProofState } from './proof-state.ts'
import { atCases, type CaseContext } from './case-context.ts'

function valueText(words: Words, value: AnswerValue): string {
  if (value === null) return words.t('answer.none')
  if (typeof value === 'boolean') return words.t(value ? 'answer.yes' : 'answer.no')
  return typeof value === 'number' ? words.t('answer.number', { value }) : value
}

function backToCases(words: Words): Markup {
  return h(Button, { text: words.t('answer.back'), href: '/cases', kind: 'secondary' })
}

function results({ words }: CaseContext, answer: PermitOutcome): Markup[] {
  return answer.results.map(({ element, value }) =>
    h(
      'div',
      { class: 'app-verdict' },
      h('p', { class: 'app-verdict__label' }, words.named('element', element)),
      h('p', { class: 'app-verdict__value' }, valueText(words, value)),
    ),
  )
}

function obligations(words: Words, answer: PermitOutcome, atMs: number): Markup {
  const { retentionDays, disposal, contestUntilMs, noRedisclosure } = answer.obligations
  const until = words.date(atMs + retentionDays * 86_400_000)
  return h(
    'section',
    { 'aria-labelledby': 'may' },
    h('h2', { class: 'govuk-heading-m', id: 'may' }, words.t('answer.may')),
    h(SummaryList, {
      rows: [
        {
          key: words.t('answer.use'),
          value: words.t(noRedisclosure ? 'answer.useHere' : 'answer.usePurpose'),
        },
        {
          key: words.t('answer.keep'),
          value: `${words.t('answer.keepUntil', { until })} ${words.named('disposal', disposal)}`,
        },
        {
          key: words.t('answer.contest'),
          value: words.t('answer.contestUntil', { until: words.date(contestUntilMs) }),
        },
      ],
    }),
  )
}

function heading(context: CaseContext, shown: ShownAnswer, need: Need | undefined): Markup[] {
  const { words } = context
  const title = need === undefined ? words.t('answer.title') : words.local(need.label)
  return [
    h(
      'span',
      { class: 'govuk-caption-l' },
      words.t('answer.case', { reference: shown.caseReference }),
    ),
    h('h1', { class: 'govuk-heading-l' }, title),
  ]
}

/** An answer's circumstances: what it was for, when it was given, and what was corrected since. */
interface Given {
  readonly need: Need | undefined
  readonly atMs: number
  readonly corrections: readonly AnswerCorrection[]
}

function answered(
  context: CaseContext,
  answer: PermitOutcome,
  { need, atMs, corrections }: Given,
): Markup[] {
  const { words, site } = context
  const provider = need?.provider ?? site.organisation ?? ''
  return [
    h(CorrectionNote, { context, corrections, provider, level: 2, id: 'corrected' }),
    ...results(context, answer),
    h(ProofState, { context, answer, provider }),
    obligations(words, answer, atMs),
    backToCases(words),
    h(Limits, {
      words,
      texts: [
        words.t('answer.limit.register'),
        words.t('answer.limit.forgotten', { minutes: answerShownMs / 60_000 }),
      ],
    }),
  ]
}

function refused(context: CaseContext, denial: DenyOutcome, need: Need | undefined): Markup[] {
  const { words, organisations } = context
  const owner = logOwner(organisations, denial.origin, need?.provider ?? '')
  const organisation = nameOf(organisations, words)(owner)
  const cap = denial.cap === undefined ? undefined : words.named('cap', denial.cap)
  const entry =
    denial.entryIndex === undefined
      ? words.t('denied.noEntry')
      : words.t('entry.number', { index: denial.entryIndex, organisation })
  return [
    h(
      'div',
      { class: 'app-verdict app-verdict--refused' },
      h('p', { class: 'app-verdict__label' }, words.t('denied.label')),
      h('p', { class: 'app-verdict__value' }, words.named('code', denial.code)),
      cap === undefined ? null : h('p', { class: 'app-verdict__note' }, cap),
    ),
    h('h2', { class: 'govuk-heading-m' }, words.t('denied.next')),
    h(
      'p',
      { class: 'govuk-body app-measure' },
      words.find('next', denial.code) ?? words.t('denied.nextUnknown'),
    ),
    h('h2', { class: 'govuk-heading-m' }, words.t('denied.trace')),
    h(SummaryList, {
      rows: [
        { key: words.t('entry.code'), value: h('code', { class: 'app-code' }, denial.code) },
        { key: words.t('denied.entry'), value: entry },
      ],
    }),
    h('p', { class: 'govuk-body app-measure' }, words.t('denied.seen')),
    backToCases(words),
  ]
}

async function current(context: CaseContext, answer: PermitOutcome): Promise<PermitOutcome> {
  if (answer.witnessedAtMs !== undefined) return answer
  const state = await context.cases.askState(answer.exchangeId)
  return state === undefined ? answer : { ...answer, ...state }
}

function showAnswer(context: CaseContext): Promise<PageResult> {
  return asOfficial(context, async ({ session }) => {
    const { words, cases } = context
    const shown = session.answers.get(context.params['exchange'] ?? '')
    if (shown === undefined) return { kind: 'missing' }
    const need = (await cases.needs()).find(({ id }) => id === shown.needId)
    const { outcome, atMs } = shown
    const parts =
      outcome.outcome === 'permit'
        ? answered(context, await current(context, outcome), {
            need,
            atMs,
            corrections: await cases.corrections(outcome.exchangeId),
          })
        : refused(context, outcome, need)
    const content = [...heading(context, shown, need), ...parts]
    const title = words.t(outcome.outcome === 'permit' ? 'answer.title' : 'denied.title')
    return { kind: 'page', title, content, backHref: '/cases' }
  })
}

function answerState(context: CaseContext): Promise<PageResult> {
  return asOfficial(context, async ({ session }) => {
    const exchange = context.params['exchange'] ?? ''
    if (!session.answers.has(exchange)) return { kind: 'missing' }
    const state = await context.cases.askState(exchange)
    const body = JSON.stringify({ witnessed: state?.provisional === false })
    return { kind: 'file', name: 'state.json', contentType: 'application/json', body }
  })
}

/** What came of one question, for a quarter of an hour, and how far its proof is. */
export const answerRoutes: readonly PageRoute[] = [
  {
    id: 'caseworker.answer',
    role: 'caseworker',
    method: 'GET',
    path: '/answers/:exchange',
    run: atCases(showAnswer),
  },
  {
    id: 'caseworker.answer-state',
    role: 'caseworker',
    method: 'GET',
    path: '/answers/:exchange/state',
    run: atCases(answerState),
  },
]
