import type { CaseCard, Need, OfficialCard } from '../demo-backend.ts'
import { redirect } from '../page-route.ts'
import type { PageResult } from '../page-route.ts'
import type { Session } from '../session.ts'
import type { Account } from '../sign-in/identity-port.ts'
import type { CaseContext } from './case-context.ts'

/** The official who signed in. */
export interface AsOfficial {
  readonly session: Session
  readonly account: Account
  readonly official: OfficialCard
}

/** An official with the case that a question is about. */
export interface InCase extends AsOfficial {
  readonly caseCard: CaseCard
}

/** A question that is complete and not asked yet. */
export interface QuestionDraft extends InCase {
  readonly need: Need
}

/** Runs `page` for the official who signed in; without one, leads to signing in. */
export async function asOfficial(
  context: CaseContext,
  page: (as: AsOfficial) => Promise<PageResult>,
): Promise<PageResult> {
  const { session } = context
  const officials = session === undefined ? [] : await context.cases.officials()
  const account = session?.account
  const official = officials.find(({ id }) => id === account?.id)
  if (session === undefined || account === undefined || official === undefined) return redirect('/')
  return await page({ session, account, official })
}

/** Runs `page` for the chosen official and case; without a case of theirs, leads to their cases. */
export function inCase(
  context: CaseContext,
  page: (at: InCase) => Promise<PageResult>,
): Promise<PageResult> {
  return asOfficial(context, async (as) => {
    const cases = await context.cases.cases(as.official.id)
    const caseCard = cases.find(({ reference }) => reference === as.session.caseReference)
    return caseCard === undefined ? redirect('/cases') : await page({ ...as, caseCard })
  })
}

/** Runs `page` for the whole question; without a need, leads to the choice of one. */
export function withDraft(
  context: CaseContext,
  page: (draft: QuestionDraft) => Promise<PageResult>,
): Promise<PageResult> {
  return inCase(context, async (at) => {
    const needs = await context.cases.needs()
    const need = needs.find(({ id }) => id === at.session.needId)
    return need === undefined ? redirect('/ask/need') : await page({ ...at, need })
  })
}
