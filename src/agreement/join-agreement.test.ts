import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalBytes, type JsonObject } from '../bytes/index.ts'
import { sampleBeginMs, sampleJoinSource, samplePopulationSource } from '../testing/index.ts'
import { agreementChanges } from './change/agreement-changes.ts'
import { describeAgreement } from './describe/describe-agreement.ts'
import { readDraft } from './draft/read-draft.ts'
import { writeDraft } from './draft/write-draft.ts'
import { AgreementError } from './agreement-error.ts'
import type { AgreementProblem } from './agreement-problem.ts'
import { compileAgreement, parseAgreement } from './parse-agreement.ts'
import { type DescribedRegister, registerProblems } from './register-problems.ts'

const joined = { with: 'labour', keyspace: 'demo-nin', inspector: 'ombudsman' }

function problemsOf(source: JsonObject): readonly AgreementProblem[] {
  try {
    compileAgreement(source)
    return []
  } catch (cause) {
    if (cause instanceof AgreementError) return cause.problems
    throw cause
  }
}

test('a join has four different organisations, and each takeover of a second part is refused', () => {
  assert.deepEqual(problemsOf(sampleJoinSource()), [])
  const { provider, consumer } = compileAgreement(sampleJoinSource())
  for (const changes of [
    { with: provider },
    { with: consumer },
    { inspector: provider },
    { inspector: consumer },
    { inspector: 'labour' },
  ]) {
    const found = problemsOf(sampleJoinSource({ join: { ...joined, ...changes } }))
    assert.deepEqual(
      found.map(({ code, path }) => [code, path]),
      [['RULE_PARTIES', 'join']],
    )
  }
  const signature = { role: 'inspector', keyId: 'labour/inspector/00000000' }
  const signed = { ...signature, organisation: 'labour', signature: `${'A'.repeat(86)}==` }
  const [found] = problemsOf(sampleJoinSource({ signatures: [signed] }))
  assert.deepEqual([found?.code, found?.path], ['RULE_PARTIES', 'signatures'])
})

test('what a join is of belongs to this kind alone, and whole', () => {
  const { join: _join, ...without } = sampleJoinSource()
  assert.equal(problemsOf(without)[0]?.code, 'FIELD_INVALID')
  const tables = problemsOf(samplePopulationSource({ join: joined }))
  assert.equal(tables[0]?.code, 'UNKNOWN_KEY')
  for (const join of [
    { with: 'labour', keyspace: 'demo-nin' },
    { ...joined, keyspace: 'Demo NIN' },
    { ...joined, tally: 'housing' },
  ])
    assert.notDeepEqual(problemsOf(sampleJoinSource({ join })), [], JSON.stringify(join))
})

test('a join without a delta that its noise can have is refused', () => {
  for (const [deltaExponent, isRefused] of [
    [null, true],
    [6, false],
    [12, false],
    [13, true],
  ] as const) {
    const privacyBudget = {
      perQuestionMicroEpsilon: 500_000,
      perYearMicroEpsilon: 1_000_000,
      deltaExponent,
    }
    const [found] = problemsOf(sampleJoinSource({ privacyBudget }))
    assert.equal(found?.code === 'RULE_BUDGET', isRefused, String(deltaExponent))
  }
})

test('a keyspace that is not the scheme of the register is refused', () => {
  const agreement = parseAgreement(canonicalBytes(sampleJoinSource()))
  const income: DescribedRegister = {
    name: 'income',
    category: 'ordinary',
    subject: { scheme: 'demo-nin' },
    population: { size: 100_000 },
    elements: [{ name: 'district', type: 'string', category: 'ordinary' }],
  }
  assert.deepEqual(registerProblems(agreement, [income], { countersigned: false }), [])
  const other = { ...income, subject: { scheme: 'fr-nir' } }
  const [found] = registerProblems(agreement, [other], { countersigned: true })
  assert.deepEqual([found?.code, found?.path], ['REGISTER_MISMATCH', 'join.keyspace'])
})

test('another holder, keyspace or inspector is wider, and whoever signs reads all three', () => {
  const before = compileAgreement(sampleJoinSource())
  for (const change of [{ with: 'health' }, { keyspace: 'fr-nir' }, { inspector: 'watch' }]) {
    const next = compileAgreement(sampleJoinSource({ join: { ...joined, ...change } }))
    const found = agreementChanges(before, next)
    assert.deepEqual(
      found.map(({ path, effect }) => [path, effect]),
      [['join', 'wider']],
    )
  }
  const text = describeAgreement(before).join('\n')
  for (const word of Object.values(joined)) assert.match(text, new RegExp(word))
})

test('a draft of a join that is begun by the program compiles once its author has filled it in', () => {
  const begun = writeDraft({
    id: 'statistics-income',
    kind: 'join',
    provider: 'tax',
    consumer: 'statistics',
    registers: [],
    peers: [],
    nowMs: sampleBeginMs,
  })
  const filled = begun
    .replace('legalBasis: []', 'legalBasis: [eu-gdpr:A6-1-e]')
    .replace('legalReference: []', 'legalReference: [celex:32016R0679]')
    .replace('justification: ""', 'justification: Only the two registers together say it.')
    .replace('expectedResults: ""', 'expectedResults: One table a year in place of 3 surveys.')
    .replace(
      'name: ""\n    register: ""\n    source: ""',
      'name: band\n    register: income\n    source: band',
    )
    .replace('approximateNumber:', 'approximateNumber: 100000')
    .replace('verificationProcedure: ""', 'verificationProcedure: No answer is about a person.')
    .replace('dpiaReference: ""', 'dpiaReference: DPIA 7')
    .replace('with: ""', 'with: labour')
    .replace('keyspace: ""', 'keyspace: demo-nin')
  const missing = readDraft(filled)
  assert.ok(!missing.ok && missing.problems.length === 1)
  assert.deepEqual(
    missing.problems.map(({ code, path }) => [code, path]),
    [['KEY_MISSING', 'join.inspector']],
  )
  const reading = readDraft(filled.replace('inspector: ""', 'inspector: ombudsman'))
  assert.ok(reading.ok && reading.agreement.kind === 'join')
  assert.deepEqual(reading.agreement.join, joined)
})
