import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { encodeBase64 } from '../../bytes/index.ts'
import {
  formatParameters,
  formatSignature,
  formatSignatureInput,
  readParameters,
  readSignature,
} from './signature-profile.ts'

const input = formatSignatureInput(
  formatParameters('request', {
    created: 1_790_000_000,
    expires: 1_790_000_060,
    nonce: new Uint8Array(16).fill(7),
    keyId: 'tax/gateway/0123abcd',
  }),
)
const signature = formatSignature(Uint8Array.from({ length: 64 }, (_, at) => at * 3))

/** The same field beside a member of somebody else: no pattern fits it, the parser reads it. */
const beside = (field: string): string => `${field}, other=1`

/** Any text a few edits away: where pattern and parser could part. */
const edits = fc.array(
  fc.record({
    at: fc.nat(),
    cut: fc.nat(3),
    text: fc.oneof(
      fc.constant(''),
      fc.constantFrom('"', '\\', '(', ')', ';', ',', '=', ':', '0', 'sig1=', ' ', '%22', 'é'),
      fc.string({ minLength: 1, maxLength: 2 }),
    ),
  }),
  { minLength: 0, maxLength: 2 },
)

function edited(
  field: string,
  changes: readonly { at: number; cut: number; text: string }[],
): string {
  return changes.reduce((text, { at, cut, text: put }) => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + put + text.slice(place + cut)
  }, field)
}

test('what is read of a plain field is what the parser reads of it beside another member', () => {
  let read = 0
  const law = fc.property(edits, (changes) => {
    const field = edited(input, changes)
    const plain = readParameters('request', field)
    assert.deepEqual(plain, readParameters('request', beside(field)), field)
    const signed = edited(signature, changes)
    const bytes = readSignature(signed)
    assert.deepEqual(bytes, readSignature(beside(signed)), signed)
    if (plain !== undefined) read += 1
  })
  fc.assert(law, { numRuns: 1_500, examples: [[[]]] })
  assert.ok(read > 20, `${read} were good`)
  assert.equal(encodeBase64(readSignature(signature) ?? new Uint8Array()), signature.slice(6, -1))
})
