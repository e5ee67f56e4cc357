import type { PagePerson, Disclosure } from '../demo-backend.ts'
import { redirect } from '../page-route.ts'
import type { PageContext, PageResult } from '../page-route.ts'

/** The person who signed in, with the entries about them. */
export interface AsPerson {
  readonly person: PagePerson
  readonly disclosures: readonly Disclosure[]
}

/** Runs `page` for the person who signed in; without one, leads to signing in. */
export async function asPerson(
  context: PageContext,
  page: (as: AsPerson) => Promise<PageResult>,
): Promise<PageResult> {
  const person = context.session?.person
  if (person === undefined) return redirect('/')
  return await page({ person, disclosures: await context.backend.disclosures(person.id) })
}
