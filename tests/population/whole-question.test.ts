import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { canonicalBytes } from '../../src/bytes/index.ts'
import { parseRelease, type Release, type PopulationAnswer } from '../../src/population/index.ts'
import type { OpenRegister } from '../../src/register/index.ts'
import { openPopulationHouse, type PopulationHouse } from '../../src/testing/population/index.ts'
import { openSampleRegister, sampleRow } from './house-register.ts'

/*
 * The whole way of a question about a population: two organisations with real stores and logs, a real register in a process of
 * its own, every message signed and checked. Only the socket between them is left out.
 */

const size = 4_000
const people = Array.from({ length: size }, (_, place) => sampleRow(place))
let register: OpenRegister
let house: PopulationHouse

before(async () => {
  register = await openSampleRegister(people)
  house = await openPopulationHouse({ register })
})

after(async () => {
  await house[Symbol.asyncDispose]()
  await register[Symbol.asyncDispose]()
})

function releaseOf(answer: PopulationAnswer): Release {
  assert.equal(answer.state, 'released', JSON.stringify(answer))
  if (answer.state !== 'released') throw new TypeError('not released')
  return parseRelease(canonicalBytes(answer.release))
}

const spent = async (): Promise<number> => {
  const { budget } = await house.desk.preview(house.agreement.id, 'analyst-1', null)
  return budget.accounts.find(({ account }) => account === 'population')?.spent ?? -1
}

test('a count comes back with noise of the named law, and is charged', async () => {
  const before = await spent()
  const release = releaseOf(
    await house.ask({ by: ['sex', 'district'], measure: 'count', epsilon: 0.5 }),
  )
  assert.deepEqual(
    release.cells.map(({ key }) => key.join()),
    ['f,north', 'f,south', 'f,east', 'f,west', 'm,north', 'm,south', 'm,east', 'm,west'],
  )
  for (const { numbers } of release.cells) assert.ok(Math.abs((numbers[0] ?? 0) - 500) < 100)
  assert.equal(await spent(), before + 500_000)
  assert.deepEqual(release.certificate.budget, { before, after: before + 500_000 })
})

test('the same question is the same release, and costs nothing, whoever asks', async () => {
  const query = { by: ['sex'], measure: { mean: 'age' }, epsilon: 0.4 }
  const first = releaseOf(await house.ask(query))
  const before = await spent()
  const again = releaseOf(await house.ask(query, 'analyst-2'))
  assert.deepEqual(again, first)
  assert.equal(await spent(), before)
})

test('the keys of a filter in any order are one question', async () => {
  const query = (district: readonly string[]): unknown => ({
    where: { district },
    by: ['sex'],
    measure: 'count',
    epsilon: 0.2,
  })
  const before = await spent()
  const first = releaseOf(await house.ask(query(['north', 'west', 'east'])))
  assert.deepEqual(releaseOf(await house.ask(query(['east', 'north', 'west']))), first)
  assert.equal(await spent(), before + 200_000)
})

test('ten at once for one question: one release, one charge, and an entry for each', async () => {
  const query = { by: ['district'], measure: { quantiles: ['income', [0.5]] }, epsilon: 0.3 }
  const before = await spent()
  const sizeBefore = (await house.provider.reader.head())?.size ?? 0
  const all = await Promise.all(
    Array.from({ length: 10 }, (_, place) => house.ask(query, `analyst-${place}`)),
  )
  const texts = new Set(all.map((answer) => JSON.stringify(releaseOf(answer).cells)))
  assert.equal(texts.size, 1)
  assert.equal(await spent(), before + 300_000)
  // The reservation and its charge, and one release for each of the ten.
  assert.equal(((await house.provider.reader.head())?.size ?? 0) - sizeBefore, 12)
})

test('a preview says the price and the width beforehand, and spends nothing', async () => {
  const before = await spent()
  const { preview, refusal } = await house.desk.preview(house.agreement.id, 'analyst-1', {
    by: ['sex'],
    measure: { kind: 'count' },
    microEpsilon: 100_000,
    deltaExponent: null,
  })
  assert.equal(refusal, null)
  assert.deepEqual(preview?.numbers, [{ name: 'count', halfWidth: 30, levelPpm: 952_700 }])
  assert.equal(await spent(), before)
})

test('what is refused is an entry on both sides, and costs nothing', async () => {
  const before = await spent()
  const answer = await house.ask({ by: ['origin'], measure: 'count', epsilon: 0.1 })
  assert.ok(answer.state === 'refused' && answer.code === 'ELEMENT_NOT_AGREED')
  const [row] = await house.desk.results('analyst-1')
  assert.equal(row?.code, 'ELEMENT_NOT_AGREED')
  assert.equal(await spent(), before)
})

test('what was asked can be had again from the own store, newest first', async () => {
  const rows = await house.desk.results('analyst-1')
  assert.ok(rows.length >= 3)
  assert.deepEqual(
    rows.map(({ atMs }) => atMs),
    rows.map(({ atMs }) => atMs).toSorted((a, b) => b - a),
  )
  const [first] = rows
  assert.ok(first !== undefined)
  assert.deepEqual(await house.desk.result(first.exchangeId), first)
})
