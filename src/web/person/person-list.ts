import type { BreachNotice, PagePerson, Disclosure, ListedDisclosure } from '../demo-backend.ts'
import { redirect } from '../page-route.ts'
import type { PageContext, PageResult } from '../page-route.ts'
import {
  isFiltered,
  listQuery,
  type ListWish,
  matching,
  pageSize,
  readListWish,
} from './list-wish.ts'

/** One page of a person's list, with what leads to the others. */
export interface PersonList {
  readonly person: PagePerson
  /** Everything, newest first, without proofs. */
  readonly all: readonly ListedDisclosure[]
  /** Exposures of keys that concern the person, newest first. */
  readonly breaches: readonly BreachNotice[]
  readonly wish: ListWish
  /** How many lines the wish is for. */
  readonly found: number
  /** At least 1. */
  readonly pages: number
  /** The entries of this page, with proofs, newest first. */
  readonly shown: readonly Disclosure[]
  /** Whether this one page holds everything, so that its evidence can show that nothing is missing. */
  readonly isWhole: boolean
  /** Where the evidence for what this page shows is. */
  readonly evidence: string
}

/** Reads the page of the list that the address is for; a page after the last is the last. */
export async function readPersonList(
  context: PageContext,
  person: PagePerson,
): Promise<PersonList> {
  const { backend, words, query } = context
  const asked = readListWish(query)
  const { entries: all, breaches } = await backend.disclosureList(person.id)
  const found = matching(all, asked, words)
  const pages = Math.max(1, Math.ceil(found.length / pageSize))
  const wish = { ...asked, page: Math.min(asked.page, pages) }
  const from = (wish.page - 1) * pageSize
  const picked = found.slice(from, from + pageSize)
  const shown = picked.length === 0 ? [] : await backend.disclosures(person.id, picked)
  const isWhole = pages === 1 && !isFiltered(wish)
  const evidence = `/evidence.json${isWhole ? '' : listQuery(wish) || '?page=1'}`
  return { person, all, breaches, wish, found: found.length, pages, shown, isWhole, evidence }
}

/** Runs `page` with the list of the person who signed in; without one, leads to signing in. */
export async function withPersonList(
  context: PageContext,
  page: (list: PersonList) => PageResult | Promise<PageResult>,
): Promise<PageResult> {
  const person = context.session?.person
  if (person === undefined) return redirect('/')
  return await page(await readPersonList(context, person))
}
