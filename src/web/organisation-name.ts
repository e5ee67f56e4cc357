import type { Words } from './messages/words.ts'
import type { PageOrganisation } from './pages-deps.ts'

/** The name of an organisation in the language of the page; its id when it is not known. */
export function nameOf(
  organisations: readonly PageOrganisation[],
  words: Words,
): (organisation: string) => string {
  return (id) => {
    const found = organisations.find((organisation) => organisation.id === id)
    return found === undefined ? id : words.plain(found.name)
  }
}
