import type { CaseCard, Need, OfficialCard } from '../demo-backend.ts'
import { redirect } from '../page-route.ts'
import type { PageContext, PageResult } from '../page-route.ts'
import type { Session } from '../session.ts'

/** The official whom the visitor chose to be. */
export interface AsOfficial {
  readonly session: Session
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

/** Runs `page` for the chosen official; without one, leads to the choice. */
export async function asOfficial(
  context: PageContext,
  page: (as: AsOfficial) => Promise<PageResult>,
): Promise<PageResult> {
  const { session, backend } = context
  const officials = session === undefined ? [] : await backend.officials()
  const official = officials.find(({ id }) => id === session?.officialId)
  if (session === undefined || official === undefined) return redirect('/')
  return await page({ session, official })
}

/** Runs `page` for the chosen official and case; without a case of theirs, leads to their cases. */
export function inCase(
  context: PageContext,
  page: (at: InCase) => Promise<PageResult>,
): Promise<PageResult> {
  return asOfficial(context, async (as) => {
    const cases = await context.backend.cases(as.official.id)
    const caseCard = cases.find(({ reference }) => reference === as.session.caseReference)
    return caseCard === undefined ? redirect('/cases') : await page({ ...as, caseCard })
  })
}

/** Runs `page` for the whole question; without a need, leads to the choice of one. */
export function withDraft(
  context: PageContext,
  page: (draft: QuestionDraft) => Promise<PageResult>,
): Promise<PageResult> {
  return inCase(context, async (at) => {
    const needs = await context.backend.needs()
    const need = needs.find(({ id }) => id === at.session.needId)
    return need === undefined ? redirect('/ask/need') : await page({ ...at, need })
  })
}
