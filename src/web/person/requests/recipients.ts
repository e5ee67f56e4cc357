import type { Disclosure } from '../../demo-backend.ts'
import { entryOwner, keepsLists, nameOf } from '../../organisation-name.ts'
import type { PageContext } from '../../page-route.ts'
import type { WithDraft } from './request-draft.ts'

/** An organisation that a request can go to. */
export interface Recipient {
  readonly value: string
  readonly text: string
}

/** The two sides of a question; of one in another person's case only the asker is told. */
function sidesOf(disclosure: Disclosure): readonly string[] {
  const { consumer } = disclosure
  return disclosure.outcome === 'sealed' ? [consumer] : [disclosure.provider, consumer]
}

/**
 * Whom a request may go to: about an entry, whoever was asked and whoever asked; about none, every agency there is.
 */
export function recipientsOf(
  { words, organisations }: Pick<PageContext, 'words' | 'organisations'>,
  disclosure: Disclosure | undefined,
): readonly Recipient[] {
  const name = nameOf(organisations, words)
  if (disclosure === undefined)
    return organisations
      .filter(({ id }) => keepsLists(id))
      .map(({ id }) => ({ value: id, text: name(id) }))
  const owner = entryOwner(organisations, disclosure)
  return [...new Set([owner, ...sidesOf(disclosure)])].map((id) => {
    const side = id === disclosure.consumer ? 'request.toAsker' : 'request.toAsked'
    return { value: id, text: words.t(side, { organisation: name(id) }) }
  })
}

/**
 * What is filed as the person's words. An organisation takes an entry of its own log alone, so another one is told
 * in a last line which entry of whose log is meant.
 */
export function filedText(
  { words }: Pick<PageContext, 'words'>,
  { draft, disclosure }: Pick<WithDraft, 'draft' | 'disclosure'>,
): string {
  const { about, organisation, text } = draft
  if (about === undefined || disclosure === undefined || about.owner === organisation) return text
  const { origin, entryIndex: index } = about
  const when = words.dateTime(disclosure.atMs)
  return `${text}\n\n${words.t('request.reference', { origin, index, when })}`
}
