import type { ListedDisclosure } from '../demo-backend.ts'
import type { Words } from '../messages/words.ts'

/** Which entries of their own list a person wants to see. */
export interface ListWish {
  /** Id of an organisation that asked or was asked; `undefined` for all. */
  readonly organisation: string | undefined
  readonly year: number | undefined
  readonly outcome: ListedDisclosure['outcome'] | undefined
  /** From 1. */
  readonly page: number
}

/** Entries on one page. */
export const pageSize = 20

const everything: ListWish = {
  organisation: undefined,
  year: undefined,
  outcome: undefined,
  page: 1,
}

function wholeNumber(text: string | null, most: number): number | undefined {
  const value = Number(text)
  return text !== null && /^\d{1,6}$/.test(text) && value >= 1 && value <= most ? value : undefined
}

/** Reads the query of an address; what is not a wish is as if it were not there. */
export function readListWish(query: string): ListWish {
  const fields = new URLSearchParams(query)
  const organisation = fields.get('organisation') ?? ''
  const outcome = fields.get('outcome')
  return {
    organisation: /^[a-z][a-z0-9-]{1,30}$/.test(organisation) ? organisation : undefined,
    year: wholeNumber(fields.get('year'), 9_999),
    outcome:
      outcome === 'permit' || outcome === 'deny' || outcome === 'sealed' ? outcome : undefined,
    page: wholeNumber(fields.get('page'), 999_999) ?? 1,
  }
}

/** The query of an address for a wish, with its question mark; empty for everything's first page. */
export function listQuery(wish: Partial<ListWish>): string {
  const { organisation, year, outcome, page } = { ...everything, ...wish }
  const fields = new URLSearchParams()
  if (organisation !== undefined) fields.set('organisation', organisation)
  if (year !== undefined) fields.set('year', String(year))
  if (outcome !== undefined) fields.set('outcome', outcome)
  if (page !== 1) fields.set('page', String(page))
  const text = fields.toString()
  return text === '' ? '' : `?${text}`
}

/** Whether a wish leaves something out. */
export function isFiltered({ organisation, year, outcome }: ListWish): boolean {
  return organisation !== undefined || year !== undefined || outcome !== undefined
}

/** The lines of a list that a wish is for, in the list's order, all pages of them. */
export function matching(
  list: readonly ListedDisclosure[],
  wish: ListWish,
  words: Pick<Words, 'year'>,
): readonly ListedDisclosure[] {
  const { organisation, year, outcome } = wish
  return list.filter(
    (one) =>
      (organisation === undefined ||
        one.consumer === organisation ||
        (one.outcome !== 'sealed' && one.provider === organisation)) &&
      (outcome === undefined || one.outcome === outcome) &&
      (year === undefined || words.year(one.atMs) === year),
  )
}
