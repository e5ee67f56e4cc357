import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { concatBytes, encodeHex, utf8 } from '../../bytes/index.ts'
import { nobleJoinGroup, packedAt, packedCount } from '../../crypto/index.ts'
import {
  type Carried,
  numbersFrom,
  people,
  runJoin,
  sampleDeps,
  samplePlan,
  samplePlanOf,
  sampleUnitsPlan,
  testGroup,
} from '../../testing/join/index.ts'
import { planTag } from './plan/index.ts'
import { readResult } from './steps/check-result.ts'

const isLong = process.env['CLOISON_TEST_ALL'] === '1'

/** The number of every cell without noise, by comparing everybody with everybody. */
function naiveCount(left: readonly Uint8Array[], right: readonly Uint8Array[]): number {
  const texts = new Set(left.map((one) => String(one)))
  return right.filter((one) => texts.has(String(one))).length
}

test('each cell is the size of the intersection and both used dummies, whatever the sets', () => {
  const groups = fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 20 })
  const law = fc.property(fc.integer({ min: 1, max: 2 }), groups, groups, (right, one, other) => {
    const plan = samplePlanOf(2, right)
    const split = (numbers: readonly number[], parts: number): Uint8Array[][] =>
      Array.from({ length: parts }, (_, part) =>
        people(...new Set(numbers).values()).filter((_, at) => at % parts === part),
      )
    const rows = { left: split(one, 2), right: split(other, right) }
    const run = runJoin(plan, { rows })
    assert.equal(run.tally.stopped, undefined)
    assert.ok(run.tally.made.result !== undefined)
    const [{ cells } = { cells: [] }] = readResult(plan, run.tally.made.result).parts
    rows.left.forEach((left, i) => {
      rows.right.forEach((among, j) => {
        const cell = i * right + j
        const used = (run.noise.left.used[cell] ?? 0) + (run.noise.right.used[cell] ?? 0)
        assert.equal(cells[i]?.[j], naiveCount(left, among) + used - (plan.taus[0] ?? 0))
      })
    })
  })
  fc.assert(law, { numRuns: isLong ? 40 : 3 })
})

/** The `n`th unit of each person (`spec/join.md`, Parts). */
function units(persons: readonly Uint8Array[], of: (person: number) => number): Uint8Array[] {
  return persons.flatMap((person, at) =>
    Array.from({ length: of(at) }, (_, n) => concatBytes(Uint8Array.of(0, n + 1), person)),
  )
}

for (const kind of ['sum', 'mean'] as const)
  test(`a ${kind} counts units of those in both, and a ${kind === 'mean' ? 'people as well' : 'person has at most its levels'}`, () => {
    const levels = 4
    const plan = sampleUnitsPlan(kind, levels)
    const [own, other] = [people(...numbersFrom(0, 30)), people(...numbersFrom(10, 40))]
    const tokens = { left: units(own, () => levels), right: units(other, (at) => at % 5) }
    const rows =
      kind === 'sum'
        ? { left: [tokens.left], right: [tokens.right] }
        : { left: [own, tokens.left], right: [other, tokens.right] }
    const run = runJoin(plan, { rows })
    assert.ok(run.tally.made.result !== undefined)
    const shared = numbersFrom(0, 20)
    const sum = shared.reduce((all, at) => all + (at % 5), 0)
    const expected = kind === 'sum' ? [sum] : [shared.length, sum]
    const { parts } = readResult(plan, run.tally.made.result)
    assert.deepEqual(
      parts.map(({ cells }, part) => {
        const used = (run.noise.left.used[part] ?? 0) + (run.noise.right.used[part] ?? 0)
        return (cells[0]?.[0] ?? 0) - used + (plan.taus[part] ?? 0)
      }),
      expected,
    )
  })

if (isLong)
  test('a run between both implementations', () => {
    const plan = samplePlan()
    const rows = {
      left: [people(...numbersFrom(0, 30))],
      right: [people(...numbersFrom(10, 50))],
    }
    const deps = { right: sampleDeps({ group: nobleJoinGroup }), tally: sampleDeps() }
    const run = runJoin(plan, { rows, deps })
    assert.ok(run.tally.made.result !== undefined)
    const [{ cells } = { cells: [] }] = readResult(plan, run.tally.made.result).parts
    const used = (run.noise.left.used[0] ?? 0) + (run.noise.right.used[0] ?? 0)
    assert.equal(cells[0]?.[0], 20 + used - (plan.taus[0] ?? 0))
  })

test('no message before the audit has an identifier, its point, or a scalar in it', () => {
  const plan = samplePlan()
  const rows = { left: [people(...numbersFrom(0, 40))], right: [people(...numbersFrom(20, 60))] }
  const run = runJoin(plan, { rows })
  const names = [...rows.left.flat(), ...rows.right.flat()]
  const points = testGroup.hash(names, planTag(plan))
  const secret: Uint8Array[] = [...names]
  for (let at = 0; at < packedCount(points); at += 1) secret.push(packedAt(points, at))
  for (const { secrets } of Object.values(run.holders)) {
    assert.ok(secrets !== undefined)
    secret.push(secrets.scalar, secrets.saltKey)
    for (let at = 0; at < packedCount(secrets.blanks); at += 1)
      secret.push(packedAt(secrets.blanks, at))
  }
  const hidden = new Set(secret.map((one) => encodeHex(one)))
  const everything = run.carried.map(({ bytes }) => bytes)
  assert.ok(everything.length >= 14)
  for (const bytes of everything) assert.ok(!shows(bytes, hidden))
  const careless = [names[3], points.subarray(32, 70), utf8(`{"a":"${encodeHex(points)}"}`)]
  for (const bytes of careless) assert.ok(shows(bytes ?? new Uint8Array(0), hidden))
})

/** Whether a message has one of these byte strings (hex) in it: as it is, or in hex. */
function shows(bytes: Uint8Array, hidden: ReadonlySet<string>): boolean {
  const hex = encodeHex(bytes)
  const shorter = [...hidden].filter((one) => one.length < 64)
  const written = Array.from(hex.matchAll(/(?:3\d|6[1-6]){64,}/g), ([text]) =>
    String(Buffer.from(text, 'hex')),
  )
  return [hex, ...written].some((text) => {
    for (let at = 0; at <= text.length - 64; at += 2)
      if (hidden.has(text.slice(at, at + 64))) return true
    return shorter.some((one) => text.includes(one))
  })
}

test('messages are delivered twice and nothing changes', () => {
  const plan = samplePlan()
  const rows = { left: [people(1, 2, 3)], right: [people(2, 3, 4)] }
  const seen = new Map<string, Uint8Array>()
  const tamper = (message: Carried): Carried[] => [message, message]
  const run = runJoin(plan, { rows, tamper: limited(tamper) })
  for (const { from, to, bytes } of run.carried) {
    const kind = `${from} ${to} ${String(bytes.subarray(0, 60))}`
    assert.deepEqual(seen.get(kind) ?? bytes, bytes)
    seen.set(kind, bytes)
  }
  assert.ok(run.tally.made.result !== undefined && run.holders.left.taken.result !== undefined)
})

/** Doubles each message the first time only, since each copy has the same replies again. */
function limited(double: (message: Carried) => Carried[]): (message: Carried) => Carried[] {
  const seen = new Set<string>()
  return (message) => {
    const key = `${message.from} ${message.to} ${String(message.bytes)}`
    if (seen.has(key)) return []
    seen.add(key)
    return double(message)
  }
}
