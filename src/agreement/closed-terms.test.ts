import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { canonicalBytes, utf8 } from '../bytes/index.ts'
import type { JsonObject } from '../bytes/index.ts'
import {
  sampleEmergencySource,
  samplePersonAgreement,
  samplePersonSource,
  sampleJoinSource,
  samplePopulationSource,
  samplePublicKey,
} from '../testing/index.ts'
import { AgreementError } from './agreement-error.ts'
import { compileAgreement, parseAgreement } from './parse-agreement.ts'
import { type PurposeIri, purposeOf, purposes } from './purpose.ts'
import { type DescribedRegister, registerProblems } from './register-problems.ts'

const base = 'https://cloison.eu/purpose/'
const written = Buffer.from(canonicalBytes(samplePersonSource())).toString()
const member = `"purpose":"${base}service"`

/** The first code under which these bytes are refused; `undefined` where they are an agreement. */
function refusalOf(bytes: Uint8Array): string | undefined {
  try {
    parseAgreement(bytes)
  } catch (cause) {
    if (cause instanceof AgreementError) return cause.code
    throw cause
  }
  return undefined
}

const refusalWith = (changes: JsonObject): string | undefined =>
  refusalOf(canonicalBytes(samplePersonSource(changes)))

/** The agreement's bytes with another text where its purpose stands. */
function bytesWith(replacement: string): Uint8Array {
  assert.ok(written.includes(member))
  return utf8(written.replace(member, replacement))
}

describe('whoever tries to get round N3, by the bytes or the look of a purpose,', () => {
  test('cannot write it escaped or twice, where a lenient reader would take it', () => {
    const escaped = bytesWith(member.replace('service', String.raw`\u0073ervice`))
    const twice = bytesWith(`"purpose":"${base}removal",${member}`)
    for (const bytes of [escaped, twice]) {
      assert.equal(refusalOf(bytes), 'NOT_CANONICAL')
      // Without the canonical form, what was signed and what is read are two things.
      const lenient: unknown = JSON.parse(Buffer.from(bytes).toString())
      assert.deepEqual(lenient, JSON.parse(written))
    }
    assert.equal(refusalOf(utf8(written)), undefined)
  })

  test('cannot have a look-alike taken for it', () => {
    const alike = ['ｓervice', 'ſervice', 'serv\u2170ce', 'service\u3000']
    for (const word of alike) {
      const purpose = `${base}${word}`
      assert.equal(refusalWith({ purpose }), 'PURPOSE_UNKNOWN', word)
      // A comparison that folds what looks alike finds the purpose.
      assert.notEqual(purposeOf(purpose.normalize('NFKC').trim()), undefined, word)
    }
    for (const word of [
      'ѕervice',
      'serv\u200Dice',
      'service\u0000',
      'SERVICE',
      'service%20',
      '%73ervice',
    ])
      assert.equal(refusalWith({ purpose: `${base}${word}` }), 'PURPOSE_UNKNOWN', word)
  })

  test('cannot name what every object has', () => {
    const table = Object.fromEntries(purposes.map((purpose) => [purpose.iri, purpose]))
    for (const purpose of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      assert.equal(refusalWith({ purpose }), 'PURPOSE_UNKNOWN', purpose)
      assert.equal(purposeOf(purpose), undefined)
      // A look-up in a plain object finds something.
      assert.ok(purpose in table)
    }
  })

  test('cannot add a second one beside it', () => {
    for (const name of [
      'purposes',
      'purpose2',
      'secondaryPurpose',
      'dpvPurpose',
      'Purpose',
      'constructor',
    ])
      assert.equal(refusalWith({ [name]: `${base}care` }), 'UNKNOWN_KEY', name)
    const shadow = utf8(written.replace('{', `{"__proto__":{"purpose":"${base}removal"},`))
    assert.notEqual(refusalOf(shadow), undefined)
    assert.equal(refusalWith({ purpose: [`${base}service`, `${base}care`] }), 'PURPOSE_UNKNOWN')
    assert.equal(refusalWith({ purpose: { iri: `${base}service` } }), 'PURPOSE_UNKNOWN')
  })

  test('cannot use any purpose with any kind that the vocabulary does not give it', () => {
    const sources = {
      person: samplePersonSource,
      emergency: sampleEmergencySource,
      population: samplePopulationSource,
      join: sampleJoinSource,
    }
    for (const { iri, kinds } of purposes) {
      for (const kind of ['person', 'emergency', 'population', 'join'] as const) {
        const refusal = refusalOf(canonicalBytes(sources[kind]({ purpose: iri })))
        assert.equal(refusal === 'PURPOSE_UNKNOWN', !kinds.includes(kind), `${iri} ${kind}`)
      }
    }
  })

  test('finds no type for it either', () => {
    // @ts-expect-error: the vocabulary is a closed union
    const removal: PurposeIri = 'https://cloison.eu/purpose/removal'
    assert.equal(purposeOf(removal), undefined)
  })
})

describe('whoever tries to get round N4, by what the agreement calls an element,', () => {
  const clinic: DescribedRegister = {
    name: 'clinic',
    category: 'special',
    subject: { scheme: 'demo-nin' },
    population: { size: 1_000_000 },
    elements: [{ name: 'ward', type: 'string', category: 'ordinary' }],
  }
  const people: DescribedRegister = {
    ...clinic,
    name: 'people',
    category: 'ordinary',
    elements: [
      { name: 'faith', type: 'string', category: 'special' },
      { name: 'street', type: 'string', category: 'locating' },
      { name: 'status', type: 'string', category: 'migration' },
      { name: 'record', type: 'string', category: 'criminal' },
    ],
  }
  const element = (changes: JsonObject): JsonObject => ({
    name: 'area',
    register: 'people',
    source: 'faith',
    answerType: 'attribute',
    predicate: null,
    category: 'ordinary',
    ...changes,
  })
  const oneOf = (value: string): JsonObject => ({
    answerType: 'predicate',
    predicate: { op: 'in', threshold: [value] },
  })

  test('is held to what the register says, where the document alone would pass', () => {
    const disguises: readonly JsonObject[] = [
      {},
      { name: 'household' },
      { source: 'status' },
      { source: 'record' },
      { source: 'street' },
      {
        category: 'locating',
        answerType: 'predicate',
        predicate: { op: 'equals-supplied', threshold: null },
      },
      oneOf('x'),
      { ...oneOf('x'), source: 'status' },
      { register: 'clinic', source: 'ward' },
      { register: 'clinic', source: 'ward', ...oneOf('x') },
    ]
    for (const disguise of disguises) {
      const dataElements = [element(disguise)]
      // The document by itself is in order: only the description tells.
      const agreement = samplePersonAgreement({ dataElements })
      const problems = registerProblems(agreement, [clinic, people], { countersigned: true })
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['RULE_PROTECTED'],
        JSON.stringify(disguise),
      )
    }
  })

  test('gets no protected value by a predicate with one key', () => {
    const legalBasis = ['eu-gdpr:A6-1-e', 'eu-gdpr:A9-2-a']
    for (const category of ['special', 'criminal', 'migration']) {
      const dataElements = [element({ ...oneOf('x'), category })]
      assert.equal(refusalWith({ dataElements, legalBasis }), 'RULE_PROTECTED', category)
      const issuer = {
        organisation: 'clinic',
        keyId: 'clinic/consent/1',
        publicKey: samplePublicKey('clinic'),
      }
      assert.ok(
        compileAgreement(
          samplePersonSource({ dataElements, legalBasis, consentIssuers: [issuer] }),
        ),
      )
    }
  })

  test('gets no address as an attribute, whatever it is called', () => {
    for (const name of ['street', 'area', 'district']) {
      const dataElements = [element({ name, source: 'street', category: 'locating' })]
      assert.equal(refusalWith({ dataElements }), 'RULE_LOCATING', name)
    }
  })
})
