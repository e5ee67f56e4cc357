import { h } from 'preact'
import type { JoinView } from '../../../population/index.ts'
import { Button } from '../../components/button.ts'
import type { Markup } from '../../markup.ts'
import { nameOf } from '../../organisation-name.ts'
import type { PageContext, PageResult } from '../../page-route.ts'
import { partiesOf, planTitle } from './join-words.ts'
import { PlanFacts } from './plan-facts.ts'

type Stopped = Extract<JoinView, { state: 'stopped' }>

/** What a code of a stop is about, for the words that a reader gets. */
const reasons: Readonly<Record<string, string>> = {
  PLAN_EXPIRED: 'late',
  GIVEN_UP: 'gaveUp',
  STATE_DAMAGED: 'gaveUp',
  PLAN_MISMATCH: 'message',
  MESSAGE_MALFORMED: 'message',
  MESSAGE_UNEXPECTED: 'message',
  MESSAGE_CHANGED: 'message',
  SIZE_WRONG: 'list',
  LENGTH_WRONG: 'list',
  POINT_NOT_CANONICAL: 'list',
  POINT_REPEATED: 'list',
  POINT_OFF_CURVE: 'list',
  POINT_REFLECTED: 'list',
  POINT_SMALL_ORDER: 'list',
  POINT_ALIASED: 'list',
  LIST_DISPUTED: 'disputed',
  KEY_REFLECTED: 'key',
  KEY_REUSED: 'key',
  CHALLENGE_WRONG: 'opening',
  OPENING_INVALID: 'opening',
  RESULT_WRONG: 'result',
}

/** Who stopped it, whom they blame, and the digests of what shows it. */
function saidOfStop(
  { words, organisations }: PageContext,
  stop: NonNullable<Stopped['stop']>,
): readonly Markup[] {
  const name = nameOf(organisations, words)
  const by = name(stop.by)
  const said =
    stop.blames === null
      ? words.t('join.stoppedAlone', { by })
      : words.t('join.stoppedBlames', { by, blames: name(stop.blames) })
  const paragraph = h('p', { class: 'govuk-body app-measure' }, said)
  if (stop.digests.length === 0) return [paragraph]
  const digests = stop.digests.map((digest) =>
    h('li', { key: digest }, h('code', { class: 'app-code' }, digest)),
  )
  return [
    paragraph,
    h(
      'p',
      { class: 'govuk-body' },
      words.t('label.before', { text: words.t('join.stoppedDigests') }),
    ),
    h('ul', { class: 'govuk-list' }, digests),
  ]
}

/** A run that a failed check or its end has stopped: why, what it costs all the same, and what to do. */
export function stoppedPage(context: PageContext, view: Stopped): PageResult {
  const { words } = context
  const { plan, code, qid } = view
  const names = partiesOf(context, plan)
  const title = words.t('join.stoppedTitle')
  const content = [
    h('span', { class: 'govuk-caption-l' }, planTitle(context, view)),
    h('h1', { class: 'govuk-heading-l' }, title),
    h(
      'div',
      { class: 'app-verdict app-verdict--refused' },
      h('p', { class: 'app-verdict__value' }, words.named('joinStop', reasons[code] ?? 'other')),
      h('p', { class: 'app-verdict__note' }, h('code', { class: 'app-code' }, code)),
    ),
    ...(view.stop === null ? [] : saidOfStop(context, view.stop)),
    h('p', { class: 'govuk-body app-measure' }, words.t('join.stoppedCost', { ...names })),
    h(
      'p',
      { class: 'govuk-body app-measure' },
      words.rich('join.stoppedShow', { qid, inspector: names.inspector }),
    ),
    h('h2', { class: 'govuk-heading-m' }, words.t('join.question')),
    h(PlanFacts, { words, plan, names }),
    h(Button, {
      text: words.t('join.again'),
      href: `/pairs/${plan.left.agreement.id}/${plan.right.agreement.id}`,
      kind: 'secondary',
    }),
  ]
  return { kind: 'page', title, content, backHref: '/history' }
}
