import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { canonicalBytes, concatBytes, encodeBase64, utf8 } from '../bytes/index.ts'
import { type FastEdwards, verifyVrf } from '../crypto/index.ts'
import { sodiumEdwards } from '../platform/index.ts'
import { subjectHandles } from './subject-handles.ts'

const key = new Uint8Array(32).fill(7)
const subject = { scheme: 'demo-nin', value: '6229916763' }

/** As `spec/epoch-map.md` says it, apart from the code. */
function alphaOf(chain: string, { scheme, value }: typeof subject): Uint8Array {
  return concatBytes(utf8('cloison/subject/v1\n'), canonicalBytes({ chain, scheme, value }))
}

test('a handle is the first half of the output that its proof proves, whoever computes it', () => {
  const handles = subjectHandles(key, sodiumEdwards())
  for (const chain of ['open', 'withheld'] as const) {
    const proof = handles.proofOf(subject, chain)
    const output = verifyVrf(handles.publicKey, alphaOf(chain, subject), proof)
    assert.ok(output !== undefined)
    assert.equal(handles.handleOf(subject, chain), encodeBase64(output.subarray(0, 32)))
    assert.equal(subjectHandles(key).handleOf(subject, chain), handles.handleOf(subject, chain))
  }
})

test('scheme, value, chain and key each make another handle, and no two subjects run together', () => {
  const handles = subjectHandles(key, sodiumEdwards())
  const other = subjectHandles(new Uint8Array(32).fill(8), sodiumEdwards())
  const all = [
    handles.handleOf(subject),
    handles.handleOf(subject, 'withheld'),
    handles.handleOf({ ...subject, scheme: 'other' }),
    handles.handleOf({ scheme: `demo-nin"`, value: subject.value }),
    handles.handleOf({ scheme: 'demo-nin\n', value: subject.value }),
    handles.handleOf({ ...subject, value: '6229916764' }),
    other.handleOf(subject),
  ]
  assert.equal(new Set(all).size, all.length)
  assert.equal(handles.handleOf(subject), handles.handleOf(subject, 'open'))
})

test('what is remembered is what would be computed, also behind the bound of the memory', () => {
  const quick: FastEdwards = { multiply: (_scalar, point) => point, map: (element) => element }
  const handles = subjectHandles(key, quick, 5)
  const plain = subjectHandles(key, quick)
  const values = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 })
  fc.assert(
    fc.property(values, (drawn) => {
      for (const value of drawn) {
        const one = { scheme: 's', value: String(value) }
        assert.equal(handles.handleOf(one), plain.handleOf(one))
      }
    }),
    { numRuns: 10 },
  )
})
