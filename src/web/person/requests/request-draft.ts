import type { RequestKind } from '../../../person/index.ts'
import type { Disclosure } from '../../demo-backend.ts'
import { redirect } from '../../page-route.ts'
import type { PageContext, PageResult } from '../../page-route.ts'
import type { PersonRequests } from '../../requests/request-desk.ts'
import type { Session } from '../../session.ts'
import { asPerson } from '../as-person.ts'
import type { AsPerson } from '../as-person.ts'

/** A request that a person is writing; in the server's memory alone. Personal data. */
export interface RequestDraft {
  readonly id: string
  /** The entry that it is about, and whose log that is in; `undefined` for a request about none. */
  readonly about:
    { readonly origin: string; readonly entryIndex: number; readonly owner: string } | undefined
  /** Who gets the request. */
  organisation?: string
  kind?: RequestKind
  elements: readonly string[]
  text: string
}

/** The person, with their requests and the gateway behind them. */
export interface AtRequests extends AsPerson {
  readonly session: Session
  readonly requests: PersonRequests
}

/** A draft with the disclosure that it is about, if it is about one. */
export interface WithDraft extends AtRequests {
  readonly draft: RequestDraft
  readonly disclosure: Disclosure | undefined
}

/** What stands for a disclosure in a form. */
export function disclosureId({ origin, entryIndex }: Disclosure): string {
  return `${origin}/${entryIndex}`
}

/** Runs `page` for the person who signed in; where nobody takes requests there is nothing at the address. */
export function atRequests(
  context: PageContext,
  page: (at: AtRequests) => Promise<PageResult>,
): Promise<PageResult> {
  const { session, backend } = context
  const { requests } = backend
  if (requests === undefined) return Promise.resolve({ kind: 'missing' })
  return asPerson(context, async (as) =>
    session === undefined ? redirect('/') : await page({ ...as, session, requests }),
  )
}

/** The same with the draft; without one, leads to where one is begun. */
export function withDraft(
  context: PageContext,
  page: (at: WithDraft) => Promise<PageResult>,
): Promise<PageResult> {
  return atRequests(context, async (at) => {
    const { request: draft } = at.session
    const about = draft?.about
    const disclosure = at.disclosures.find(
      ({ origin, entryIndex }) => origin === about?.origin && entryIndex === about.entryIndex,
    )
    const isGone = about !== undefined && disclosure === undefined
    if (draft === undefined || isGone) return redirect('/disclosures')
    return await page({ ...at, draft, disclosure })
  })
}
