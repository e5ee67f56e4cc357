import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { decodeBase64, utf8 } from '../../src/bytes/index.ts'
import { type NodeReader, proverFor } from '../../src/log/index.ts'
import {
  entryHash,
  parseCheckpoint,
  parseDecimal,
  parseNote,
  verifyConsistency,
  verifyInclusion,
} from '../../src/log/verify/index.ts'
import { naiveLog } from '../../src/testing/naive-log/index.ts'

function inner(left: Uint8Array, right: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(Uint8Array.of(1)).update(left).update(right)
  return new Uint8Array(hash.digest())
}

/** Hashes of perfect subtrees, by level, of a log whose entries are all alike: a log of any size. */
const perfect: Uint8Array[] = [entryHash(utf8('one of many'))]
for (let level = 1; level < 54; level += 1) {
  const below = perfect[level - 1] ?? new Uint8Array()
  perfect.push(inner(below, below))
}

/** MTH of RFC 6962, section 2.1, over entries that are all alike, in whole numbers of any size. */
function rootOf(size: bigint): Uint8Array {
  let level = 0
  while (1n << BigInt(level + 1) <= size) level += 1
  const whole = perfect[level] ?? new Uint8Array()
  const rest = size - (1n << BigInt(level))
  return rest === 0n ? whole : inner(whole, rootOf(rest))
}

const reader: NodeReader = {
  read: async (nodes) => nodes.map(({ level }) => perfect[level] ?? new Uint8Array()),
}

const borders = [2 ** 31, 2 ** 32, 2 ** 33, 2 ** 52].flatMap((border) => [
  border - 1,
  border,
  border + 1,
  border + 2 ** 20 + 3,
])
const sizes = [...borders, Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER]

describe('JavaScript traps', () => {
  test('32-bit shifts: proofs of writer and verifier hold at sizes around 2^31, 2^32 and up to 2^53 − 1', async () => {
    for (const size of sizes) {
      const root = rootOf(BigInt(size))
      const prover = proverFor(size, reader)
      assert.deepEqual(await prover.root(), root, String(size))
      for (const index of [0, 1, 2 ** 31 - 1, Math.floor(size / 2), size - 2, size - 1]) {
        if (index >= size) continue
        const proof = await prover.inclusion(index)
        const leafHash = perfect[0] ?? new Uint8Array()
        const claim = { index, size, leafHash, proof, root }
        assert.ok(verifyInclusion(claim), `${index} of ${size}`)
        assert.equal(verifyInclusion({ ...claim, proof: proof.slice(1) }), false)
      }
      for (const from of [1, 2 ** 31 - 1, size - 1, size]) {
        if (from > size) continue
        const proof = await prover.consistency(from)
        const fromRoot = rootOf(BigInt(from))
        const claim = { from, fromRoot, to: size, toRoot: root, proof }
        assert.ok(verifyConsistency(claim), `${from} to ${size}`)
        const other = { ...claim, fromRoot: rootOf(BigInt(from) + 1n) }
        assert.equal(verifyConsistency(other), false)
      }
    }
  })

  test('sizes to 2^53 are counted exactly, and larger ones are refused, never rounded', () => {
    assert.equal(parseDecimal('9007199254740991'), Number.MAX_SAFE_INTEGER)
    for (const size of ['9007199254740992', '9007199254740993', '18446744073709551615']) {
      assert.equal(parseDecimal(size), 'unsupported')
    }
    assert.equal(parseDecimal('18446744073709551616'), undefined)
    const claim = { leafHash: perfect[0] ?? new Uint8Array(), proof: [], root: new Uint8Array(32) }
    assert.equal(verifyInclusion({ ...claim, index: 0, size: 2 ** 53 }), false)
  })

  test('BigInt(""), signs, spaces, leading zeros, exponents and other digits are no numbers', () => {
    for (const text of [
      '',
      ' ',
      '+1',
      '-1',
      '-0',
      '01',
      '1 ',
      ' 1',
      '0x1',
      '1e3',
      '1n',
      '1_0',
      '٣',
      '1\n',
    ]) {
      assert.equal(parseDecimal(text), undefined, JSON.stringify(text))
    }
  })

  test('strict base64: padding, alphabet and trailing bits have one form', () => {
    assert.deepEqual(decodeBase64('AAE='), Uint8Array.of(0, 1))
    for (const text of [
      'AAE',
      'AAF=',
      'AAE==',
      'AA E=',
      'AAE=\n',
      'AA-=',
      'AA_=',
      '=',
      'A',
      'AAE=AAE=',
    ]) {
      assert.throws(() => decodeBase64(text), JSON.stringify(text))
    }
  })

  test('the last blank line of a note separates, whatever lines stand before it', () => {
    const note = naiveLog(5).checkpointAt(5)
    const [text = '', signatures = ''] = note.split('\n\n')
    assert.equal(parseNote(note).text, `${text}\n`)
    const longer = parseNote(`first\n\nsecond\n\n${signatures}`)
    assert.equal(longer.text, 'first\n\nsecond\n')
    assert.throws(() => parseCheckpoint(longer.text))
    for (const wrong of [`${text}\n${signatures}`, `${text}\n\n`, note.slice(0, -1), `${note}\n`]) {
      assert.throws(() => parseNote(wrong), JSON.stringify(wrong.slice(-20)))
    }
  })
})
