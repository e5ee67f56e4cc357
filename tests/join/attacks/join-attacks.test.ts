import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wantsLongRuns } from '../../house/needs.ts'
import { joinAttacks, notStopped } from './all-attacks.ts'
import { attacksText, rowText } from './join-attacks-report.ts'
import type { AttackedRow } from './join-attack.ts'
import { foundShare } from './list-attacks.ts'
import { guessedRight, mostRight } from './probing-attacks.ts'
import { samplePlan } from '../../../src/testing/join/index.ts'

/*
 * The attack table of docs/explanation/join-attacks.md: each attack is stopped, by its code and with its evidence, and
 * succeeds against the twin that lacks the control.
 */

/** What an attack that changes or repeats a message must leave. */
const aborts = new Set(
  joinAttacks
    .map(({ name }) => name)
    .filter((name) =>
      /^(twist|small|second|top-bit|copies|aliased|exact|swapped|key|wrong-exponent-10)/.test(name),
    ),
)
const rows: AttackedRow[] = []

for (const attack of joinAttacks) {
  const { name, who, what, stoppedBy } = attack
  const isOpen = notStopped.includes(name)
  test(`${name}: ${who} ${what}: ${isOpen ? 'succeeds, as the documents say' : `stopped by ${stoppedBy}`}`, async () => {
    const product = await attack.attempt('product')
    assert.equal(product.succeeds, isOpen, product.got)
    if (aborts.has(name)) {
      assert.ok(product.code !== undefined)
      assert.match(product.evidence, /^abort by \w+, blames \w+, names \d message|names both/)
    }
    const twin = await attack.attempt('twin')
    assert.ok(twin.succeeds, `the twin is not broken into: ${twin.got}`)
    rows.push({ attack, product, twin })
  })
}

test('every attack is in the table once, and the table says which are not stopped', () => {
  assert.equal(rows.length, joinAttacks.length)
  assert.equal(new Set(joinAttacks.map(({ name }) => name)).size, joinAttacks.length)
  const text = attacksText(rows)
  for (const { name } of joinAttacks) assert.equal(text.split(`\n| \`${name}\` |`).length, 2, name)
  assert.match(text, /1 not \(`collusion`\)/)
})

test('a row whose control is left out says that the attack succeeds', () => {
  for (const row of rows) {
    const left = { ...row, product: row.twin }
    assert.match(rowText(left), /\| \*\*nothing\*\* \| \*\*succeeds\*\*: /)
    if (!notStopped.includes(row.attack.name)) assert.doesNotMatch(rowText(row), /succeeds/)
  }
})

test('wrong exponents are found as often as is stated, and half as many openings would not do', () => {
  const rounds = wantsLongRuns() ? 40_000 : 4_000
  for (const percent of [1, 10, 100]) {
    const stated = 1 - (1 - percent / 100) ** 64
    const sigma = Math.sqrt((stated * (1 - stated)) / rounds)
    const found = foundShare(percent, rounds)
    console.log(
      `${percent} %: found in ${(100 * found).toFixed(2)} %, ${(100 * stated).toFixed(2)} % stated`,
    )
    assert.ok(found >= stated - 5 * sigma - 1e-9)
  }
  const half = 1 - (1 - 0.01) ** 32
  assert.ok(half < 1 - (1 - 0.01) ** 64 - 5 * Math.sqrt(0.25 / rounds))
})

test('guesses about one person stay within what a year’s epsilon allows, and pass it where runs are not counted', () => {
  const plan = samplePlan()
  const rounds = wantsLongRuns() ? 40_000 : 4_000
  const year = guessedRight(plan, 2, rounds)
  const without = guessedRight(plan, 64, rounds / 8)
  console.log(
    `${(100 * year).toFixed(1)} % in a year, ${(100 * without).toFixed(1)} % from 64 runs`,
  )
  assert.ok(year <= mostRight(1) + 5 * Math.sqrt(0.25 / rounds))
  assert.ok(without > mostRight(1) + 5 * Math.sqrt(0.25 / (rounds / 8)))
})
