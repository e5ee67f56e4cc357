import type { DemoPerson, Disclosure } from '../demo-backend.ts'
import { redirect } from '../page-route.ts'
import type { PageContext, PageResult } from '../page-route.ts'

/** The person whom the visitor chose to be, with the entries about them. */
export interface AsPerson {
  readonly person: DemoPerson
  readonly disclosures: readonly Disclosure[]
}

/** Runs `page` for the chosen person; without one, leads to the choice. */
export async function asPerson(
  context: PageContext,
  page: (as: AsPerson) => Promise<PageResult>,
): Promise<PageResult> {
  const person = context.session?.person
  if (person === undefined) return redirect('/')
  return await page({ person, disclosures: await context.backend.disclosures(person.id) })
}
