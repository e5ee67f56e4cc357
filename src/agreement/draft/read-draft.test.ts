import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as fc from 'fast-check'
import { stringify } from 'yaml'

import { canonicalBytes } from '../../bytes/index.ts'
import type { Json } from '../../bytes/index.ts'
import { samplePersonAgreement } from '../../testing/index.ts'
import { dayText } from '../calendar-day.ts'
import type { Predicate } from '../data-element.ts'
import { askWords, readAsk } from './element-words.ts'
import { readDraft } from './read-draft.ts'
import { writeDraft } from './write-draft.ts'

const sample = samplePersonAgreement()

/** The sample agreement as its author would write it. */
function draftOf(changes: Readonly<Record<string, unknown>> = {}): string {
  const { id, version, kind, provider, consumer, purpose, legalBasis, legalReference } = sample
  return stringify({
    id,
    version,
    kind,
    provider,
    consumer,
    purpose,
    legalBasis,
    legalReference,
    justification: sample.justification,
    expectedResults: sample.expectedResults,
    dataElements: sample.dataElements.map((element) => ({
      name: element.name,
      register: element.register,
      source: element.source,
      ask: askWords(element),
      category: element.category,
    })),
    approximateNumber: sample.approximateNumber,
    caps: sample.caps,
    preconditions: ['identifier scheme demo-nin', 'no placeholder'],
    presence: 'hidden for 80 ms',
    caseSource: sample.caseRule.issuer,
    notice: 'immediate',
    contest: '30 days',
    retention: { period: '90 days', disposal: 'delete' },
    verificationProcedure: sample.verificationProcedure,
    dpiaReference: sample.dpiaReference,
    firstDay: dayText(sample.notBeforeMs),
    lastDay: dayText(sample.notAfterMs - 1),
    ...changes,
  })
}

function problemsOf(text: string): readonly (readonly [line: number, code: string])[] {
  const reading = readDraft(text)
  return reading.ok ? [] : reading.problems.map(({ line, code }) => [line, code] as const)
}

const lineOf = (text: string, start: string): number =>
  text.split('\n').findIndex((line) => line.trimStart().startsWith(start)) + 1

test('a draft says in words exactly what the document says in canonical form', () => {
  const reading = readDraft(draftOf())
  assert.ok(reading.ok)
  assert.deepEqual(canonicalBytes(reading.agreement), canonicalBytes({ ...sample, signatures: [] }))
})

test('every key that is left out, misspelt or in other words is told with its line', () => {
  const wrong: readonly (readonly [
    change: Readonly<Record<string, unknown>>,
    start: string,
    code: string,
  ])[] = [
    [{ purpose: 'https://cloison.eu/purpose/service#removal' }, 'purpose', 'PURPOSE_UNKNOWN'],
    [{ purpose: 'Service' }, 'purpose', 'PURPOSE_UNKNOWN'],
    [{ purpose: 'ѕervice' }, 'purpose', 'PURPOSE_UNKNOWN'],
    [{ purpose: 'removal' }, 'purpose', 'PURPOSE_UNKNOWN'],
    [{ purpose: 'care ' }, 'purpose', 'PURPOSE_UNKNOWN'],
    [{ firstDay: '31.01.2027' }, 'firstDay', 'WORDS_UNKNOWN'],
    [{ firstDay: '2027-02-30' }, 'firstDay', 'WORDS_UNKNOWN'],
    [{ contest: 'a month' }, 'contest', 'WORDS_UNKNOWN'],
    [{ presence: 'hiden' }, 'presence', 'WORDS_UNKNOWN'],
    [{ notice: 'never' }, 'notice', 'WORDS_UNKNOWN'],
    [{ retention: { period: '90 days', disposl: 'delete' } }, 'disposl', 'WORDS_UNKNOWN'],
    [{ preconditions: ['no placeholders'] }, '- no placeholders', 'WORDS_UNKNOWN'],
    [{ caps: { ...sample.caps, perOfficialPerDay: 201 } }, 'perOfficialPerDay', 'RULE_CAPS'],
    [{ caps: { ...sample.caps, perOficialPerDay: 1 } }, 'caps', 'UNKNOWN_KEY'],
    [{ lastDay: '2029-01-01' }, 'lastDay', 'RULE_TERM'],
    [{ contets: '30 days' }, 'contets', 'UNKNOWN_KEY'],
    [{ privacyBudget: {} }, 'privacyBudget', 'UNKNOWN_KEY'],
    [{ justification: '' }, 'justification', 'KEY_MISSING'],
    [{ kind: 'personal' }, 'kind', 'WORDS_UNKNOWN'],
  ]
  for (const [change, start, code] of wrong) {
    const text = draftOf(change)
    const found = problemsOf(text)
    const expected = [lineOf(text, start), code]
    assert.ok(
      found.some(([line, one]) => line === expected[0] && one === expected[1]),
      `${JSON.stringify(change)}: ${JSON.stringify(found)} without ${JSON.stringify(expected)}`,
    )
  }
})

test('no anchor, alias, tag, second key or prototype gets a draft through', () => {
  const text = draftOf()
  const tricks: readonly string[] = [
    text.replace('id: ', 'id: &a '),
    text.replace('kind: person', 'kind: !!str person'),
    `a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n${text}`,
    `${text}\npurpose: https://cloison.eu/purpose/care\n`,
    `${text}\n__proto__: { purpose: removal }\n`,
    `${text}\nconstructor: { prototype: {} }\n`,
    `${text}\n<<: { purpose: removal }\n`,
    `${text}---\n${text}`,
    `? [a, b]\n: c\n${text}`,
    '',
    'just words',
    '- a list',
    'x'.repeat(200_000),
  ]
  for (const trick of tricks) assert.notDeepEqual(problemsOf(trick), [], trick.slice(0, 60))
  assert.equal(({} as { purpose?: string }).purpose, undefined)
})

test('what is begun by the program reads as missing what only its author knows, and nothing else', () => {
  for (const kind of ['person', 'emergency', 'population', 'join'] as const) {
    const text = writeDraft({
      id: 'housing-tax',
      kind,
      provider: 'tax',
      consumer: 'housing',
      registers: [],
      peers: [],
      nowMs: sample.notBeforeMs,
    })
    const codes = new Set(problemsOf(text).map(([, code]) => code))
    assert.deepEqual([...codes], ['KEY_MISSING'], kind)
  }
})

test('any predicate that words can say reads back as it was written', () => {
  const day = fc
    .record({ y: fc.integer({ min: 1900, max: 2100 }), m: fc.integer({ min: 1, max: 12 }) })
    .map(({ y, m }) => `${y}-${String(m).padStart(2, '0')}-15`)
  const integer = fc.integer({ min: -1_000_000, max: 1_000_000_000 })
  const predicate: fc.Arbitrary<Predicate> = fc.oneof(
    fc.record({ op: fc.constantFrom('lt', 'le', 'ge', 'gt'), threshold: fc.oneof(integer, day) }),
    fc.record({
      op: fc.constant('eq' as const),
      threshold: fc.oneof(integer, fc.string({ minLength: 1 })),
    }),
    fc.record({
      op: fc.constant('in' as const),
      threshold: fc.array(fc.string(), { minLength: 1 }),
    }),
    fc.constant({ op: 'equals-supplied' as const, threshold: null }),
  )
  fc.assert(
    fc.property(predicate, (one) => {
      const words: Json = askWords({ predicate: one })
      assert.deepEqual(readAsk(words), { answerType: 'predicate', predicate: { ...one } })
    }),
  )
})

test('whatever is written, reading it ends with an agreement or with problems that have a line', () => {
  const lines = draftOf().split('\n')
  const broken = fc
    .array(fc.tuple(fc.nat({ max: lines.length - 1 }), fc.string({ maxLength: 30 })), {
      maxLength: 4,
    })
    .map((edits) => {
      const next = [...lines]
      for (const [index, text] of edits) next[index] = text
      return next.join('\n')
    })
  fc.assert(
    fc.property(fc.oneof(broken, fc.string()), (text) => {
      const reading = readDraft(text)
      if (reading.ok) return
      for (const { line, advice } of reading.problems) {
        assert.ok(line >= 1 && line <= text.split('\n').length + 1 && advice.length > 0)
      }
    }),
    { numRuns: 300 },
  )
})
