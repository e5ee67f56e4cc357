import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { purposeOf, purposes } from './purpose.ts'

const spec = readFileSync(new URL('../../spec/agreement.md', import.meta.url), 'utf8')

test('the table of the specification has every purpose with its DPV term and kinds', () => {
  const rows = spec.matchAll(
    /^\| `(https:\/\/cloison\.eu\/purpose\/[a-z-]+)` +\| `([^`]+)` +\| ([a-z, ]+?) +\|$/gm,
  )
  const table = [...rows].map(([, iri, dpv = '', kinds]) => {
    const path = dpv.startsWith('dpv#') ? dpv : `dpv/${dpv}`
    return { iri, dpv: `https://w3id.org/${path}`, kinds: kinds?.split(', ') }
  })
  const expected = purposes.map(({ iri, dpv, kinds }) => ({ iri, dpv, kinds }))
  assert.deepEqual(table, expected)
})

test('a purpose is found by its exact IRI alone', () => {
  for (const purpose of purposes) assert.equal(purposeOf(purpose.iri), purpose)
  assert.equal(purposeOf('https://cloison.eu/purpose/'), undefined)
})
