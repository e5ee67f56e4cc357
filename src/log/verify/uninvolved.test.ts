import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { formatVerifierKey, SIGNATURE_TYPES } from '../index.ts'
import type { Policy, QuorumRule } from './policy.ts'
import { parsePolicy, quorumMet } from './policy.ts'
import { belongsTo, canBeMet, organisationOf, policyWithout, quorumTime } from './uninvolved.ts'
import type { VerifierKey } from './verifier-key.ts'

const agencies = ['tax', 'social', 'housing', 'inspector']

function vkey(name: string, place: number): string {
  return formatVerifierKey(name, SIGNATURE_TYPES.cosignature, new Uint8Array(32).fill(place))
}

const policy = parsePolicy(
  [
    `witness w1 ${vkey('witness.example/w1', 100)}`,
    ...agencies.map((id, place) => `witness ${id} ${vkey(`${id}.example/witness`, place)}`),
    `group agencies any ${agencies.join(' ')}`,
    'group both all w1 agencies',
    'quorum both',
    '',
  ].join('\n'),
)

function keysOf(names: readonly string[]): readonly VerifierKey[] {
  return policy.witnesses
    .map(({ key }) => key)
    .filter(({ name }) => names.includes(organisationOf(name).replace('.example', '')))
}

test('of an exchange, the independent witness and an agency that takes no part make a quorum', () => {
  const exchange = policyWithout(policy, ['tax.example', 'housing.example'])
  const met = (...names: readonly string[]): boolean => quorumMet(exchange, keysOf(names))
  assert.ok(met('witness', 'social'))
  assert.ok(met('witness', 'inspector', 'tax'))
  assert.ok(!met('witness', 'tax', 'housing'))
  assert.ok(!met('witness'))
  assert.ok(!met('social', 'inspector', 'tax', 'housing'))
  assert.ok(quorumMet(policy, keysOf(['witness', 'tax'])))
})

test('whoever takes part and whatever they sign, it is never more than they are left out', () => {
  const some = fc.subarray(['witness', ...agencies])
  fc.assert(
    fc.property(some, fc.subarray(agencies), (signed, parties) => {
      const left = policyWithout(
        policy,
        parties.map((id) => `${id}.example`),
      )
      const uninvolved = signed.filter((id) => !parties.includes(id))
      const expected = quorumMet(policy, keysOf(uninvolved))
      assert.equal(quorumMet(left, keysOf(signed)), expected)
    }),
  )
})

test('a quorum that nobody is left for can be told before it is needed', () => {
  assert.ok(canBeMet(policyWithout(policy, ['tax.example', 'housing.example'])))
  assert.ok(!canBeMet(policyWithout(policy, ['witness.example'])))
  assert.ok(
    !canBeMet(
      policyWithout(
        policy,
        agencies.map((id) => `${id}.example`),
      ),
    ),
  )
  const all: Policy = { ...policy, quorum: allOf(policy) }
  assert.ok(canBeMet(all))
  assert.ok(!canBeMet(policyWithout(all, ['tax.example'])))
  assert.ok(canBeMet(policyWithout({ ...policy, quorum: { kind: 'none' } }, agencies)))
})

function allOf({ witnesses }: Policy): QuorumRule {
  const members = witnesses.map(({ key }): QuorumRule => ({ kind: 'witness', key }))
  return { kind: 'group', threshold: members.length, members }
}

test('a witness belongs to the host that it is named after, to those above it, and to its own name', () => {
  const own = ['tax.example/witness', 'tax.example', 'w1.tax.example/x', 'a.b.tax.example']
  for (const name of own) assert.ok(belongsTo(name, 'tax.example'), name)
  const others = ['mytax.example/w', 'tax.example.org/w', 'social.example/tax.example', 'example/w']
  for (const name of others) assert.ok(!belongsTo(name, 'tax.example'), name)
  assert.ok(belongsTo('keeper.example/w7', 'keeper.example/w7'))
  assert.ok(!belongsTo('keeper.example/w7', 'keeper.example/w8'))
})

test('the time of a quorum is when it was complete, whatever older lines stand beside', () => {
  const [w1, tax, social] = policy.witnesses.map(({ key }) => key)
  assert.ok(w1 !== undefined && tax !== undefined && social !== undefined)
  const at = (
    key: VerifierKey,
    timeSeconds: number,
  ): { key: VerifierKey; timeSeconds: number } => ({
    key,
    timeSeconds,
  })
  assert.equal(quorumTime(policy, [at(w1, 50), at(tax, 10), at(social, 40)]), 40)
  assert.equal(quorumTime(policy, [at(tax, 50), at(social, 40)]), undefined)
  const exchange = policyWithout(policy, ['social.example'])
  assert.equal(quorumTime(exchange, [at(w1, 50), at(tax, 10), at(social, 40)]), 10)
})
