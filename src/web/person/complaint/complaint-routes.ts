import { canonicalBytes, utf8 } from '../../../bytes/index.ts'
import type { SubjectChain } from '../../../log/verify/index.ts'
import { chosenOf } from '../../choice.ts'
import type { Disclosure } from '../../demo-backend.ts'
import { gatherEvidence } from '../../evidence.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { asPerson } from '../as-person.ts'
import { disclosureId } from '../requests/request-draft.ts'
import { citedAgreements } from './cited-agreements.ts'
import { complaintDocument, type EntriesDocument, readableList } from './complaint-document.ts'
import { zipFile, type ZipEntry } from './zip-file.ts'

/** The name of the evidence in what a person takes away. */
const evidenceName = 'who-asked-about-me.json'

async function documentOf(
  context: PageContext,
  personName: string,
  disclosures: readonly Disclosure[],
): Promise<EntriesDocument> {
  const accountable = (await context.backend.accountable?.()) ?? []
  return { context, personName, disclosures, accountable, evidenceName }
}

async function bundle(
  document: EntriesDocument,
  chains: readonly SubjectChain[],
): Promise<PageResult> {
  const { context, disclosures, accountable } = document
  const evidence = await gatherEvidence(context.backend, { disclosures, chains }, context.nowMs)
  const files: ZipEntry[] = [
    { name: 'complaint.html', bytes: utf8(complaintDocument(document)) },
    { name: evidenceName, bytes: utf8(`${JSON.stringify(evidence, null, 2)}\n`) },
    ...citedAgreements(disclosures, accountable).map(({ agreement }) => ({
      name: `agreements/${agreement.id}.v${agreement.version}.json`,
      bytes: canonicalBytes(agreement),
    })),
  ]
  return {
    kind: 'file',
    name: 'complaint.zip',
    contentType: 'application/zip',
    body: zipFile(files),
  }
}

/** Chains first: what they cover is published by the time that the entries are read. */
async function complain(context: PageContext): Promise<PageResult> {
  const { backend, session, form, formToken } = context
  const choice = form.get('entry')
  const id = session?.person?.id
  const chains = id === undefined || choice !== null ? [] : await backend.chains(id)
  return asPerson(context, async ({ person, disclosures }) => {
    const one = chosenOf(disclosures, disclosureId, { formToken, choice })
    if (choice !== null && one === undefined) return { kind: 'missing' }
    const about = one === undefined ? disclosures : [one]
    return await bundle(await documentOf(context, person.name, about), chains)
  })
}

async function read(context: PageContext): Promise<PageResult> {
  return asPerson(context, async ({ person, disclosures }) => ({
    kind: 'file',
    name: 'who-asked-about-me.html',
    // To be kept and opened from there, with its own style: never shown at this address.
    contentType: 'application/octet-stream',
    body: utf8(readableList(await documentOf(context, person.name, disclosures))),
  }))
}

/** What a person takes away: a complaint with its evidence, about one entry or all, and the list in words. */
export const complaintRoutes: readonly PageRoute[] = [
  { id: 'person.complaint', role: 'person', method: 'POST', path: '/complaint', run: complain },
  { id: 'person.readable', role: 'person', method: 'GET', path: '/list.html', run: read },
]
