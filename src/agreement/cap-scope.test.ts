import assert from 'node:assert/strict'
import { test } from 'node:test'
import { samplePersonAgreement } from '../testing/index.ts'
import type { PersonAgreement } from './agreement.ts'
import { capScope } from './cap-scope.ts'

const digest = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='

function named(id: string, version = 1, after?: string): PersonAgreement {
  const agreement = samplePersonAgreement()
  const supersedes = after === undefined ? null : { id: after, version: 1, digest }
  return { ...agreement, id, version, supersedes }
}

test('an agreement that replaces nothing is counted under its own id, in every version', () => {
  assert.equal(capScope(named('rent'), []), 'rent')
  const second = named('rent', 2, 'rent')
  assert.equal(capScope(second, [named('rent'), second]), 'rent')
})

test('a renewal under another id is counted where its predecessor was, through any number of them', () => {
  const line = [named('rent'), named('rent-2', 1, 'rent'), named('rent-3', 1, 'rent-2')]
  for (const agreement of line) assert.equal(capScope(agreement, line), 'rent')
  const second = named('rent-3', 2, 'rent-3')
  assert.equal(capScope(second, [...line, second]), 'rent')
})

test('two that replace the same agreement count together, and as it did where it is not known any more', () => {
  const [one, other] = [named('one', 1, 'rent'), named('other', 1, 'rent')]
  assert.equal(capScope(one, [one, other]), capScope(other, [one, other]))
  assert.equal(capScope(one, []), 'rent')
})

test('a later version that cites another line moves nothing, and a circle ends', () => {
  const moved = named('rent', 2, 'other')
  assert.equal(capScope(moved, [named('rent'), moved, named('other')]), 'rent')
  const circle = [named('a', 1, 'b'), named('b', 1, 'a')]
  for (const agreement of circle) assert.ok(['a', 'b'].includes(capScope(agreement, circle)))
})
