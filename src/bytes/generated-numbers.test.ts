import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { canonicalJson } from './canonical-json.ts'

interface Generated {
  readonly static: readonly string[]
  readonly sha256: readonly { lines: number; sha256: string }[]
}

const file = new URL('../../vectors/rfc8785-canonical-json.json', import.meta.url)
const { vectors }: { vectors: { generatedNumbers: Generated } } = JSON.parse(
  readFileSync(file, 'utf8'),
)

/** The doubles of the published list in order, as 64 bits each. */
function* generated(): Generator<bigint> {
  for (const bits of vectors.generatedNumbers.static) yield BigInt(`0x${bits}`)
  for (let i = 0n; i < 2000n; i += 1n) yield 0x0010000000000000n + i
  let block: Buffer = Buffer.alloc(32)
  for (;;) {
    block = createHash('sha256').update(block).digest()
    for (let at = 0; at < 32; at += 8) {
      const value = block.readDoubleLE(at)
      if (value !== 0 && Number.isFinite(value)) yield block.readBigUInt64LE(at)
    }
  }
}

function upTo(lines: number): Generated['sha256'] {
  return vectors.generatedNumbers.sha256.filter((digest) => digest.lines <= lines)
}

function digestsOf(last: number, write: (value: number) => string): Map<number, string> {
  const wanted = new Set(upTo(last).map(({ lines }) => lines))
  const hash = createHash('sha256')
  const found = new Map<number, string>()
  const cell = Buffer.alloc(8)
  let line = 0
  for (const bits of generated()) {
    cell.writeBigUInt64BE(bits)
    hash.update(`${bits.toString(16)},${write(cell.readDoubleBE())}\n`)
    line += 1
    if (wanted.has(line)) found.set(line, hash.copy().digest('hex'))
    if (line === last) return found
  }
  return found
}

test('the generated list of numbers has the published digests', () => {
  const found = digestsOf(100_000, (value) => canonicalJson(value))
  const digests = upTo(100_000)
  for (const { lines, sha256 } of digests) assert.equal(found.get(lines), sha256, `${lines} lines`)
  const total = vectors.generatedNumbers.sha256.length
  console.log(`rfc8785-canonical-json.json: generated list ${digests.length}/${total} digests`)
})

test('one digit more in one number changes the digest of the list', () => {
  const found = digestsOf(1000, (value) => (value === 5e-324 ? '4.9e-324' : canonicalJson(value)))
  assert.equal(found.size, 1)
  for (const { lines, sha256 } of upTo(1000)) assert.notEqual(found.get(lines), sha256)
})
