import { h } from 'preact'
import type { JoinLeg, JoinProgress, JoinView } from '../../../population/index.ts'
import { Button } from '../../components/button.ts'
import type { Markup } from '../../markup.ts'
import type { Words } from '../../messages/words.ts'
import type { PageContext, PageResult } from '../../page-route.ts'
import { partiesOf, planTitle } from './join-words.ts'
import type { PartyNames } from './join-words.ts'
import { PlanFacts } from './plan-facts.ts'

/** One leg of every run, in their order. The tally's own have no side. */
type PlannedLeg = Pick<JoinLeg, 'kind' | 'side'>

const holderLeg = (kind: JoinLeg['kind']): readonly PlannedLeg[] => [
  { kind, side: 'left' },
  { kind, side: 'right' },
]

const plannedLegs: readonly PlannedLeg[] = [
  ...holderLeg('M1'),
  ...holderLeg('M2'),
  ...holderLeg('M3'),
  { kind: 'M4', side: null },
  ...holderLeg('M5'),
  { kind: 'M6', side: null },
]

function legItem(
  words: Words,
  { kind, side }: PlannedLeg,
  { names, legs }: { readonly names: PartyNames; readonly legs: readonly JoinLeg[] },
): Markup {
  const found = legs.find((leg) => leg.kind === kind && leg.side === side)
  const what = words.t('join.leg', {
    organisation: side === null ? names.tally : names[side],
    what: words.named('leg', kind),
  })
  const when =
    found === undefined
      ? words.t('join.legOpen')
      : words.t('join.legDone', { when: words.dateTime(found.atMs) })
  return h(
    'li',
    { class: `app-proof__stage ${found === undefined ? '' : 'app-proof__stage--done'}`.trim() },
    what,
    h('span', { class: 'app-leg__when' }, when),
  )
}

function standing(words: Words, { done, total, remainingMs }: JoinProgress): Markup[] {
  const percent = total === 0 ? 0 : Math.floor((100 * done) / total)
  const share = words.t('join.share', { percent })
  const isComputed = total > 0 && done >= total
  const left = isComputed
    ? words.t('join.lastChecks')
    : remainingMs === null
      ? words.t('join.noPace')
      : words.t('join.remaining', { time: words.duration(remainingMs) })
  return [
    h('p', { class: 'govuk-body', role: 'status' }, `${share} ${left}`),
    h('progress', {
      class: 'app-progress',
      max: Math.max(1, total),
      value: done,
      'aria-label': share,
    }),
  ]
}

/**
 * A run that is on its way: each leg, what is left to wait, and what was asked. The page does not reload itself: that
 * takes the reader's place away.
 */
export function progressPage(
  context: PageContext,
  view: Extract<JoinView, { state: 'running' }>,
): PageResult {
  const { words } = context
  const { plan, progress, qid } = view
  const names = partiesOf(context, plan)
  const title = words.t('progress.title')
  const content = [
    h('span', { class: 'govuk-caption-l' }, planTitle(context, view)),
    h('h1', { class: 'govuk-heading-l' }, title),
    standing(words, progress),
    h(Button, { text: words.t('progress.look'), href: `/joins/${qid}`, kind: 'secondary' }),
    h(
      'p',
      { class: 'govuk-body app-measure' },
      words.t('join.running', { until: words.dateTime(plan.expiresMs) }),
    ),
    h('h2', { class: 'govuk-heading-m' }, words.t('join.legs')),
    h(
      'ol',
      { class: 'app-proof' },
      plannedLegs.map((leg) => legItem(words, leg, { names, legs: progress.legs })),
    ),
    h('h2', { class: 'govuk-heading-m' }, words.t('join.question')),
    h(PlanFacts, { words, plan, names }),
  ]
  return { kind: 'page', title, content, backHref: '/history' }
}
