import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { decodeHex } from '../../bytes/index.ts'
import { parsePolicy, quorumMet } from './policy.ts'
import { parseVerifierKey } from './verifier-key.ts'
import { codeOf, readVectors, reportRun } from './vectors.test.ts'

interface Vectors {
  readonly witnesses: Readonly<Record<string, string>>
  readonly valid: readonly {
    readonly id: string
    readonly policy?: string
    readonly policyHex?: string
    readonly logs: readonly string[]
    readonly quorum: readonly { cosignedBy: readonly string[]; met: boolean }[]
  }[]
  readonly invalid: readonly { id: string; policy: string }[]
}

const { vectors }: { vectors: Vectors } = JSON.parse(readVectors('c2sp-tlog-policy.json'))

function keysOf(names: readonly string[]): ReturnType<typeof parseVerifierKey>[] {
  return names.map((name) => parseVerifierKey(vectors.witnesses[name] ?? ''))
}

test('every policy of the vectors gets the verdict of the specification', () => {
  let run = 0
  let verdicts = 0
  for (const { id, policy, policyHex, logs, quorum } of vectors.valid) {
    const parsed = parsePolicy(policyHex === undefined ? (policy ?? '') : decodeHex(policyHex))
    assert.deepEqual(
      parsed.logs.map(({ key }) => key),
      logs.map(parseVerifierKey),
      id,
    )
    for (const { cosignedBy, met } of quorum) {
      assert.equal(quorumMet(parsed, keysOf(cosignedBy)), met, `${id}: ${cosignedBy.join()}`)
      verdicts += 1
    }
    run += 1
  }
  for (const { id, policy } of vectors.invalid) {
    assert.equal(
      codeOf(() => parsePolicy(policy)),
      'POLICY_MALFORMED',
      id,
    )
    run += 1
  }
  reportRun('c2sp-tlog-policy.json', run, vectors.valid.length + vectors.invalid.length)
  console.log(`c2sp-tlog-policy.json: ${verdicts} quorum verdicts`)
})

test('a changed byte in a key of a policy is noticed', () => {
  const policy = vectors.valid.find(({ id }) => id === 'one-witness')?.policy ?? ''
  const at = policy.indexOf('BNjBg')
  const changed = `${policy.slice(0, at)}C${policy.slice(at + 1)}`
  assert.equal(
    codeOf(() => parsePolicy(changed)),
    'POLICY_MALFORMED',
  )
})

test('a cosigner counts once, however often it is named', () => {
  const policy = parsePolicy(vectors.valid.find(({ id }) => id === 'two-of-three')?.policy ?? '')
  assert.equal(quorumMet(policy, keysOf(['X1', 'X1', 'X1'])), false)
  assert.equal(quorumMet(policy, keysOf(['X1', 'X3'])), true)
})

test('32 logs, witnesses and groups are supported, and adding a cosigner never loses a quorum', () => {
  const names = Object.keys(vectors.witnesses)
  const lines = names.map((name) => `witness ${name} ${vectors.witnesses[name] ?? ''}`)
  let last = names[0] ?? ''
  for (let i = 0; i < 32; i += 1) {
    lines.push(`group g${i} any ${last}${names[i + 1] === undefined ? '' : ` ${names[i + 1]}`}`)
    last = `g${i}`
  }
  const policy = parsePolicy(`${lines.join('\n')}\nquorum ${last}\n`)
  fc.assert(
    fc.property(fc.subarray(names), fc.constantFrom(...names), (some, another) => {
      const before = quorumMet(policy, keysOf(some))
      assert.ok(!before || quorumMet(policy, keysOf([...some, another])))
    }),
  )
})
