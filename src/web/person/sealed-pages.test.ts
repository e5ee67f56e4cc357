import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBase64, encodeBase64 } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  fixtureNowMs,
  type PageClient,
  signIn,
} from '../../testing/web/index.ts'
import { checkEvidence } from '../check-evidence.ts'
import { type Evidence, gatherEvidence } from '../evidence.ts'
import { parseEvidence } from '../evidence-file.ts'

const site = 'http://person.tax.localhost:8400'

/** What only the record of the sealed entry holds, in the data and in the words of the pages. */
async function secrets(): Promise<readonly string[]> {
  const open = await createFixtureBackend().disclosures('anybody')
  const sealed = open.find((one) => one.outcome !== 'sealed' && one.provider === 'social')
  assert.ok(sealed !== undefined && sealed.outcome !== 'sealed')
  const { exchangeId, questionDigest } = JSON.parse(sealed.proof.record)
  const words = ['benefit_monthly', 'Monthly benefit', 'Prestation mensuelle', exchangeId]
  return [...words, questionDigest, sealed.proof.r]
}

/** Signed in, with what came as a file. */
async function asPerson(): Promise<{ readonly client: PageClient; readonly file: () => string }> {
  const backend = createFixtureBackend()
  backend.setSealed(true)
  const onFailure = (_reference: string, cause: unknown): void => assert.fail(String(cause))
  const pages = createFixturePages({ backend, port: 8400, assets: new Map(), onFailure })
  let file = ''
  const client = createPageClient(async (request) => {
    const response = await pages(request)
    if (response.body instanceof Uint8Array) file = Buffer.from(response.body).toString('utf8')
    return response
  })
  await signIn(client, site, 1)
  return { client, file: () => file }
}

async function assertSilent(text: string, where: string): Promise<void> {
  for (const secret of await secrets()) assert.ok(!text.includes(secret), `${secret} on ${where}`)
}

test('the page says who asked, why, under which law and when, in one sentence why not more, and no fact', async () => {
  const { client } = await asPerson()
  const { text } = await client.get(`${site}/disclosures`)
  await assertSilent(text, 'the list')
  assert.match(text, /3 questions were asked about you/)
  assert.match(text, /1 question was asked in another person’s case, in which you appear/)
  const card = text.split('<article').find((one) => one.includes('You appear in another'))
  assert.ok(card !== undefined)
  assert.match(card, /Sealed/)
  assert.match(card, /an inspector can open the entry/)
  assert.match(card, /what this page tells of it is the agency’s word/)
  for (const key of ['Why', 'Law', 'Entry']) assert.match(card, new RegExp(`>${key}<`))
  for (const key of ['Asked', 'Facts asked for', 'Answered', 'Refused'])
    assert.doesNotMatch(card, new RegExp(`>${key}<`))
})

test('no page, file or bundle that the person can get says more of it', async () => {
  const { client, file } = await asPerson()
  for (const path of ['/proofs', '/evidence.json', '/evidence.json?page=1', '/list.html']) {
    const { text } = await client.get(`${site}${path}`)
    await assertSilent(`${text}${file()}`, path)
  }
  assert.match(file(), /You appear in another person’s case/)
  const list = await client.get(`${site}/disclosures`)
  const forms = [...list.forms.keys()].filter((one) => list.forms[one]?.action === '/complaint')
  assert.equal(forms.length, 5)
  for (const form of forms) {
    const { status } = await client.send(list, Object.fromEntries(list.forms[form]?.fields ?? []), {
      form,
    })
    assert.equal(status, 200)
    await assertSilent(file(), `complaint ${form}`)
  }
})

test('a filter by outcome does not find it among the answered ones or the refused', async () => {
  const { client } = await asPerson()
  for (const outcome of ['permit', 'deny']) {
    const { text } = await client.get(`${site}/disclosures?outcome=${outcome}`)
    assert.doesNotMatch(text, /You appear in another person’s case/)
  }
  const { text } = await client.get(`${site}/disclosures?outcome=sealed`)
  assert.match(text, /You appear in another person’s case/)
})

test('a request about it can be made, names no fact, and cannot ask to correct one', async () => {
  const { client } = await asPerson()
  const list = await client.get(`${site}/disclosures`)
  const forms = [...list.forms.keys()].filter(
    (one) => list.forms[one]?.action === '/requests/about',
  )
  let seen = 0
  for (const form of forms) {
    await client.send(list, Object.fromEntries(list.forms[form]?.fields ?? []), { form })
    const { text } = await client.get(`${site}/requests/write`)
    if (text.includes('name="elements"')) continue
    seen += 1
    await assertSilent(text, 'the request')
    assert.match(text, /value="objection"/)
    assert.doesNotMatch(text, /value="correction"/)
  }
  assert.equal(seen, 1)
})

test('the evidence of a sealed entry holds, is read back, and a changed leaf or place is found', async () => {
  const backend = createFixtureBackend()
  backend.setSealed(true)
  const disclosures = await backend.disclosures('anybody')
  const evidence = await gatherEvidence(backend, { disclosures }, fixtureNowMs)
  const at = evidence.disclosures.findIndex(({ outcome }) => outcome === 'sealed')
  const report = checkEvidence(evidence, nobleEd25519)
  assert.deepEqual([report.state, report.sealed], ['holds', 1])
  assert.deepEqual(parseEvidence(JSON.stringify(evidence)), evidence)
  const stateWith = (change: object): string | undefined => {
    const changed = evidence.disclosures.map((one, place) =>
      place === at ? { ...one, ...change } : one,
    )
    const bent: Evidence = { ...evidence, disclosures: changed }
    return checkEvidence(bent, nobleEd25519).receipts[at]?.state
  }
  const leaf = decodeBase64(evidence.disclosures[at]?.leaf ?? '')
  leaf[9] = (leaf[9] ?? 0) ^ 1
  assert.equal(stateWith({ leaf: encodeBase64(leaf) }), 'fails')
  assert.equal(stateWith({ entryIndex: 0 }), 'fails')
  assert.equal(stateWith({}), 'holds')
  const opened = { ...evidence.disclosures[at], r: encodeBase64(new Uint8Array(32)) }
  const forged = { ...evidence, disclosures: [opened] }
  assert.equal(parseEvidence(JSON.stringify(forged)), undefined)
})
