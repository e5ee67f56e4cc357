import assert from 'node:assert/strict'
import test from 'node:test'

import * as fc from 'fast-check'

import { canonicalBytes, encodeBase64, utf8 } from '../../bytes/index.ts'
import type { Json, JsonObject } from '../../bytes/index.ts'
import { ProtocolError } from '../protocol-error.ts'
import { parsePersonQuestion } from './person-question.ts'

const key = encodeBase64(new Uint8Array(32))
const NIN = '0001234520'

const question: JsonObject = {
  v: 1,
  exchangeId: 'AAAAAAAAAAAAAAAAAAAAAA',
  agreement: 'rent-support',
  version: 3,
  purpose: 'https://cloison.eu/purpose/service',
  legalBasis: 'eu-gdpr:A6-1-e',
  elements: ['income_below_threshold'],
  subject: { scheme: 'demo-nin', value: NIN },
  case: { reference: '2026/1234', token: 'a.b.c' },
  official: { pseudonym: 'o-8f3a', authTimeMs: 1_790_000_000_000 },
  askedReceipt: { r: key, record: '{"v":1}', proof: 'c2sp.org/tlog-proof@v1\nindex 0\n' },
  lastSeenCheckpoint: null,
  createdAtMs: 1_790_000_000_000,
}

/** Where a question is refused, or `read`. */
function verdict(value: Json): string {
  return verdictOf(canonicalBytes(value))
}

function verdictOf(bytes: Uint8Array): string {
  try {
    parsePersonQuestion(bytes)
    return 'read'
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return `${error.code} ${error.path}`
  }
}

/** The question with one member at a path replaced; `undefined` removes it. */
function changed(path: string, value: Json | undefined): JsonObject {
  const [head = '', ...rest] = path.split('.')
  const copy: Record<string, Json> = { ...question }
  if (rest.length > 0) {
    const inner = copy[head]
    assert.ok(inner !== null && typeof inner === 'object' && !Array.isArray(inner))
    value = withMember(inner as JsonObject, rest.join('.'), value)
  }
  if (value === undefined) delete copy[head]
  else copy[head] = value
  return copy
}

function withMember(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  const copy: Record<string, Json> = { ...object }
  if (value === undefined) delete copy[name]
  else copy[name] = value
  return copy
}

test('a question is read as it was sent', () => {
  assert.deepEqual(parsePersonQuestion(canonicalBytes(question)), question)
  assert.equal(verdict(changed('consent', 'x.y.z')), 'read')
  const supplied = [{ element: 'address_matches', value: 'Rue de l’Église 1' }]
  assert.equal(verdict(changed('supplied', supplied)), 'read')
  assert.equal(verdict(changed('confirmation', { pseudonym: 'o-1', authTimeMs: 1 })), 'read')
  assert.equal(verdict(changed('askedReceipt', undefined)), 'read')
  assert.equal(verdict(changed('lastSeenCheckpoint', 'a\n1\nb\n\n\u2014 x y\n')), 'read')
  assert.equal(verdict(changed('case.token', '')), 'read')
})

test('every other member is required, and none can be added, at any depth', () => {
  for (const name of Object.keys(question)) {
    if (name === 'askedReceipt') continue
    assert.equal(verdict(changed(name, undefined)), `MALFORMED $.${name}`, name)
  }
  for (const path of ['subject.value', 'case.reference', 'case.token', 'official.pseudonym']) {
    assert.equal(verdict(changed(path, undefined)), `MALFORMED $.${path}`)
  }
  assert.equal(verdict(changed('extra', 1)), 'MALFORMED $')
  assert.equal(verdict(changed('subject.extra', 1)), 'MALFORMED $.subject')
  assert.equal(verdict(changed('subjects', [])), 'MALFORMED $')
})

test('every member has its bounds', () => {
  const tooLong = 'a'.repeat(20_000)
  const bad: readonly (readonly [string, Json])[] = [
    ['v', 2],
    ['v', '1'],
    ['exchangeId', 'AAAAAAAAAAAAAAAAAAAAAB'],
    ['exchangeId', 'AAAAAAAAAAAAAAAAAAAAA'],
    ['exchangeId', 'AAAAAAAAAAAAAAAAAAAA=='],
    ['agreement', 'Rent'],
    ['agreement', 'a'.repeat(65)],
    ['version', 0],
    ['version', 1.5],
    ['version', '3'],
    ['purpose', ''],
    ['purpose', 'a b'],
    ['purpose', 'a"b'],
    ['legalBasis', 'a\\b'],
    ['purpose', 'a'.repeat(129)],
    ['legalBasis', ['eu-gdpr:A6-1-e']],
    ['elements', []],
    ['elements', ['a', 'a']],
    ['elements', Array.from({ length: 17 }, (_, i) => `e${i}`)],
    ['subject', [{ scheme: 'demo-nin', value: NIN }]],
    ['subject.scheme', 'Demo'],
    ['subject.value', ''],
    ['subject.value', '1'.repeat(65)],
    ['subject.value', '12\u200b34'],
    ['subject.value', { $gt: '' }],
    ['case.reference', 'a'.repeat(129)],
    ['case.reference', 'a\nb'],
    ['case.token', 'a'.repeat(4097)],
    ['case.token', 'a b'],
    ['supplied', []],
    ['supplied', { element: 'address', value: 'x' }],
    ['supplied', [{ element: 'address', value: '' }]],
    ['supplied', [{ element: 'address', value: ['a', 'b'] }]],
    ['supplied', [{ element: 'address', value: 'a\nb' }]],
    ['supplied', [{ element: 'address', value: 'a'.repeat(201) }]],
    ['supplied', [{ element: 'Address', value: 'x' }]],
    ['supplied', [{ element: 'address', value: 'x', op: 'like' }]],
    [
      'supplied',
      [
        { element: 'address', value: 'x' },
        { element: 'address', value: 'y' },
      ],
    ],
    ['confirmation', { pseudonym: 'o-1' }],
    ['confirmation', { pseudonym: 'o 1', authTimeMs: 0 }],
    ['confirmation', [{ pseudonym: 'o-1', authTimeMs: 0 }]],
    ['consent', ''],
    ['consent', 'a'.repeat(4097)],
    ['official.pseudonym', 'Anna Example'],
    ['official.authTimeMs', -1],
    ['official.authTimeMs', '0'],
    ['askedReceipt', null],
    ['askedReceipt.r', encodeBase64(new Uint8Array(31))],
    ['askedReceipt.r', `${key.slice(0, -2)}B=`],
    ['askedReceipt.proof', tooLong],
    ['askedReceipt.proof', 'a\tb'],
    ['lastSeenCheckpoint', tooLong],
    ['lastSeenCheckpoint', ''],
    ['createdAtMs', 1.5],
    ['createdAtMs', 9e15],
  ]
  for (const [path, value] of bad) {
    const text = `${path} ${JSON.stringify(value).slice(0, 40)}`
    // What is wrong inside of a member is named by its own place.
    assert.ok(verdict(changed(path, value)).startsWith(`MALFORMED $.${path}`), text)
  }
  for (const name of ['A', '1a', 'a-b', 'a'.repeat(65), '', 'caf\u00e9']) {
    assert.equal(verdict(changed('elements', ['ok', name])), 'MALFORMED $.elements[1]', name)
  }
})

test('T40: a body above 64 KiB is cut off unread', () => {
  assert.equal(verdictOf(new Uint8Array(65_537)), 'TOO_LARGE $')
  assert.equal(verdictOf(new Uint8Array(65_536)), 'MALFORMED $')
})

test('T42: only the canonical text of a question is read', () => {
  const text = new TextDecoder().decode(canonicalBytes(question))
  const spoilt = [
    ` ${text}`,
    `${text}\n`,
    text.replace('"v":1', '"v":1.0'),
    text.replace('"v":1', '"v":1,"v":1'),
    text.replace('{"agreement"', '{"agreement":"other","agreement"'),
    text.replace('"version":3', '"version":3e0'),
    text.replace('rent', '\\u0072ent'),
    text.replace(/("agreement":"[^"]*"),(.*)\}$/, '$2,$1}'),
    `\ufeff${text}`,
    `[${text}]`,
    text.slice(1),
    '',
  ]
  for (const other of spoilt) {
    assert.notEqual(other, text)
    assert.equal(verdictOf(utf8(other)), 'MALFORMED $', other.slice(0, 60))
  }
  assert.equal(verdictOf(utf8(text)), 'read')
})

test('T42: any byte of a question changed makes another question or none', () => {
  const bytes = canonicalBytes(question)
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const other = bytes.with(at, (bytes[at] ?? 0) ^ mask)
      try {
        assert.deepEqual(canonicalBytes(parsePersonQuestion(other)), other)
      } catch (error) {
        assert.ok(error instanceof ProtocolError)
      }
    }),
    { numRuns: 500 },
  )
})

test('T43: a member named __proto__ neither passes nor changes a prototype', () => {
  const text = new TextDecoder().decode(canonicalBytes(question))
  const polluted = text.replace('{"agreement"', '{"__proto__":{"open":true},"agreement"')
  assert.equal(verdictOf(utf8(polluted)), 'MALFORMED $')
  assert.equal(
    verdictOf(utf8(text.replace('"subject":{', '"subject":{"__proto__":{},'))),
    'MALFORMED $',
  )
  assert.equal(Object.hasOwn(Object.prototype, 'open'), false)
})

test('T44: text that is not in Normalization Form C is refused, never repaired', () => {
  assert.equal(verdict(changed('case.reference', 'Caf\u00e9 12')), 'read')
  assert.equal(verdict(changed('case.reference', 'Cafe\u0301 12')), 'MALFORMED $')
})

test('an error names the place and never what was found there', () => {
  const secrets: readonly JsonObject[] = [
    changed('subject.value', `${NIN}\u0000`),
    changed('subject', { scheme: 'demo-nin', value: NIN, [NIN]: NIN }),
    changed(NIN, NIN),
    changed('version', NIN),
    changed('elements', [NIN]),
    changed('case.reference', `${NIN}e\u0301`),
  ]
  for (const value of secrets) {
    assert.throws(
      () => parsePersonQuestion(canonicalBytes(value)),
      (error) => {
        assert.ok(error instanceof ProtocolError)
        const told = `${error.message} ${error.path} ${String(error.cause)} ${error.stack ?? ''}`
        return !told.includes(NIN)
      },
    )
  }
})
