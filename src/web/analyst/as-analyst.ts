import { h } from 'preact'
import { PopulationError } from '../../population/index.ts'
import { Button } from '../components/button.ts'
import { redirect } from '../page-route.ts'
import type { PageContext, PageResult } from '../page-route.ts'
import type { Session } from '../session.ts'
import type { JoinTablesDesk } from './joins/join-tables-desk.ts'
import type { PopulationDesk } from './population-desk.ts'

/** The analyst who signed in, with the desk of their organisation. */
export interface AsAnalyst {
  readonly session: Session
  /** As the organisation's own systems name them. */
  readonly analyst: string
  readonly name: string
  readonly desk: PopulationDesk | undefined
  readonly joins: JoinTablesDesk | undefined
}

/** The failures that a visitor is told of in words. */
const told = [
  'PEER_UNAVAILABLE',
  'PEER_REFUSED',
  'ANSWER_REFUSED',
  'AGREEMENT_UNKNOWN',
  'PEER_UNKNOWN',
]

function problemPage({ words }: PageContext, code: string): PageResult {
  const title = words.t('deskProblem.title')
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.named('deskProblem', code)),
    h('p', { class: 'govuk-body app-measure' }, words.t('deskProblem.text')),
    h(Button, { text: words.t('section.catalogue'), href: '/catalogue', kind: 'secondary' }),
  ]
  return { kind: 'page', title, content, status: 502 }
}

/** Runs `page` for the analyst who signed in; without one, leads to signing in. What the desk refuses is told in words. */
export async function asAnalyst(
  context: PageContext,
  page: (as: AsAnalyst) => Promise<PageResult>,
): Promise<PageResult> {
  const { session, desks } = context
  const account = session?.account
  if (session === undefined || account === undefined) return redirect('/')
  try {
    const { id: analyst, name } = account
    return await page({ session, analyst, name, desk: desks.population, joins: desks.joins })
  } catch (cause) {
    if (cause instanceof PopulationError && told.includes(cause.code))
      return problemPage(context, cause.code)
    throw cause
  }
}

/** The same where there is a desk; elsewhere there is nothing at the address. */
export function atDesk(
  context: PageContext,
  page: (as: AsAnalyst & { readonly desk: PopulationDesk }) => Promise<PageResult>,
): Promise<PageResult> {
  return asAnalyst(context, async (as) => {
    const { desk } = as
    return desk === undefined ? { kind: 'missing' } : await page({ ...as, desk })
  })
}

/** {@link atDesk} for tables over two registers. */
export function atJoins(
  context: PageContext,
  page: (as: AsAnalyst & { readonly joins: JoinTablesDesk }) => Promise<PageResult>,
): Promise<PageResult> {
  return asAnalyst(context, async (as) => {
    const { joins } = as
    return joins === undefined ? { kind: 'missing' } : await page({ ...as, joins })
  })
}
