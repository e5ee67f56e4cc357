import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { OpenRegister } from '../../../src/register/index.ts'
import type { PopulationHouse } from '../../../src/testing/population/index.ts'
import { seededRandom } from '../../../src/testing/simulator/index.ts'
import { several } from './ask-table.ts'
import { endless, noNoise, openAttackHouse, yearOfOne } from './attack-house.ts'
import { openAttackRegister, targets, townsfolk } from './attack-register.ts'
import { mostRight, percent, printAttack, threeSigma } from './attack-table.ts'
import { askOne, difference, reconstruct, track } from './count-attackers.ts'

/*
 * Attacks that combine exact-looking counts. The twin rounds nothing and counts nothing: it refuses the same shapes as the
 * product, and answers what is left exactly, as often as it is asked.
 */

const random = seededRandom('benefits')
const bits = Array.from({ length: targets }, () => random.chance(0.5))
const everybody = [...bits.keys()]
/** Half of a year that spends 1. */
const half = yearOfOne / 2
const third = Math.floor(yearOfOne / 3)

let register: OpenRegister
/** The product with noise out of a seed, so that a figure is the same in every run. */
const product = (year: number, seed: string): Promise<PopulationHouse> =>
  openAttackHouse(register, { year, randomness: seededRandom(seed) })
const twin = (): Promise<PopulationHouse> =>
  openAttackHouse(register, { year: endless, randomness: noNoise })

before(async () => {
  register = await openAttackRegister(townsfolk(bits))
})

after(async () => {
  await register[Symbol.asyncDispose]()
})

function rightShare(guesses: readonly (boolean | undefined)[]): number {
  return guesses.filter((guess, at) => guess === bits[at]).length / guesses.length
}

/** What is right by chance and by the epsilon of one year, with room for three standard deviations. */
function assertWithinEpsilon(share: number, epsilon: number, name: string): void {
  const most = mostRight(epsilon)
  assert.ok(share <= most + threeSigma(most, targets), `${name}: ${percent(share)} right`)
}

test('reconstruction finds all bits of a register that answers exactly, and guesses on the product', async () => {
  const questions = 2 * targets
  const plan = { questions, microEpsilon: Math.floor(yearOfOne / questions), seed: 'halves' }
  await using whole = await product(yearOfOne, 'reconstruction')
  const found = await reconstruct(whole, plan)
  assert.equal(found.answered, questions)
  const share = rightShare(found.bits)
  assertWithinEpsilon(share, 1, 'a year split')
  await using dear = await product(yearOfOne, 'reconstruction at once')
  const spent = await reconstruct(dear, { ...plan, microEpsilon: half })
  assert.equal(spent.answered, 2, 'the year is spent after two')
  await using unguarded = await twin()
  const exact = await reconstruct(unguarded, plan)
  const exactShare = rightShare(exact.bits)
  assert.ok(exactShare >= 0.95, `${percent(exactShare)} right on the twin`)
  printAttack({
    attack: `Reconstruction of ${targets} bits by least squares, ${questions} counts of random halves`,
    product: `${percent(share)} right with the year split; with 0.5 each, 2 are answered`,
    twin: `no noise, no ledger: ${percent(exactShare)} right`,
  })
})

test('a difference of two counts is one person on the twin, and a guess on the product', async () => {
  // A year for each target: what one year of one target is worth, 64 times.
  await using house = await product(targets * yearOfOne, 'differences')
  const guesses = await several(everybody, (street) => difference(house, street, half - street))
  const share = rightShare(guesses)
  assertWithinEpsilon(share, 1, 'differences')
  await using unguarded = await twin()
  const exact = await several(everybody, (street) => difference(unguarded, street, half - street))
  assert.equal(rightShare(exact), 1)
  printAttack({
    attack: 'Differencing: everybody less everybody but one, 2 counts a target',
    product: `${percent(share)} of ${targets} right for a whole year each; ${percent(mostRight(1))} allowed`,
    twin: `no noise: ${percent(rightShare(exact))} right`,
  })
})

test('a tracker asks what is forbidden on the twin, and guesses on the product', async () => {
  await using house = await product(targets * yearOfOne, 'trackers')
  await using unguarded = await twin()
  for (const asked of [house, unguarded]) assert.equal(await askOne(asked, 3, half), undefined)
  const guesses = await several(everybody, (street) => track(house, street, third - street))
  const share = rightShare(guesses)
  assertWithinEpsilon(share, 1, 'trackers')
  const exact = await several(everybody, (street) => track(unguarded, street, third - street))
  assert.equal(rightShare(exact), 1)
  printAttack({
    attack: 'Tracker: the forbidden count of one street, padded; 3 counts a target',
    product: `${percent(share)} of ${targets} right for a whole year each; ${percent(mostRight(1))} allowed`,
    twin: `small groups refused, no noise: ${percent(rightShare(exact))} right`,
  })
})
