import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { makeDemoNin } from '../../protocol/index.ts'
import { neighbourDigests, neighbourWidths } from './neighbour-digests.ts'

const key = new Uint8Array(32).fill(7)

function digests(number: number, handleKey = key): readonly string[] {
  return neighbourDigests(handleKey, { scheme: 'demo-nin', value: makeDemoNin(number) })
}

/** Whether two identifiers share a digest at one scale. */
function areNear(one: readonly string[], other: readonly string[], scale: number): boolean {
  return [scale * 2, scale * 2 + 1].some((grid) => one[grid] === other[grid])
}

const number = fc.integer({ min: 1, max: 99_000_000 })

for (const [scale, width] of neighbourWidths.entries()) {
  test(`two identifiers at most half of ${width} apart share a digest, those further than it apart none`, () => {
    const half = Number(width) / 2
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: half }), (at, apart) =>
        areNear(digests(at), digests(at + apart), scale),
      ),
    )
    fc.assert(
      fc.property(
        number,
        fc.integer({ min: 2 * half, max: 900_000 }),
        (at, apart) => !areNear(digests(at), digests(at + apart), scale),
      ),
    )
  })
}

test('another key gives other digests, and what has no order has none', () => {
  const other = new Uint8Array(32).fill(8)
  assert.equal(areNear(digests(1_000), digests(1_000, other), 0), false)
  assert.deepEqual(neighbourDigests(key, { scheme: 'passport', value: '1' }), [])
  assert.deepEqual(neighbourDigests(key, { scheme: 'demo-nin', value: '0000000000' }), [])
  const [text = ''] = digests(5)
  assert.match(text, /^[A-Za-z0-9_-]{11}$/)
})
