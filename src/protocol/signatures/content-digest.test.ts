import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import * as fc from 'fast-check'
import { isInnerList, parseDictionary } from 'structured-headers'

import { decodeBase64, decodeHex, utf8 } from '../../bytes/index.ts'
import { checkContentDigest, contentDigest } from './content-digest.ts'

interface DigestVector {
  readonly id: string
  readonly value: string
  readonly contentHex: string
}
interface Vectors {
  readonly valid: readonly DigestVector[]
  readonly parseOnly: readonly {
    id: string
    value: string
    members: { algorithm: string; digest: string }[]
  }[]
  readonly preferences: readonly { value: string; members: Record<string, number> }[]
  readonly mismatch: readonly DigestVector[]
  readonly malformed: readonly DigestVector[]
  readonly insufficient: readonly DigestVector[]
}

const file = new URL('../../../vectors/rfc9530-content-digest.json', import.meta.url)
const { vectors }: { vectors: Vectors } = JSON.parse(readFileSync(file, 'utf8'))

function memberOf(value: string, name: string): unknown {
  const member = parseDictionary(value).get(name)
  assert.ok(member !== undefined && !isInnerList(member))
  return member[0]
}

test('every vector of RFC 9530 has its verdict', () => {
  let run = 0
  const verdicts = [
    ['valid', 'ok'],
    ['mismatch', 'mismatch'],
    ['malformed', 'malformed'],
    ['insufficient', 'insufficient'],
  ] as const
  for (const [group, verdict] of verdicts) {
    for (const { id, value, contentHex } of vectors[group]) {
      assert.equal(checkContentDigest(value, decodeHex(contentHex)), verdict, id)
      run += 1
    }
  }
  for (const { id, value, members } of vectors.parseOnly) {
    for (const { algorithm, digest } of members) {
      assert.deepEqual(memberOf(value, algorithm), decodeBase64(digest).buffer, id)
    }
    assert.equal(checkContentDigest(value, utf8('any')), 'mismatch', id)
    run += 1
  }
  for (const { value, members } of vectors.preferences) {
    for (const [name, weight] of Object.entries(members)) {
      assert.equal(memberOf(value, name), weight, value)
    }
    run += 1
  }
  const total = Object.values(vectors).flat().length
  assert.equal(run, total)
  console.log(`rfc9530-content-digest.json: ${run}/${total} vectors`)
})

test('one byte of the content changed makes every valid vector a mismatch', () => {
  for (const { id, value, contentHex } of vectors.valid) {
    const content = decodeHex(contentHex)
    const other = content.length === 0 ? utf8('x') : content.with(0, (content[0] ?? 0) ^ 1)
    assert.equal(checkContentDigest(value, other), 'mismatch', id)
  }
})

test('a written digest fits its body and no other', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (body, other) => {
      assert.equal(checkContentDigest(contentDigest(body), body), 'ok')
      const same = Buffer.compare(body, other) === 0
      assert.equal(checkContentDigest(contentDigest(body), other), same ? 'ok' : 'mismatch')
    }),
  )
})

test('a digest that is an inner list or carries no bytes is malformed', () => {
  assert.equal(checkContentDigest('sha-256=(:AA==:)', utf8('')), 'malformed')
  assert.equal(checkContentDigest('sha-256', utf8('')), 'malformed')
  assert.equal(checkContentDigest('sha-256=1', utf8('')), 'malformed')
})
