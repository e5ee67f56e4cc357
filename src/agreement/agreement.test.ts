import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import * as fc from 'fast-check'

import { canonicalBytes, utf8 } from '../bytes/index.ts'
import type { JsonObject } from '../bytes/index.ts'
import {
  sampleBeginMs,
  sampleEmergencySource,
  samplePersonAgreement,
  samplePersonSource,
  sampleJoinSource,
  samplePopulationSource,
  samplePublicKey,
} from '../testing/index.ts'
import { AgreementError } from './agreement-error.ts'
import type { AgreementErrorCode } from './agreement-error.ts'
import { agreementSchema } from './agreement-schema.ts'
import { legalBases } from './legal-basis.ts'
import { compileAgreement, parseAgreement } from './parse-agreement.ts'
import { purposes } from './purpose.ts'

const clinic = {
  organisation: 'clinic',
  keyId: 'clinic/consent/1',
  publicKey: samplePublicKey('clinic'),
}

const element = (changes: JsonObject = {}): JsonObject => ({
  name: 'one',
  register: 'income',
  source: 'one',
  answerType: 'attribute',
  predicate: null,
  category: 'ordinary',
  ...changes,
})

function refusal(changes: JsonObject, source = samplePersonSource): AgreementError {
  try {
    compileAgreement(source(changes))
  } catch (cause) {
    if (cause instanceof AgreementError) return cause
    throw cause
  }
  assert.fail('the agreement was accepted')
}

function refuses(code: AgreementErrorCode, changes: JsonObject, source = samplePersonSource): void {
  assert.equal(refusal(changes, source).code, code)
}

test('an agreement of each kind parses to what was written', () => {
  const sources = [
    samplePersonSource(),
    sampleEmergencySource(),
    samplePopulationSource(),
    sampleJoinSource(),
  ]
  for (const source of sources) {
    const agreement = parseAgreement(canonicalBytes(source))
    assert.deepEqual(agreement, source)
    assert.deepEqual(compileAgreement(source), agreement)
  }
})

test('every member is needed, and of its type', () => {
  const written = samplePersonSource()
  for (const name of Object.keys(written)) {
    const { [name]: _left, ...rest } = written
    assert.equal(agreementSchema.safeParse(rest).success, false, `without ${name}`)
    const odd: JsonObject = { ...written, [name]: { unlike: 'anything' } }
    assert.equal(agreementSchema.safeParse(odd).success, false, `with another ${name}`)
  }
})

test('an unknown key is an error that names the nearest one, at every depth', () => {
  const error = refusal({ purpos: 'x' })
  assert.equal(error.code, 'UNKNOWN_KEY')
  assert.match(error.message, /"purpos".*nearest is purpose/)
  const nested = refusal({
    caseRule: {
      issuer: { name: 'housing/cases', publicKey: samplePublicKey('cases') },
      officialAsigned: true,
      officialAssigned: true,
      subjectIsParty: true,
      open: true,
    },
  })
  assert.match(nested.message, /caseRule: .*nearest is officialAssigned/)
  const deep = refusal({
    dataElements: [
      element({
        answerType: 'predicate',
        predicate: { op: 'lt', threshold: 1, treshold: 9 },
      }),
    ],
  })
  assert.match(deep.message, /nearest is threshold/)
})

test('bytes that are not the canonical form of what they say are refused', () => {
  const bytes = utf8(JSON.stringify(samplePersonSource(), undefined, 1))
  assert.throws(() => parseAgreement(bytes), { code: 'NOT_CANONICAL' })
  assert.throws(() => compileAgreement({ v: '\ud800' }), { code: 'NOT_CANONICAL' })
})

test('an agreement runs at most eighteen calendar months', () => {
  const months18 = Date.UTC(2027, 6, 1)
  assert.equal(sampleBeginMs, Date.UTC(2026, 0, 1))
  assert.equal(compileAgreement(samplePersonSource({ notAfterMs: months18 })).notAfterMs, months18)
  refuses('RULE_TERM', { notAfterMs: months18 + 1 })
  refuses('RULE_TERM', { notAfterMs: sampleBeginMs })
})

describe('whoever tries to get round N1 and N2, no lists and no batches,', () => {
  test('finds no kind of agreement and no member that selects people', () => {
    for (const kind of ['list', 'search', 'export', 'batch', '']) refuses('FIELD_INVALID', { kind })
    for (const name of ['subjects', 'filter', 'where', 'query', 'criterion', 'export']) {
      refuses('UNKNOWN_KEY', { [name]: [] })
    }
  })

  test('cannot raise a cap above its ceiling', () => {
    const caps = {
      perOfficialPerDay: 200,
      subjectsPerCase: 6,
      distinctSubjectsPer30Days: 900,
      perSubjectPer30Days: 12,
    }
    assert.ok(compileAgreement(samplePersonSource({ caps })))
    refuses('RULE_CAPS', { caps: { ...caps, perOfficialPerDay: 201 } })
    refuses('RULE_CAPS', { caps: { ...caps, subjectsPerCase: 7 } })
    refuses('RULE_CAPS', { caps: { ...caps, distinctSubjectsPer30Days: 901 } })
    refuses('RULE_CAPS', { caps: { ...caps, perSubjectPer30Days: 201 } })
    refuses('FIELD_INVALID', { caps: { ...caps, subjectsPerCase: 1.5 } })
    refuses('FIELD_INVALID', { caps: { ...caps, subjectsPerCase: 0 } })
    const emergency = { perOfficialPer30Days: 10, perAgreementPer30Days: 50 }
    refuses(
      'RULE_CAPS',
      { caps: { ...emergency, perOfficialPer30Days: 11 } },
      sampleEmergencySource,
    )
    refuses(
      'RULE_CAPS',
      { caps: { ...emergency, perAgreementPer30Days: 51 } },
      sampleEmergencySource,
    )
  })

  test('cannot drop a condition of the case', () => {
    const issuer = { name: 'housing/cases', publicKey: samplePublicKey('cases') }
    const rule = { issuer, officialAssigned: true, subjectIsParty: true, open: true }
    for (const name of ['officialAssigned', 'subjectIsParty', 'open']) {
      refuses('FIELD_INVALID', { caseRule: { ...rule, [name]: false } })
    }
    refuses('FIELD_INVALID', { caseRule: null })
  })

  test('cannot bisect a value: one element has at most two thresholds', () => {
    const below = (name: string, threshold: number): JsonObject =>
      element({
        name,
        source: 'income',
        answerType: 'predicate',
        predicate: { op: 'lt', threshold },
      })
    const two = [below('a', 1), below('b', 2), below('c', 2)]
    assert.ok(compileAgreement(samplePersonSource({ dataElements: two })))
    refuses('RULE_ELEMENT', { dataElements: [...two, below('d', 3)] })
  })
})

describe('whoever tries to get round N3, the closed purposes,', () => {
  test('finds six, each with an own IRI, a DPV term and a sentence', () => {
    assert.equal(purposes.length, 6)
    assert.equal(new Set(purposes.map(({ iri }) => iri)).size, 6)
    for (const { iri, dpv, sentence } of purposes) {
      assert.match(iri, /^https:\/\/cloison\.eu\/purpose\/[a-z-]+$/)
      assert.match(dpv, /^https:\/\/w3id\.org\/dpv(?:\/sector\/[a-z]+)?#[A-Za-z]+$/)
      assert.match(sentence, /^To .+\.$/)
    }
  })

  test('finds no word about finding, tracking, arresting, detaining or removing people', () => {
    const words =
      /find|search|track|trace|locat|monitor|watch|arrest|detain|remov|deport|investigat|polic|enforce/i
    for (const purpose of purposes) assert.doesNotMatch(JSON.stringify(purpose), words)
  })

  test('has no agreement parse with any other purpose', () => {
    const others = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'https://cloison.eu/purpose/enforcement',
        'https://cloison.eu/purpose/Service',
        'https://cloison.eu/purpose/service/',
        'https://cloison.eu/purpose/service#x',
        'https://w3id.org/dpv#ServiceProvision',
        ['https://cloison.eu/purpose/service'],
        null,
      ),
    )
    fc.assert(
      fc.property(others, (purpose) => refuses('PURPOSE_UNKNOWN', { purpose })),
      { numRuns: 50 },
    )
  })

  test('cannot use a purpose for another kind of agreement', () => {
    const statistics = 'https://cloison.eu/purpose/official-statistics'
    refuses('PURPOSE_UNKNOWN', { purpose: statistics })
    refuses('PURPOSE_UNKNOWN', { purpose: statistics }, sampleEmergencySource)
    const service = 'https://cloison.eu/purpose/service'
    refuses('PURPOSE_UNKNOWN', { purpose: service }, samplePopulationSource)
    refuses('PURPOSE_UNKNOWN', { purpose: service }, sampleEmergencySource)
  })

  test('cannot control a benefit without time to contest', () => {
    const purpose = 'https://cloison.eu/purpose/benefit-control'
    assert.ok(compileAgreement(samplePersonSource({ purpose, contest: { days: 30 } })))
    refuses('RULE_CONTEST', { purpose, contest: { days: 29 } })
  })
})

describe('whoever tries to get round N4, protected attributes,', () => {
  const special = element({ category: 'special' })
  const legalBasis = ['eu-gdpr:A6-1-e', 'eu-gdpr:A9-2-a']

  test('needs an issuer of consent for every protected category', () => {
    for (const category of ['special', 'criminal', 'migration']) {
      const dataElements = [element({ category })]
      refuses('RULE_PROTECTED', { dataElements, legalBasis })
      const guarded = { dataElements, legalBasis, consentIssuers: [clinic] }
      assert.ok(compileAgreement(samplePersonSource(guarded)))
      refuses('RULE_PROTECTED', { dataElements, legalBasis }, sampleEmergencySource)
    }
  })

  test('cannot disguise it as a predicate', () => {
    const predicate = { op: 'equals-supplied', threshold: null }
    const dataElements = [element({ category: 'migration', answerType: 'predicate', predicate })]
    refuses('RULE_PROTECTED', { dataElements })
  })

  test('cannot have the consumer, or its case source, attest the consent', () => {
    const dataElements = [special]
    const own = { ...clinic, organisation: 'housing' }
    refuses('RULE_CONSENT_ISSUER', { dataElements, legalBasis, consentIssuers: [own] })
    refuses('RULE_CONSENT_ISSUER', { dataElements, legalBasis, consentIssuers: [clinic, own] })
    const sameKey = { ...clinic, publicKey: samplePublicKey('cases') }
    refuses('RULE_CONSENT_ISSUER', { dataElements, legalBasis, consentIssuers: [sameKey] })
  })

  test('needs an exception of GDPR 9(2) for a special category', () => {
    refuses('RULE_PROTECTED', { dataElements: [special], consentIssuers: [clinic] })
  })

  test('gets a locating element as equals-supplied only, unless the person consents', () => {
    const address = element({ category: 'locating' })
    refuses('RULE_LOCATING', { dataElements: [address] })
    for (const predicate of [
      { op: 'eq', threshold: 'Main Street 1' },
      { op: 'in', threshold: ['Main Street 1'] },
    ]) {
      const dataElements = [element({ ...address, answerType: 'predicate', predicate })]
      refuses('RULE_LOCATING', { dataElements })
    }
    const equals = { op: 'equals-supplied', threshold: null }
    const compared = element({ ...address, answerType: 'predicate', predicate: equals })
    assert.ok(compileAgreement(samplePersonSource({ dataElements: [compared] })))
    const consented = { dataElements: [address], consentIssuers: [clinic] }
    assert.ok(compileAgreement(samplePersonSource(consented)))
  })

  test('cannot leave a threshold to the question', () => {
    const predicates = [
      { op: 'lt', threshold: null },
      { op: 'lt' },
      { op: 'lt', threshold: 'anything' },
      { op: 'in', threshold: [] },
      { op: 'in', threshold: [1, 'mixed'] },
      { op: 'equals-supplied', threshold: 3 },
      { op: 'matches', threshold: '.*' },
      { op: 'lt', threshold: 1.5 },
    ]
    for (const predicate of predicates) {
      refuses('FIELD_INVALID', {
        dataElements: [element({ answerType: 'predicate', predicate })],
      })
    }
    refuses('RULE_ELEMENT', { dataElements: [element({ answerType: 'predicate' })] })
    refuses('RULE_ELEMENT', { dataElements: [element({ predicate: { op: 'lt', threshold: 1 } })] })
    const twice = { op: 'in', threshold: [1, 1] }
    refuses('RULE_ELEMENT', {
      dataElements: [element({ answerType: 'predicate', predicate: twice })],
    })
    refuses('RULE_ELEMENT', { dataElements: [element(), element()] })
  })

  test('gets no table over where people are', () => {
    refuses(
      'RULE_ELEMENT',
      { dataElements: [element({ category: 'locating' })] },
      samplePopulationSource,
    )
  })
})

test('a notice is withheld for at most twelve months, and within the term', () => {
  const withheld = (untilMs: number): JsonObject => ({
    notAfterMs: Date.UTC(2027, 5, 1),
    notice: {
      kind: 'withheld',
      law: 'usc:5/552a',
      authority: { name: 'Court of appeal', publicKey: samplePublicKey('inspector') },
      untilMs,
    },
  })
  const year = Date.UTC(2027, 0, 1)
  assert.ok(compileAgreement(samplePersonSource(withheld(year))))
  refuses('RULE_NOTICE', withheld(year + 1))
  refuses('RULE_NOTICE', withheld(sampleBeginMs))
  refuses('RULE_NOTICE', { ...withheld(year), notAfterMs: year - 1 })
})

test('a question of a table spends at most half of epsilon 1', () => {
  const budget = (perQuestionMicroEpsilon: number, perYearMicroEpsilon: number): JsonObject => ({
    privacyBudget: { perQuestionMicroEpsilon, perYearMicroEpsilon, deltaExponent: 9 },
  })
  assert.ok(compileAgreement(samplePopulationSource(budget(500_000, 1_000_000))))
  refuses('RULE_BUDGET', budget(500_001, 1_000_000), samplePopulationSource)
  refuses('RULE_BUDGET', budget(300_000, 200_000), samplePopulationSource)
})

test('the parties differ, each signs once, and only an outsider is the inspector', () => {
  refuses('RULE_PARTIES', { consumer: 'tax' })
  const [byTax, byHousing] = samplePersonAgreement().signatures.map((one) => ({ ...one }))
  assert.ok(byTax !== undefined && byHousing !== undefined)
  refuses('RULE_PARTIES', { signatures: [byTax, byTax] })
  refuses('RULE_PARTIES', { signatures: [{ ...byTax, organisation: 'clinic' }] })
  refuses('RULE_PARTIES', { signatures: [{ ...byTax, role: 'inspector' }] })
})

test('only listed legal bases and well-formed references of laws pass', () => {
  assert.equal(legalBases.length, 6 + 10 + 12)
  for (const basis of legalBases)
    assert.ok(compileAgreement(samplePersonSource({ legalBasis: [basis] })))
  for (const basis of ['eu-gdpr:A6-1-g', 'usc:552a-b-13', 'consent', 'eu-gdpr:A6-1-E']) {
    refuses('FIELD_INVALID', { legalBasis: [basis] })
  }
  refuses('FIELD_INVALID', { legalBasis: [] })
  for (const reference of [
    'celex:32016R0679',
    'usc:5/552a',
    'https://data.europa.eu/eli/reg/2016/679/oj',
  ]) {
    assert.ok(compileAgreement(samplePersonSource({ legalReference: [reference] })))
  }
  for (const reference of ['the law', 'http://example.org/eli/x', 'javascript:1//eli/', 'usc:5']) {
    refuses('FIELD_INVALID', { legalReference: [reference] })
  }
})

test('any single change of a member of an agreement is either refused or kept as written', () => {
  const written = samplePersonSource()
  const names = Object.keys(written)
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 2 }), (name, value) => {
      const changed: unknown = JSON.parse(JSON.stringify({ ...written, [name]: value }))
      const parsed = agreementSchema.safeParse(changed)
      if (parsed.success) assert.deepEqual(parsed.data, changed)
    }),
    { numRuns: 200 },
  )
})
