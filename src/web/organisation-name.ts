import type { Words } from './messages/words.ts'
import type { PageOrganisation } from './pages-deps.ts'

/** The name of an organisation in the language of the page; its id when it is not known. */
export function nameOf(
  organisations: readonly PageOrganisation[],
  words: Words,
): (organisation: string) => string {
  return (id) => {
    const found = organisations.find((organisation) => organisation.id === id)
    return found === undefined ? (words.find('who', id) ?? id) : words.plain(found.name)
  }
}

/** Whether an organisation has entries about people: inspector and witness neither ask nor answer. */
export function keepsLists(organisation: string): boolean {
  return organisation !== 'inspector' && organisation !== 'witness'
}

/** The organisation in whose log an entry about a person is. */
export function entryOwner(
  organisations: readonly PageOrganisation[],
  { origin, consumer, provider = consumer }: EntryParties,
): string {
  return logOwner(organisations, origin, provider)
}

/** What tells whose log an entry is in; of a sealed one the provider is not told. */
export interface EntryParties {
  readonly origin: string
  readonly consumer: string
  readonly provider?: string
}

/**
 * The organisation whose log an origin is, by the first label of its name, as in
 * `tax.example/log/2026h2`; `otherwise` when that is none of them.
 */
export function logOwner(
  organisations: readonly PageOrganisation[],
  origin: string,
  otherwise: string,
): string {
  const label = origin.split('.', 1)[0]
  return organisations.find(({ id }) => id === label)?.id ?? otherwise
}
