import assert from 'node:assert/strict'
import { test } from 'node:test'
import { officialPseudonym } from './handles.ts'

test('no pseudonym is taken for an option of the command that enrols it', () => {
  const key = new Uint8Array(32).fill(7)
  const pseudonyms = Array.from({ length: 1_000 }, (_, at) =>
    officialPseudonym(key, 'tax', `official-${at}`),
  )
  for (const pseudonym of pseudonyms) assert.match(pseudonym, /^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/)
  assert.equal(new Set(pseudonyms).size, pseudonyms.length)
  assert.equal(officialPseudonym(key, 'tax', 'official-1'), pseudonyms[1])
  assert.notEqual(officialPseudonym(key, 'housing', 'official-1'), pseudonyms[1])
})
