import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import test from 'node:test'

import * as fc from 'fast-check'

import { encodeHex, utf8 } from '../bytes/index.ts'
import { type Digests, hmacSha256, sha256, sha256Each, useDigests } from './digest.ts'

test('SHA-256 gives the examples of FIPS 180-4', () => {
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  assert.equal(encodeHex(sha256()), empty)
  assert.equal(encodeHex(sha256(utf8('abc'))), abc)
  assert.equal(encodeHex(sha256(utf8('a'), utf8(''), utf8('bc'))), abc)
})

test('HMAC-SHA-256 gives test cases 1, 2 and 6 of RFC 4231', () => {
  const cases = [
    [new Uint8Array(20).fill(0x0b), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b'],
    [utf8('Jefe'), 'what do ya want for nothing?', '5bdcc146bf60754e6a042426089575c7'],
    [
      new Uint8Array(131).fill(0xaa),
      'Test Using Larger Than Block-Size Key - Hash Key First',
      '60e431591ee0b67f0d8a26aacbf5b77f',
    ],
  ] as const
  for (const [key, text, start] of cases) {
    assert.equal(encodeHex(hmacSha256(key, utf8(text))).slice(0, 32), start)
  }
})

test('digests of parts are digests of their concatenation, as OpenSSL computes them', () => {
  const bytes = fc.uint8Array({ maxLength: 200 })
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 4 }), bytes, (parts, key) => {
      const hash = createHash('sha256')
      const hmac = createHmac('sha256', key)
      for (const part of parts) {
        hash.update(part)
        hmac.update(part)
      }
      assert.equal(encodeHex(sha256(...parts)), hash.digest('hex'))
      assert.equal(encodeHex(hmacSha256(key, ...parts)), hmac.digest('hex'))
    }),
  )
})

test('digests of many messages are those of each, with the prefix before it', () => {
  const bytes = fc.uint8Array({ maxLength: 200 })
  fc.assert(
    fc.property(fc.array(bytes), fc.uint8Array({ maxLength: 64 }), (messages, prefix) => {
      let end = 0
      const ends = Uint32Array.from(messages, ({ length }) => (end += length))
      const packed = Uint8Array.from(messages.flatMap((one) => [...one]))
      const each = messages.flatMap((one) => [...sha256(prefix, one)])
      assert.deepEqual([...sha256Each(prefix, packed, ends)], each)
    }),
  )
  const three = new Uint8Array(3)
  assert.throws(() => sha256Each(new Uint8Array(65), three, Uint32Array.of(3)), RangeError)
  assert.throws(() => sha256Each(three, three, Uint32Array.of(4)), RangeError)
  assert.throws(() => sha256Each(three, three, Uint32Array.of(2, 1)), RangeError)
})

const openssl: Digests = {
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  sha512: (bytes) => new Uint8Array(createHash('sha512').update(bytes).digest()),
  hmacSha256: (key, bytes) => new Uint8Array(createHmac('sha256', key).update(bytes).digest()),
}

test('a faster implementation is used when it gives the same bytes', () => {
  let calls = 0
  const counting: Digests = {
    ...openssl,
    sha256(bytes) {
      calls += 1
      return openssl.sha256(bytes)
    },
  }
  const before = encodeHex(sha256(utf8('abc')))
  useDigests(counting)
  const tried = calls
  assert.equal(encodeHex(sha256(utf8('a'), utf8('bc'))), before)
  assert.equal(calls, tried + 1)
  useDigests(openssl)
})

test('an implementation that differs for one length or one digest is refused and not used', () => {
  const spoilt = (bytes: Uint8Array): Uint8Array =>
    bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte))
  const wrong: readonly Digests[] = [
    { ...openssl, sha256: (bytes) => spoilt(openssl.sha256(bytes)) },
    { ...openssl, sha256Each: (_prefix, _messages, ends) => new Uint8Array(32 * ends.length) },
    { ...openssl, sha512: (bytes) => spoilt(openssl.sha512(bytes)) },
    { ...openssl, hmacSha256: (key, bytes) => spoilt(openssl.hmacSha256(key, bytes)) },
    {
      ...openssl,
      sha256(bytes) {
        const digest = openssl.sha256(bytes)
        return bytes.length === 65 ? spoilt(digest) : digest
      },
    },
  ]
  for (const digests of wrong) assert.throws(() => useDigests(digests), TypeError)
  assert.equal(encodeHex(sha256()).slice(0, 8), 'e3b0c442')
})
