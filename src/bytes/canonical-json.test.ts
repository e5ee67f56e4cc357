import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import canonicalize from 'canonicalize'
import * as fc from 'fast-check'

import { BytesError } from './bytes-error.ts'
import type { BytesErrorCode } from './bytes-error.ts'
import { canonicalBytes, canonicalJson, readCanonicalJson } from './canonical-json.ts'
import { decodeHex, encodeHex } from './hex.ts'
import type { Json } from './json.ts'
import { utf8 } from './utf8.ts'

interface Received {
  readonly id: string
  readonly received?: string
  readonly receivedHex?: string
  readonly canonical?: string
}
interface Vectors {
  readonly numbers: readonly { ieee754: string; json: string }[]
  readonly refusedNumbers: readonly { ieee754: string }[]
  readonly samples: readonly {
    id: string
    input: string
    canonical: string
    canonicalHex: string
  }[]
  readonly notCanonical: readonly Received[]
  readonly invalid: readonly Received[]
}

const file = new URL('../../vectors/rfc8785-canonical-json.json', import.meta.url)
const { vectors }: { vectors: Vectors } = JSON.parse(readFileSync(file, 'utf8'))
let run = 0

function double(bits: string): number {
  return Buffer.from(bits, 'hex').readDoubleBE()
}

function bytesOf(received: Received): Uint8Array {
  return received.received === undefined
    ? decodeHex(received.receivedHex ?? '')
    : utf8(received.received)
}

function codeOf(bytes: Uint8Array): BytesErrorCode | 'read' {
  try {
    readCanonicalJson(bytes)
    return 'read'
  } catch (error) {
    if (!(error instanceof BytesError)) throw error
    return error.code
  }
}

/** What the gate adds to RFC 8785: U+FB33, for one, is not in NFC, so two samples are refused. */
function verdictOnCanonical(text: string): BytesErrorCode | 'read' {
  if (text.includes('__proto__')) return 'KEY_REFUSED'
  return text.normalize('NFC') === text ? 'read' : 'NOT_NFC'
}

test('numbers are written as RFC 8785, Appendix B demands, and NaN and infinities are refused', () => {
  for (const { ieee754, json } of vectors.numbers) {
    assert.equal(canonicalJson(double(ieee754)), json, ieee754)
    run += 1
  }
  for (const { ieee754 } of vectors.refusedNumbers) {
    assert.throws(() => canonicalJson({ a: [double(ieee754)] }), BytesError, ieee754)
    run += 1
  }
})

test('the samples have the canonical bytes of the specification', () => {
  for (const sample of vectors.samples) {
    const value: Json = JSON.parse(sample.input)
    assert.equal(canonicalJson(value), sample.canonical, sample.id)
    assert.equal(encodeHex(canonicalBytes(value)), sample.canonicalHex, sample.id)
    assert.equal(codeOf(utf8(sample.canonical)), verdictOnCanonical(sample.canonical), sample.id)
    run += 1
  }
})

test('texts that parse but are not canonical are refused, their canonical form is read', () => {
  for (const received of vectors.notCanonical) {
    const verdict = verdictOnCanonical(received.canonical ?? '')
    assert.equal(codeOf(utf8(received.canonical ?? '')), verdict, received.id)
    const code = verdict === 'read' ? 'NOT_CANONICAL' : verdict
    assert.equal(codeOf(bytesOf(received)), code, received.id)
    run += 1
  }
})

test('texts that no canonical reader may accept are refused', () => {
  for (const received of vectors.invalid) {
    assert.notEqual(codeOf(bytesOf(received)), 'read', received.id)
    run += 1
  }
  const { numbers, refusedNumbers, samples, notCanonical, invalid } = vectors
  const total = [numbers, refusedNumbers, samples, notCanonical, invalid].flat().length
  assert.equal(run, total)
  console.log(`rfc8785-canonical-json.json: ${run}/${total} vectors`)
})

test('the gate says exactly what the serializer says, whatever the text', () => {
  const values = fc.oneof(fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }), fc.jsonValue())
  const edits = fc.record({
    at: fc.nat(),
    text: fc.constantFrom(' ', '0', '"', '1', 'a', '\\', ''),
  })
  fc.assert(
    fc.property(values, fc.option(edits), (value, edit) => {
      let text = canonicalJson(JSON.parse(JSON.stringify(value)))
      if (edit !== null) {
        const at = edit.at % (text.length + 1)
        text = text.slice(0, at) + edit.text + text.slice(at + 1)
      }
      // An edit may split a surrogate pair, which UTF-8 cannot carry.
      const sent = text.toWellFormed()
      let expected = false
      try {
        const parsed: Json = JSON.parse(sent)
        expected = canonicalize(parsed) === sent
      } catch {
        expected = false
      }
      const code = codeOf(utf8(sent))
      if (code !== 'NOT_NFC' && code !== 'KEY_REFUSED')
        assert.equal(code === 'read', expected, sent)
    }),
    { numRuns: 400 },
  )
})

test('every value has the text that the RFC 8785 serializer writes, whatever its names', () => {
  const names = fc.constantFrom(
    '10',
    '9',
    '2',
    'a',
    'B',
    '__proto__',
    'toJSON',
    '\u00e9',
    '',
    '01',
    '-1',
  )
  const values = fc.oneof(
    fc.jsonValue({ maxDepth: 5 }),
    fc.dictionary(names, fc.jsonValue({ maxDepth: 2 }), { noNullPrototype: true }),
  )
  fc.assert(
    fc.property(values, (value) => {
      const json: Json = JSON.parse(JSON.stringify(value))
      assert.equal(canonicalJson(json), canonicalize(json))
    }),
  )
  for (const refused of ['\ud800', Number.NaN, Number.NEGATIVE_INFINITY]) {
    assert.throws(() => canonicalJson({ b: [refused] }), { code: 'JSON_INVALID' })
  }
  assert.throws(() => canonicalJson({ '\udc00': 1 }), { code: 'JSON_INVALID' })
})

test('integer-like names in their string order are read although they parse in another', () => {
  assert.equal(codeOf(utf8('{"10":2,"2":1}')), 'read')
  assert.equal(codeOf(utf8('{"2":1,"10":2}')), 'NOT_CANONICAL')
})

test('a text is cut off by its length before it is read', () => {
  const bytes = utf8(`"${'a'.repeat(65_534)}"`)
  assert.equal(codeOf(bytes), 'read')
  assert.equal(codeOf(utf8(`"${'a'.repeat(65_535)}"`)), 'TOO_LARGE')
  assert.throws(() => readCanonicalJson(bytes, { maxBytes: 65_535 }), { code: 'TOO_LARGE' })
})

test('nesting is bounded, however deep', () => {
  const nested = (depth: number): Uint8Array => utf8('['.repeat(depth) + ']'.repeat(depth))
  assert.equal(codeOf(nested(16)), 'read')
  assert.equal(codeOf(nested(17)), 'TOO_DEEP')
  assert.equal(codeOf(nested(32_000)), 'TOO_DEEP')
  assert.equal(codeOf(utf8('{"a":'.repeat(16) + '1' + '}'.repeat(16))), 'read')
  assert.equal(codeOf(utf8('{"a":'.repeat(17) + '1' + '}'.repeat(17))), 'TOO_DEEP')
  assert.throws(() => readCanonicalJson(nested(3), { maxDepth: 2 }), { code: 'TOO_DEEP' })
})

test('nesting is counted before the parser sees it, and brackets in strings are none', () => {
  assert.equal(codeOf(utf8('['.repeat(60_000))), 'TOO_DEEP')
  assert.equal(codeOf(utf8('{"a":'.repeat(17))), 'TOO_DEEP')
  for (const text of ['['.repeat(99), '\\"'.repeat(9) + '{'.repeat(99), '\\', '[\\\\"[', ']]]]']) {
    assert.equal(codeOf(utf8(JSON.stringify([text, text]))), 'read', text)
  }
  assert.equal(codeOf(utf8('"['.repeat(41))), 'TOO_DEEP', 'every second one stands outside')
  assert.equal(codeOf(utf8(']'.repeat(9) + '['.repeat(26))), 'TOO_DEEP')
  const depthOf = (value: Json): number =>
    typeof value === 'object' && value !== null
      ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
      : 0
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6, noUnicodeString: false }), (json) => {
      const bytes = utf8(JSON.stringify(json))
      const value: Json = JSON.parse(JSON.stringify(json))
      const depth = depthOf(value)
      const codeAt = (maxDepth: number): string => {
        try {
          readCanonicalJson(bytes, { maxDepth })
          return 'read'
        } catch (error) {
          return error instanceof BytesError ? error.code : 'thrown'
        }
      }
      assert.notEqual(codeAt(depth), 'TOO_DEEP')
      if (depth > 0) assert.equal(codeAt(depth - 1), 'TOO_DEEP')
    }),
  )
})

test('strings and names must be in Normalization Form C, at any depth', () => {
  assert.equal(codeOf(utf8('["\u00c5"]')), 'read')
  assert.equal(codeOf(utf8('["A\u030a"]')), 'NOT_NFC')
  assert.equal(codeOf(utf8('{"a":{"A\u030a":1}}')), 'NOT_NFC')
  assert.equal(codeOf(utf8('["\u212b"]')), 'NOT_NFC')
})

test('a member named __proto__ is refused wherever it stands', () => {
  assert.equal(codeOf(utf8('{"__proto__":1}')), 'KEY_REFUSED')
  assert.equal(codeOf(utf8('[{"a":{"__proto__":{}}}]')), 'KEY_REFUSED')
})

test('no error repeats what was read', () => {
  const secret = '8504131234'
  for (const text of [
    `{"${secret}":1,}`,
    `["${secret}"`,
    `[ "${secret}"]`,
    `["${secret}A\u030a"]`,
  ]) {
    assert.throws(
      () => readCanonicalJson(utf8(text)),
      (error) =>
        error instanceof Error && !`${error.message}${String(error.cause)}`.includes(secret),
    )
  }
})
