import assert from 'node:assert/strict'
import test from 'node:test'
import { utf8 } from '../../bytes/index.ts'
import { naiveLog } from '../../testing/naive-log/index.ts'
import { openEntry, parseLeaf, parsePublishedOpening } from './opening.ts'
import { flipBit } from './vectors.test.ts'

const { files, entries } = naiveLog(201)
const file = files.get('governance/200') ?? new Uint8Array(0)
const leaf = entries[200] ?? new Uint8Array(0)

test('a published opening opens its leaf, and no other', () => {
  const opening = parsePublishedOpening(file)
  assert.ok(opening !== undefined)
  assert.equal(opening.index, 200)
  const opened = openEntry(leaf, opening)
  assert.ok(opened.ok && opened.record.kind === 'admin.start')
  const other = openEntry(entries[0] ?? leaf, opening)
  assert.deepEqual(other, { ok: false, code: 'COMMITMENT_MISMATCH' })
})

test('every flipped bit of an opening or of its leaf is noticed', () => {
  const opens = (bytes: Uint8Array, of: Uint8Array): boolean => {
    const opening = parsePublishedOpening(bytes)
    return opening?.index === 200 && openEntry(of, opening).ok
  }
  assert.ok(opens(file, leaf))
  for (let bit = 0; bit < file.length * 8; bit += 1) {
    assert.ok(!opens(flipBit(file, bit >> 3, bit & 7), leaf), `bit ${bit}`)
  }
  for (let bit = 0; bit < leaf.length * 8; bit += 1) {
    assert.ok(!opens(file, flipBit(leaf, bit >> 3, bit & 7)), `bit ${bit} of the leaf`)
  }
})

test('a leaf has 34 bytes, version 1 and one of two classes', () => {
  assert.equal(parseLeaf(leaf)?.class, 'governance')
  assert.equal(parseLeaf(leaf.subarray(1)), undefined)
  assert.equal(parseLeaf(leaf.with(0, 2)), undefined)
  assert.equal(parseLeaf(leaf.with(1, 3)), undefined)
  const opening = parsePublishedOpening(file)
  assert.ok(opening !== undefined)
  assert.deepEqual(openEntry(leaf.with(0, 2), opening), { ok: false, code: 'LEAF_MALFORMED' })
  const short = { ...opening, r: opening.r.subarray(1) }
  assert.deepEqual(openEntry(leaf, short), { ok: false, code: 'RECORD_MALFORMED' })
})

test('what is not exactly the canonical opening is none', () => {
  const text = new TextDecoder().decode(file)
  const others = [
    `${text}\n`,
    text.replace('200', '200.0'),
    text.replace('{"index"', '{ "index"'),
    '[]',
  ]
  for (const other of others) assert.equal(parsePublishedOpening(utf8(other)), undefined, other)
  const more = text.replace(',"r":', ',"more":1,"r":')
  assert.equal(parsePublishedOpening(utf8(more)), undefined)
})
