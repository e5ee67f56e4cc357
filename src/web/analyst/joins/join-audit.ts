import { h } from 'preact'
import type { Markup } from '../../markup.ts'
import type { PageContext } from '../../page-route.ts'
import { partiesOf } from './join-words.ts'
import type { JoinPlan } from '../../../population/index.ts'
import type { PublicAudit } from './join-tables-desk.ts'

const parties = ['left', 'right', 'tally'] as const

/** What the inspector has made public of an audit of a table, or that there is none. */
export function JoinAudit({
  context,
  plan,
  audit,
}: {
  readonly context: PageContext
  readonly plan: JoinPlan
  readonly audit: PublicAudit | undefined
}): Markup {
  const { words } = context
  const names = partiesOf(context, plan)
  const { inspector } = names
  const heading = h('h2', { class: 'govuk-heading-m', id: 'audit' }, words.t('joinAudit.title'))
  if (audit === undefined)
    return h(
      'section',
      { 'aria-labelledby': 'audit' },
      heading,
      h('p', { class: 'govuk-body app-measure' }, words.t('joinAudit.none', { inspector })),
    )
  const entry = { index: audit.index, organisation: inspector }
  const found = parties.filter((party) => audit.findings[party] > 0)
  return h(
    'section',
    { 'aria-labelledby': 'audit' },
    heading,
    h(
      'div',
      { class: `app-verdict${audit.holds ? '' : ' app-verdict--refused'}` },
      h(
        'p',
        { class: 'app-verdict__value' },
        words.t(audit.holds ? 'joinAudit.holds' : 'joinAudit.fails'),
      ),
      h(
        'p',
        { class: 'app-verdict__note' },
        words.t('joinAudit.made', { inspector, when: words.dateTime(audit.atMs) }),
        ' ',
        words.t('entry.number', entry),
      ),
      ...found.map((party) =>
        h(
          'p',
          { class: 'app-verdict__note' },
          words.t('joinAudit.found', { organisation: names[party], count: audit.findings[party] }),
        ),
      ),
    ),
    h(
      'p',
      { class: 'govuk-body app-measure' },
      words.t(audit.holds ? 'joinAudit.holdsMeans' : 'joinAudit.failsMeans'),
    ),
  )
}
