import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { isPlaceholder, isPlaceholderText, placeholderPhrases } from './placeholder.ts'

test('one digit repeated, or a run up or down, is no identifier', () => {
  const placeholders = [
    '0000000000',
    '9999999999',
    '1234567890',
    '0123456789',
    '9876543210',
    'aaaa',
    '',
  ]
  for (const value of placeholders) assert.ok(isPlaceholder(value), value)
  for (const value of ['4815162342', '1234567891', '0000000001', '1010101010']) {
    assert.ok(!isPlaceholder(value), value)
  }
})

test('what people type to get past a form is a placeholder, however it is written', () => {
  const typed = [
    'Failed to Provide',
    'FAILED TO PROVIDE',
    'NA NA',
    'N/A',
    'n.a.',
    'n / a',
    '00000',
    '000 00',
    '00-00-00',
    '12345',
    '98765',
    '123-456-7890',
    'unknown',
    'Unknown, Unknown',
    'UNKNOWN unknown',
    'xxxxx',
    'X',
    '-',
    '…',
    '???',
    '??? ???',
    'abcdef',
    'Ｎ／Ａ',
    '０００００',
    '٠٠٠٠٠',
    'néant',
    'Non renseigné',
    'unbekannt',
    'Entfällt',
    'sin dirección',
    'null',
    'null null',
    'Test test',
    'not available (N/A)',
    'To be confirmed.',
    'no fixed abode',
  ]
  for (const value of typed) assert.ok(isPlaceholderText(value), value)
})

test('addresses, numbers and names are none', () => {
  const real = [
    'Main Street 1',
    'Rue de l’Église 12, 75001 Paris',
    'Unknown Street 5',
    'Nashville',
    '75001',
    '020 7946 0958',
    '+49 30 901820',
    'Nunavut',
    'None Street 3',
    'Ängelholm',
    '東京都千代田区1-1',
    'Na Petynce 12',
    'Testaccio 4',
    'K9',
  ]
  for (const value of real) assert.ok(!isPlaceholderText(value), value)
})

test('every phrase of the list is refused in any case, spacing and punctuation, and twice', () => {
  const phrase = fc.constantFrom(...placeholderPhrases)
  const gap = fc.constantFrom(' ', '  ', '-', ' / ', '.', ', ', '_')
  const shape = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`,
  )
  fc.assert(
    fc.property(phrase, phrase, gap, shape, (one, other, between, change) => {
      assert.ok(isPlaceholderText(change(one.replaceAll(' ', between))))
      assert.ok(isPlaceholderText(`${between}${change(`${one}${between}${other}`)}${between}`))
    }),
    { numRuns: 2000 },
  )
})

test('one character again and again is refused in every script, and deciding ends for any text', () => {
  const letter = fc.constantFrom('a', 'Z', '0', '9', 'é', 'я', '字', '٣', 'ß')
  fc.assert(
    fc.property(letter, fc.integer({ min: 1, max: 60 }), (one, times) => {
      assert.ok(isPlaceholderText(one.repeat(times)))
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      assert.equal(isPlaceholderText(text), isPlaceholderText(text))
    }),
  )
})
