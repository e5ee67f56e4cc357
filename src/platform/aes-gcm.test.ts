import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { aesGcm } from './aes-gcm.ts'
import { systemRandomness } from './system-randomness.ts'

const aead = aesGcm(systemRandomness)
const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length })
const text = fc.uint8Array({ maxLength: 200 })

test('what is sealed opens under the same key and context', () => {
  fc.assert(
    fc.property(bytes(32), text, text, (key, plaintext, context) => {
      const sealed = aead.seal(key, plaintext, context)
      assert.equal(sealed.length, plaintext.length + 28)
      assert.deepEqual(aead.open(key, sealed, context), plaintext)
    }),
  )
})

test('every flipped bit of a sealed text, of its key and of its context is noticed', () => {
  const key = systemRandomness.bytes(32)
  const context = systemRandomness.bytes(5)
  const sealed = aead.seal(key, Uint8Array.of(1, 2, 3, 4), context)
  const flipped = (original: Uint8Array, bit: number): Uint8Array => {
    const changed = original.slice()
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return changed
  }
  const bits = (of: Uint8Array): number[] => Array.from({ length: of.length * 8 }, (_, bit) => bit)
  for (const bit of bits(sealed)) {
    assert.equal(aead.open(key, flipped(sealed, bit), context), undefined)
  }
  for (const bit of bits(key))
    assert.equal(aead.open(flipped(key, bit), sealed, context), undefined)
  for (const bit of bits(context)) {
    assert.equal(aead.open(key, sealed, flipped(context, bit)), undefined)
  }
})

test('a sealed text that is cut or lengthened does not open', () => {
  const key = systemRandomness.bytes(32)
  const context = new Uint8Array()
  const sealed = aead.seal(key, systemRandomness.bytes(40), context)
  for (let length = 0; length < sealed.length; length += 1) {
    assert.equal(aead.open(key, sealed.subarray(0, length), context), undefined)
  }
  assert.equal(aead.open(key, Uint8Array.of(...sealed, 0), context), undefined)
})

test('the same text is sealed differently each time', () => {
  const key = systemRandomness.bytes(32)
  const seal = (): string => Buffer.from(aead.seal(key, key, key)).toString('hex')
  assert.notEqual(seal(), seal())
})

test('NIST GCM with AES-256 gives the published ciphertext and tag', () => {
  // Test case 16 of the GCM specification (McGrew and Viega), 96-bit nonce.
  const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
  const nonce = hex('cafebabefacedbaddecaf888')
  const fixed = aesGcm({ bytes: () => nonce })
  const sealed = fixed.seal(
    hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308'),
    hex(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    ),
    hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
  )
  assert.equal(
    Buffer.from(sealed.subarray(12)).toString('hex'),
    '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662' +
      '76fc6ece0f4e1768cddf8853bb2d551b',
  )
})

test('bytes that are overwritten are another key, and put back they are the same', () => {
  const key = systemRandomness.bytes(32)
  const copy = key.slice()
  const sealed = aead.seal(key, Uint8Array.of(1), Uint8Array.of())
  key.fill(0)
  assert.equal(aead.open(key, sealed, Uint8Array.of()), undefined)
  key.set(copy)
  assert.deepEqual(aead.open(key, sealed, Uint8Array.of()), Uint8Array.of(1))
})
