import assert from 'node:assert/strict'
import test from 'node:test'

import * as fc from 'fast-check'

import { decodeHex, encodeHex, utf8 } from '../bytes/index.ts'
import { nobleEd25519, sha256 } from '../crypto/index.ts'
import { makeExchangeId, parseExchangeId } from './exchange-id.ts'
import { gatewayKeyId, organisationOfKeyId } from './gateway-key-id.ts'
import { parseOrganisationId } from './organisation-id.ts'
import { ProtocolError } from './protocol-error.ts'
import { makeDemoNin, readSubjectIdentifier } from './subject-identifier.ts'

const numbers = fc.integer({ min: 1, max: 99_999_999 })

test('a made demo-nin is valid and is 1 modulo 97', () => {
  fc.assert(
    fc.property(numbers, (number) => {
      const nin = makeDemoNin(number)
      assert.equal(readSubjectIdentifier('demo-nin', nin), 'valid')
      assert.equal(BigInt(nin) % 97n, 1n)
      assert.equal(nin.slice(0, 8), String(number).padStart(8, '0'))
    }),
  )
  assert.equal(makeDemoNin(1), '0000000195')
  assert.equal(makeDemoNin(12_345), '0001234520')
})

test('the check digits see every changed digit and every swap of neighbours', () => {
  fc.assert(
    fc.property(numbers, fc.nat(9), fc.integer({ min: 1, max: 9 }), (number, at, step) => {
      const nin = makeDemoNin(number)
      const digit = (Number(nin[at]) + step) % 10
      const changed = nin.slice(0, at) + digit + nin.slice(at + 1)
      assert.equal(readSubjectIdentifier('demo-nin', changed), 'invalid', `${nin} ${changed}`)
      const swapped = nin.slice(0, at) + (nin[at + 1] ?? '') + (nin[at] ?? '') + nin.slice(at + 2)
      if (swapped === nin || at === 9) return
      assert.equal(readSubjectIdentifier('demo-nin', swapped), 'invalid', `${nin} ${swapped}`)
    }),
  )
})

test('T44: an identifier in other digits, forms or lengths is refused, never repaired', () => {
  const nin = makeDemoNin(12_345)
  const fullWidth = nin.replaceAll(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d)))
  const arabic = nin.replaceAll(/\d/g, (d) => String.fromCodePoint(0x0660 + Number(d)))
  const bad = [fullWidth, arabic, ` ${nin}`, `${nin} `, `${nin}\n`, nin.slice(1), `0${nin}`, '']
  bad.push(nin.replace('5', '\u200b5'), nin.replace('0', 'O'), nin.replace('1', '\u0131'))
  bad.push(`+${nin.slice(1)}`, `${nin.slice(0, 9)}.`, '0000000001', '0000000098', '0x00000000')
  for (const value of bad) {
    assert.equal(readSubjectIdentifier('demo-nin', value), 'invalid', JSON.stringify(value))
  }
})

test('check digits have one form: 00, 01 and 99 are no digits of theirs', () => {
  for (let number = 1; number < 2000; number += 1) {
    const digits = makeDemoNin(number).slice(8)
    for (const other of ['00', '01', '99']) {
      assert.notEqual(digits, other)
      const value = makeDemoNin(number).slice(0, 8) + other
      assert.equal(readSubjectIdentifier('demo-nin', value), 'invalid')
    }
  }
})

test('an identifier of an unknown scheme is neither valid nor invalid', () => {
  for (const scheme of ['nin', 'Demo-nin', '__proto__', 'constructor', '']) {
    assert.equal(readSubjectIdentifier(scheme, makeDemoNin(1)), 'unknown-scheme')
  }
})

test('only numbers of eight digits have a demo-nin', () => {
  for (const number of [0, -1, 1.5, 100_000_000, Number.NaN]) {
    assert.throws(() => makeDemoNin(number), RangeError)
  }
})

test('organisation ids are 2 to 31 lower-case letters, digits and hyphens, a letter first', () => {
  for (const id of ['tax', 'a1', 'social-insurance', 'a'.repeat(31)]) {
    assert.equal(parseOrganisationId(id), id)
  }
  for (const id of [
    '',
    'a',
    'Tax',
    '1ax',
    '-ax',
    'ta x',
    'tax/',
    'a'.repeat(32),
    't\u0430x',
    'tax\n',
  ]) {
    assert.throws(() => parseOrganisationId(id), ProtocolError, JSON.stringify(id))
  }
})

test('an exchange id is 16 bytes in exactly one text, which no command takes for an option', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const id = makeExchangeId(bytes)
      const [first = 0, ...others] = bytes
      const begin = first >> 2 === 62 ? first - 128 : first
      assert.deepEqual([...Buffer.from(id, 'base64url')], [begin, ...others])
      assert.equal(parseExchangeId(id), id)
      assert.doesNotMatch(id, /^-/)
    }),
  )
  assert.match(makeExchangeId(new Uint8Array(16).fill(0xfb)), /^e_v7/)
  assert.match(makeExchangeId(new Uint8Array(16).fill(0xff)), /^____/)
  for (const id of [
    '',
    'A'.repeat(21),
    'A'.repeat(23),
    `${'A'.repeat(21)}B`,
    `${'A'.repeat(20)}==`,
  ]) {
    assert.throws(() => parseExchangeId(id), ProtocolError, id)
  }
  assert.throws(() => makeExchangeId(new Uint8Array(15)), RangeError)
})

test('a key id names its organisation and the first bytes of its C2SP key hash', () => {
  const publicKey = nobleEd25519.publicKey(new Uint8Array(32))
  const hash = sha256(utf8('tax/gateway\n'), decodeHex('01'), publicKey)
  const keyId = gatewayKeyId(parseOrganisationId('tax'), publicKey)
  assert.equal(keyId, `tax/gateway/${encodeHex(hash).slice(0, 8)}`)
  assert.equal(organisationOfKeyId(keyId), 'tax')
  for (const bad of [
    'tax',
    'tax/log/00000000',
    'tax/gateway/0000000',
    'tax/gateway/0000000G',
    '',
  ]) {
    assert.equal(organisationOfKeyId(bad), undefined, bad)
  }
})
