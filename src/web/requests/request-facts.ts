import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { SummaryList } from '../components/summary-list.ts'
import { written } from '../components/written.ts'
import type { SummaryRow } from '../components/summary-list.ts'
import { Tag } from '../components/tag.ts'
import type { TagTone } from '../components/tag.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext } from '../page-route.ts'
import type { RequestLine, RequestNotice, RequestView } from './request-desk.ts'

const dayMs = 86_400_000

/** Whether it should have been decided by now, or was decided too late. */
export function isLate({ dueMs, decidedAtMs }: RequestLine, nowMs: number): boolean {
  return (decidedAtMs ?? nowMs) > dueMs
}

function toneOf(line: RequestLine, nowMs: number): TagTone {
  if (line.state === 'granted') return 'good'
  if (line.state === 'refused') return 'refused'
  return isLate(line, nowMs) ? 'refused' : 'waiting'
}

/** State and clock in a word: what it is, and whether it is late. */
export function RequestTag(props: { words: Words; line: RequestLine; nowMs: number }): Markup {
  const { words, line, nowMs } = props
  const isOverdue = line.decidedAtMs === null && isLate(line, nowMs)
  const text = isOverdue ? words.t('request.overdue') : words.named('requestState', line.state)
  return h(Tag, { text, tone: toneOf(line, nowMs) })
}

/** By when it must be decided, with the days that are left; or when it was. */
export function clockText(
  { words, nowMs }: Pick<PageContext, 'words' | 'nowMs'>,
  line: RequestLine,
): string {
  const { dueMs, decidedAtMs } = line
  if (decidedAtMs !== null) return words.t('request.decidedAt', { when: words.date(decidedAtMs) })
  const days = Math.floor(Math.abs(dueMs - nowMs) / dayMs)
  const when = words.date(dueMs)
  return words.t(isLate(line, nowMs) ? 'request.lateBy' : 'request.dueBy', { when, days })
}

/** What somebody wrote, line by line. */
export function writtenLines(text: string | null, words: Words): ComponentChildren {
  if (text === null) return words.t('request.erased')
  return text
    .split('\n')
    .flatMap((line, at) => (at === 0 ? [written(line)] : [h('br', null), written(line)]))
}

/** The decision, as far as there is one. */
export function decisionRows(
  { decision, extension }: RequestView,
  words: Words,
): readonly SummaryRow[] {
  const rows: SummaryRow[] = []
  if (extension !== null)
    rows.push({ key: words.t('request.extended'), value: writtenLines(extension.reason, words) })
  if (decision === null) return rows
  rows.push({ key: words.t('request.answer'), value: writtenLines(decision.answer, words) })
  if (decision.law !== null)
    rows.push({ key: words.t('request.refusedBy'), value: words.named('requestLaw', decision.law) })
  if (decision.restricts)
    rows.push({ key: words.t('request.effect'), value: words.t('request.restricted') })
  return rows
}

function noticeText(context: PageContext, notice: RequestNotice): string {
  const { words, organisations } = context
  const organisation = nameOf(organisations, words)(notice.consumer)
  const named = notice.elements.map((element) => words.named('element', element))
  const facts = named.length === 0 ? words.t('request.toldFacts') : words.list(named)
  const when = notice.settledAtMs === null ? '' : words.dateTime(notice.settledAtMs)
  const entry = notice.entryIndex ?? 0
  return words.t(`request.told.${notice.state}`, { organisation, facts, when, entry })
}

/** Whom a correction was sent to, and whose receipt is there. */
export function RequestNotices(props: {
  context: PageContext
  request: RequestView
}): Markup | null {
  const { context, request } = props
  const { words } = context
  if (request.kind !== 'correction' || request.state !== 'granted') return null
  if (request.notices.length === 0)
    return h('p', { class: 'govuk-body app-measure' }, words.t('request.toldNobody'))
  return h(
    'div',
    { class: 'app-measure' },
    h('h3', { class: 'govuk-heading-s' }, words.t('request.toldTitle')),
    h(
      'ul',
      { class: 'govuk-list govuk-list--bullet' },
      request.notices.map((notice) => h('li', null, noticeText(context, notice))),
    ),
  )
}

/** Everything about one request but whose it is. */
export function RequestFacts(props: { context: PageContext; request: RequestView }): Markup {
  const { context, request } = props
  const { words, organisations } = context
  const { about, elements, organisation, entryIndex } = request
  const name = nameOf(organisations, words)
  const rows: SummaryRow[] = [
    { key: words.t('request.due'), value: clockText(context, request) },
    ...(about === null
      ? []
      : [
          {
            key: words.t('request.about'),
            value: words.t('entry.number', {
              index: about.entryIndex,
              organisation: name(organisation),
            }),
          },
        ]),
    ...(elements.length === 0
      ? []
      : [
          {
            key: words.t('request.elements'),
            value: words.list(elements.map((element) => words.named('element', element))),
          },
        ]),
    { key: words.t('request.text'), value: writtenLines(request.text, words) },
    ...decisionRows(request, words),
    {
      key: words.t('trace.entry'),
      value: words.t('entry.number', { index: entryIndex, organisation: name(organisation) }),
    },
  ]
  return h(SummaryList, { rows, classes: 'govuk-summary-list--no-border app-facts' })
}
