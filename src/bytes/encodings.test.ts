import assert from 'node:assert/strict'
import test from 'node:test'

import * as fc from 'fast-check'

import {
  decodeBase64,
  decodeBase64Url,
  encodeBase64,
  encodeBase64Url,
  encodeBase64UrlName,
} from './base64.ts'
import { BytesError } from './bytes-error.ts'
import { compareBytes, concatBytes, equalBytes } from './byte-order.ts'
import { decodeHex, encodeHex } from './hex.ts'
import { decodeUtf8, utf8 } from './utf8.ts'

const bytes = (): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength: 100 })

function refused(code: string): (error: unknown) => boolean {
  return (error) => error instanceof BytesError && error.code === code
}

test('base64 gives the texts of RFC 4648, section 10', () => {
  const texts = ['', 'Zg==', 'Zm8=', 'Zm9v', 'Zm9vYg==', 'Zm9vYmE=', 'Zm9vYmFy']
  for (const [length, text] of texts.entries()) {
    assert.equal(encodeBase64(utf8('foobar'.slice(0, length))), text)
  }
})

test('base64 in both alphabets is what the platform writes, and reads back', () => {
  fc.assert(
    fc.property(bytes(), (value) => {
      assert.equal(encodeBase64(value), Buffer.from(value).toString('base64'))
      assert.equal(encodeBase64Url(value), Buffer.from(value).toString('base64url'))
      assert.deepEqual(decodeBase64(encodeBase64(value)), value)
      assert.deepEqual(decodeBase64Url(encodeBase64Url(value)), value)
    }),
  )
})

test('only one base64 text decodes to given bytes', () => {
  const bad = ['Zg', 'Zg=', 'Zg===', 'Z', '====', 'Zh==', 'Zm9=', 'Zm9v=', 'Zm9v====', ' Zm9v']
  bad.push('Zm9v\n', 'Zm-_', 'Zg==Zg==', '=Zg=', 'Zm9\u0416', 'Zm9v\u0080abc')
  for (const text of bad) {
    assert.throws(() => decodeBase64(text), refused('BASE64_INVALID'), JSON.stringify(text))
  }
  for (const text of ['Zg==', 'Z', 'Zh', 'Zm+/', 'Zm9vYh', 'Z g', 'Zg\n']) {
    assert.throws(() => decodeBase64Url(text), refused('BASE64_INVALID'), JSON.stringify(text))
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (text) => {
      for (const [decode, encode] of [
        [decodeBase64, encodeBase64],
        [decodeBase64Url, encodeBase64Url],
      ] as const) {
        let decoded: Uint8Array
        try {
          decoded = decode(text)
        } catch {
          continue
        }
        assert.equal(encode(decoded), text)
      }
    }),
  )
})

test('hex reads back, and only lower-case digits of whole bytes are read', () => {
  fc.assert(
    fc.property(bytes(), (value) => {
      assert.equal(encodeHex(value), Buffer.from(value).toString('hex'))
      assert.deepEqual(decodeHex(encodeHex(value)), value)
    }),
  )
  for (const text of ['a', 'AB', '0x', ' 0', '0\n', 'zz', '\u0661\u0661']) {
    assert.throws(() => decodeHex(text), refused('HEX_INVALID'), JSON.stringify(text))
  }
})

test('UTF-8 is decoded without replacing or removing anything', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(decodeUtf8(utf8(text)), text)
    }),
  )
  assert.equal(decodeUtf8(decodeHex('efbbbf61')), '\u{feff}a')
  for (const hex of ['ff', 'c0af', 'eda0bd', 'f4908080', 'e282']) {
    assert.throws(() => decodeUtf8(decodeHex(hex)), refused('UTF8_INVALID'), hex)
  }
})

test('the parts of a concatenation come back by their lengths', () => {
  fc.assert(
    fc.property(bytes(), bytes(), (a, b) => {
      const joined = concatBytes(a, b)
      assert.deepEqual(joined.subarray(0, a.length), a)
      assert.deepEqual(joined.subarray(a.length), b)
    }),
  )
  assert.equal(concatBytes().length, 0)
})

test('bytes are equal exactly when they compare as 0, and the order is the usual one', () => {
  fc.assert(
    fc.property(bytes(), bytes(), (a, b) => {
      assert.equal(Math.sign(compareBytes(a, b)), Buffer.compare(a, b))
      assert.equal(equalBytes(a, b), Buffer.compare(a, b) === 0)
      assert.ok(equalBytes(a, a.slice()))
    }),
  )
  assert.equal(equalBytes(new Uint8Array([0]), new Uint8Array([0, 0])), false)
})

test('law: a name never begins with a hyphen, and is plain base64url where that does not either', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 32 }), (bytes) => {
      const [name, plain] = [encodeBase64UrlName(bytes), encodeBase64Url(bytes)]
      assert.ok(!name.startsWith('-'))
      assert.equal(name.length, plain.length)
      if (!plain.startsWith('-')) assert.equal(name, plain)
      else assert.equal(name.slice(2), plain.slice(2))
    }),
  )
  assert.equal(encodeBase64Url(Uint8Array.of(0xfb, 0xff)), '-_8')
  assert.equal(encodeBase64UrlName(Uint8Array.of(0xfb, 0xff)), 'e_8')
})
