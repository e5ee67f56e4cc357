import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

/** The text of a vector file under `vectors/`. */
export function readVectors(name: string): string {
  return readFileSync(new URL(`../../../vectors/${name}`, import.meta.url), 'utf8')
}

/** Counts the vectors that ran, and prints the count once. */
export function reportRun(name: string, run: number, total: number): void {
  assert.equal(run, total)
  console.log(`${name}: ${run}/${total} vectors`)
}

/** The code with which a call fails; `undefined` when it does not. */
export function codeOf(call: () => unknown): string | undefined {
  try {
    call()
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string')
      return error.code
    throw error
  }
  return undefined
}

/** The text with one bit of one of its UTF-8 bytes changed. */
export function flipBit(text: string | Uint8Array, byte: number, bit: number): Uint8Array {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text.slice()
  bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit)
  return bytes
}

test('vector files are read from the folder of vectors', () => {
  assert.match(readVectors('rfc6962-merkle.json'), /"vectors"/)
  assert.equal(
    codeOf(() => 1),
    undefined,
  )
  assert.deepEqual(flipBit('a', 0, 1), Uint8Array.of(0x63))
})
