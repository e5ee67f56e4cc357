import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  fixtureNowMs,
  pageTexts,
  signIn,
} from '../../../testing/web/index.ts'
import { parseEvidence } from '../../evidence-file.ts'
import type { AccountableOrganisation } from '../../demo-backend.ts'
import { catalogues } from '../../messages/words.ts'
import { agreementOf, citedAgreements, type HeldAgreement } from './cited-agreements.ts'

const site = 'http://person.tax.localhost:8400'
const accountable: readonly AccountableOrganisation[] = [
  { organisation: 'housing', postalAddress: ['Rent Support', '1 Main Street'], agreements: [] },
]

/** The files of an archive without compression, as text, by name. */
function filesIn(zip: Uint8Array): ReadonlyMap<string, string> {
  const view = Buffer.from(zip)
  const files = new Map<string, string>()
  let at = 0
  while (view.readUInt32LE(at) === 0x04_03_4b_50) {
    const [size, length] = [view.readUInt32LE(at + 22), view.readUInt16LE(at + 26)]
    const from = at + 30 + length
    files.set(view.toString('utf8', at + 30, from), view.toString('utf8', from, from + size))
    at = from + size
  }
  return files
}

interface Taken {
  readonly files: ReadonlyMap<string, string>
  readonly status: number
}

/** What the pages know, and in which language they speak. */
interface ComplaintWorld {
  readonly known?: readonly AccountableOrganisation[]
  readonly language?: string
}

/** Sends the complaint's form number `at` of the person's list, with `change` in its fields. */
async function complaintOf(
  at: (forms: number) => number,
  change: Readonly<Record<string, string>> = {},
  { known = accountable, language = 'en' }: ComplaintWorld = {},
): Promise<Taken> {
  const pages = createFixturePages({
    backend: { ...createFixtureBackend(), accountable: async () => known },
    port: 8400,
    assets: new Map(),
    onFailure: () => undefined,
  })
  let body: Uint8Array = new Uint8Array()
  const client = createPageClient(async (request) => {
    const response = await pages(request)
    if (response.body instanceof Uint8Array) body = response.body
    return response
  })
  await client.get(`${site}/?lang=${language}`)
  await signIn(client, site, 1)
  const list = await client.get(`${site}/disclosures`)
  const forms = [...list.forms.keys()].filter((one) => list.forms[one]?.action === '/complaint')
  const form = forms[at(forms.length)] ?? assert.fail()
  const hidden = Object.fromEntries(list.forms[form]?.fields ?? [])
  const { status } = await client.send(list, { ...hidden, ...change }, { form })
  return { files: status === 200 ? filesIn(body) : new Map(), status }
}

test('a complaint about everything has a page in words, and the same evidence as the download', async () => {
  const { files } = await complaintOf((forms) => forms - 1)
  assert.deepEqual([...files.keys()], ['complaint.html', 'who-asked-about-me.json'])
  const evidence = parseEvidence(files.get('who-asked-about-me.json') ?? '')
  assert.equal(evidence?.disclosures.length, 4)
  const page = files.get('complaint.html') ?? ''
  assert.match(page, /Rent Support, 1 Main Street/)
  assert.match(page, /Article 77/)
  assert.doesNotMatch(page, /<script|src=|href=/)
})

/** The tax agency with an agreement of its own under the digest that the fixture's entries name. */
async function taxHolding(
  standing: HeldAgreement['standing'],
): Promise<readonly AccountableOrganisation[]> {
  const backend = createFixtureBackend()
  const open = backend.desks.get('tax')?.open ?? assert.fail()
  const [first] = (await open.record()).agreements
  const cited = (await backend.disclosures('anybody'))
    .map((one) => agreementOf(one) ?? assert.fail())
    .find(({ id }) => id === 'housing-tax-rent-support')
  assert.ok(first !== undefined && cited !== undefined)
  const agreement = { ...first.agreement, id: cited.id }
  return [
    {
      organisation: 'tax',
      postalAddress: ['PO Box 12'],
      agreements: [{ digest: cited.digest, agreement, standing }],
    },
  ]
}

const ended: HeldAgreement['standing'] = {
  state: 'terminated',
  effectiveFromMs: null,
  suspendedBy: [],
}

test('an agreement that has ended is told of in words, and one that nobody holds is said to be gone', async () => {
  const known = await taxHolding(ended)
  const { files } = await complaintOf((forms) => forms - 1, {}, { known })
  assert.ok(files.has('agreements/housing-tax-rent-support.v1.json'))
  const page = files.get('complaint.html') ?? ''
  assert.equal(page.match(/<h3>housing-tax-rent-support, version 1<\/h3>/g)?.length, 1)
  assert.match(page, /Housing Agency asks, Tax Agency answers/)
  assert.match(page, /<span lang>Rent support depends on the income/)
  assert.match(page, /<dt>Today<\/dt><dd>Ended for good by a party/)
  assert.match(page, /housing-social-rent-support, version 1\. It is not in force, and its text/)
  assert.doesNotMatch(page, /housing-tax-rent-support, version 1\. It is not in force/)
  assert.match(page, /The folder “agreements” has the signed texts/)
})

test('nothing is said of a folder that is not there, and the page is one to sign and hand in', async () => {
  const { files } = await complaintOf((forms) => forms - 1)
  const page = files.get('complaint.html') ?? ''
  assert.doesNotMatch(page, /folder “agreements”/)
  assert.match(page, /Signature:/)
  assert.match(page, /for you and for whom you give it to/)
})

test('in French the whole page is in French, but for what the organisations wrote themselves', async () => {
  const known = await taxHolding(ended)
  const { files } = await complaintOf((forms) => forms - 1, {}, { known, language: 'fr' })
  const page = files.get('complaint.html') ?? ''
  assert.match(page, /<html lang="fr">/)
  const own = new Set<string>(Object.values(catalogues.fr))
  const english = new Set<string>(Object.values(catalogues.en).filter((text) => !own.has(text)))
  const french = pageTexts(page).filter(({ lang }) => lang === 'fr')
  assert.ok(french.length > 60)
  assert.deepEqual(
    french.filter(({ text }) => english.has(text)),
    [],
  )
})

test('an organisation that has published no address is named as responsible all the same', async () => {
  const known = [{ organisation: 'housing', postalAddress: [], agreements: [] }]
  const { files } = await complaintOf((forms) => forms - 1, {}, { known })
  const page = files.get('complaint.html') ?? ''
  assert.match(page, /<dt>Housing Agency<\/dt><dd>Address not known here<\/dd>/)
})

test('a complaint about one entry holds that entry alone', async () => {
  const { files } = await complaintOf(() => 1)
  const evidence = parseEvidence(files.get('who-asked-about-me.json') ?? '')
  assert.equal(evidence?.disclosures.length, 1)
  assert.equal(evidence?.chains.length, 0)
})

test('an entry that is not the person’s own makes no complaint', async () => {
  const { status, files } = await complaintOf(() => 1, { entry: 'AAAAAAAAAAA' })
  assert.deepEqual([status, files.size], [404, 0])
})

test('an agreement goes with an entry by its digest, whatever it is called', async () => {
  const backend = createFixtureBackend()
  const open = backend.desks.get('tax')?.open ?? assert.fail()
  const { agreements } = await open.record()
  const [first] = agreements
  assert.ok(first !== undefined)
  const cites = (digest: string): Parameters<typeof citedAgreements>[0][number] => {
    const { id, version } = first.agreement
    const record = JSON.stringify({ agreement: { id, version, digest } })
    const proof = { leaf: '', r: '', record, tlogProof: '' }
    const said = { consumer: 'housing', provider: 'tax', purpose: '', legalBasis: [], elements: [] }
    const place = { entryIndex: 1, origin: 'tax.localhost/log/2026h2' }
    return { atMs: fixtureNowMs, outcome: 'permit', ...said, ...place, proof }
  }
  const known = [{ organisation: 'tax', postalAddress: ['-'], agreements }]
  assert.deepEqual(citedAgreements([cites(first.digest), cites(first.digest)], known), [first])
  assert.deepEqual(citedAgreements([cites('AA==')], known), [])
})
