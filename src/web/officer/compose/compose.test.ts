import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreementDigest, isNarrower, parseAgreement } from '../../../agreement/index.ts'
import { encodeBase64, utf8 } from '../../../bytes/index.ts'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  fixtureNowMs,
  signIn,
  valuesOf,
} from '../../../testing/web/index.ts'
import type { FixtureBackend, PageClient } from '../../../testing/web/index.ts'
import { emptyForm, formOf } from './draft-form.ts'
import { readDraftForm } from './read-draft-form.ts'
import type { ReadDraft } from './read-draft-form.ts'

const site = 'http://dpo.tax.localhost:8400'

async function signedIn(): Promise<{
  readonly client: PageClient
  readonly backend: FixtureBackend
}> {
  const backend = createFixtureBackend()
  const onFailure = (): void => undefined
  const pages = createFixturePages({ backend, port: 8400, assets: new Map(), onFailure })
  const client = createPageClient(pages)
  await client.get(`${site}/?lang=en`)
  await signIn(client, site, 1)
  return { client, backend }
}

const whole = {
  id: 'housing-tax-new',
  other: 'housing',
  legalReference: 'celex:32016R0679\nusc:42/405',
  justification: 'Rent support depends on the income of the last full year.',
  expectedResults: 'Nine hundred applications a year.',
  approximateNumber: '900',
  verificationProcedure: 'The official hears the person.',
  dpiaReference: 'DPIA 2026/1',
  caseName: 'housing/cases',
  caseKey: 'AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=',
  'ask-income-annualIncome': 'lt',
  'than-income-annualIncome': '24 000',
}

async function read(changes: Readonly<Record<string, string>>): Promise<ReadDraft> {
  const form = emptyForm(fixtureNowMs)
  for (const [name, value] of Object.entries({ ...whole, ...changes })) form.set(name, value)
  const registers = await createFixtureBackend().officer.registers()
  return readDraftForm(form, { own: 'tax', registers, before: undefined })
}

test('a form that is filled in is an agreement of the own register’s elements', async () => {
  const draft = await read({})
  assert.ok(draft.ok)
  const { agreement } = draft
  assert.deepEqual([agreement.provider, agreement.consumer], ['tax', 'housing'])
  assert.deepEqual(agreement.dataElements, [
    {
      name: 'annual_income_lt',
      register: 'income',
      source: 'annualIncome',
      answerType: 'predicate',
      predicate: { op: 'lt', threshold: 24_000 },
      category: 'ordinary',
    },
  ])
  assert.equal(agreement.notAfterMs - agreement.notBeforeMs, 331 * 86_400_000)
  assert.deepEqual(agreement.signatures, [])
})

test('each mistake is named by the member that it is in', async () => {
  for (const [changes, path] of [
    [{ id: 'Not a name' }, 'id'],
    [{ other: 'tax' }, 'consumer'],
    [{ purpose: 'arrest' }, 'purpose'],
    [{ legalReference: '' }, 'legalReference'],
    [{ justification: '' }, 'justification'],
    [{ 'ask-income-annualIncome': 'none' }, 'dataElements'],
    [{ 'than-income-annualIncome': 'much' }, 'dataElements.0.predicate.threshold'],
    [{ perOfficialPerDay: '201' }, 'caps.perOfficialPerDay'],
    [{ distinctSubjectsPer30Days: 'ten' }, 'caps.distinctSubjectsPer30Days'],
    [{ approximateNumber: '' }, 'approximateNumber'],
    [{ caseKey: 'short' }, 'caseRule.issuer.publicKey'],
    [{ firstDay: '2026-02-30' }, 'notBeforeMs'],
    [{ lastDay: '2030-01-01' }, 'notAfterMs'],
  ] as const) {
    const draft = await read(changes)
    assert.ok(!draft.ok, JSON.stringify(changes))
    const paths = draft.problems.map((problem) => problem.path)
    assert.ok(
      paths.some((one) => one === path || one.startsWith(`${path}.`)),
      `${path} is not in ${paths.join(', ')}`,
    )
  }
})

test('facts of the other’s register are written a line each', async () => {
  const line = 'born_before | people.born | le | 2008-12-31 | ordinary'
  const draft = await read({ direction: 'ask', elements: line })
  assert.ok(draft.ok)
  assert.deepEqual([draft.agreement.provider, draft.agreement.consumer], ['housing', 'tax'])
  assert.deepEqual(draft.agreement.dataElements[0]?.predicate, {
    op: 'le',
    threshold: '2008-12-31',
  })
})

test('tables are composed as well, with a budget in decimals', async () => {
  const draft = await read({
    kind: 'population',
    purpose: 'official-statistics',
    'ask-income-annualIncome': 'value',
    perQuestion: '0,25',
  })
  assert.ok(draft.ok && draft.agreement.kind === 'population')
  assert.equal(draft.agreement.privacyBudget.perQuestionMicroEpsilon, 250_000)
})

test('the form of a version says what the version says: sent back unchanged, nothing changes', async () => {
  const { officer } = createFixtureBackend()
  const registers = await officer.registers()
  let composed = 0
  for (const { agreement, digest } of await officer.agreements()) {
    if (agreement.kind !== 'person' && agreement.kind !== 'population') continue
    const before = { agreement, digest, next: agreement.version + 1 }
    const sides = agreement.id === 'housing-tax-rent' ? ['housing', 'tax'] : ['housing']
    for (const own of sides) {
      const ground = { own, registers: own === 'tax' ? registers : [] }
      const draft = readDraftForm(formOf(agreement, ground), { ...ground, before })
      assert.ok(draft.ok, `${agreement.id} at ${own}: ${JSON.stringify(draft)}`)
      assert.deepEqual(isNarrower(agreement, draft.agreement).changes, [])
      composed += 1
    }
  }
  assert.ok(composed >= 4)
})

test('a new version is read in plain words with what it changes, and signed over what was read', async () => {
  const { client, backend } = await signedIn()
  const form = await client.get(`${site}/compose?from=housing-tax-rent&version=1`)
  const values = { ...valuesOf(form), perSubjectPer30Days: '2' }
  const checked = await client.send(form, values)
  assert.match(checked.text, /Narrower in everything/)
  assert.match(checked.text, /no time lock/)
  const draft = parseAgreement(utf8((await client.get(`${site}/compose/draft.json`)).text))
  assert.equal(draft.version, 3)
  await client.send(checked, {})
  const [document] = backend.officer.handedIn
  assert.ok(document !== undefined)
  const signed = parseAgreement(document)
  assert.equal(encodeBase64(agreementDigest(signed)), encodeBase64(agreementDigest(draft)))
  assert.deepEqual(
    signed.signatures.map(({ organisation }) => String(organisation)),
    ['tax'],
  )
})

test('a draft that is none yet is not signed, and the form keeps what was written', async () => {
  const { client, backend } = await signedIn()
  const form = await client.get(`${site}/compose?new=1`)
  const refused = await client.send(form, {
    ...valuesOf(form),
    id: 'No',
    justification: 'Because.',
  })
  assert.equal(refused.status, 422)
  assert.match(refused.text, /Because\./)
  assert.match((await client.get(`${site}/compose`)).text, /Because\./)
  assert.equal((await client.get(`${site}/compose/check`)).url, `${site}/compose`)
  assert.equal(backend.officer.handedIn.length, 0)
})
