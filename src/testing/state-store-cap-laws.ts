import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CapUse } from '../agreement/index.ts'
import type { CapAxes, ExchangeTransaction } from '../person/index.ts'
import type { StoresUnderTest } from './state-store-contract.ts'

type Stores = () => StoresUnderTest

const hour = 3_600_000
const day = 24 * hour
/** The first moment of an hour. */
const nowMs = 1_800_000_000_000

/** The axes of some question. */
export const sampleAxes: CapAxes = {
  consumer: 'housing',
  agreement: 'rent-support',
  official: 'official-1',
  caseHandle: 'case-a',
  subjectHandle: 'subject-1',
  bounds: [],
  locating: false,
  emergency: false,
}

const axes = sampleAxes

function write<Result>(
  stores: Stores,
  work: (tx: ExchangeTransaction) => Promise<Result>,
): Promise<Result> {
  return stores().store.transaction(work)
}

/** What every driver must do for caps and ceilings; a part of the store's contract. */
export function capLaws(stores: Stores): void {
  useLaws(stores)
  emergencyLaws(stores)
  capWindowLaws(stores)
  ceilingLaws(stores)
  countLaws(stores)
}

function ceilingLaws(stores: Stores): void {
  const charge = chargeOf(stores)
  const ceilings = async (of: Partial<CapAxes>, atMs: number): Promise<readonly number[]> => {
    const use = (await stores().reader.capUse({ ...axes, ...of }, atMs)).ceilings
    return [
      use.agreementSubjects30Days,
      use.agreementSubjectsYear,
      use.consumerSubjects30Days,
      use.consumerSubjectsYear,
    ]
  }

  test('different subjects are counted by agreement and by consumer, with the question at hand', async () => {
    assert.deepEqual(await ceilings({}, nowMs), [1, 1, 1, 1])
    await charge({}, nowMs)
    assert.deepEqual(await ceilings({}, nowMs), [1, 1, 1, 1])
    assert.deepEqual(await ceilings({ subjectHandle: 'subject-2' }, nowMs), [2, 2, 2, 2])
    await charge({ agreement: 'other', subjectHandle: 'subject-2' }, nowMs)
    assert.deepEqual(await ceilings({}, nowMs), [1, 1, 2, 2])
    assert.deepEqual(await ceilings({ agreement: 'third' }, nowMs), [1, 1, 2, 2])
    assert.deepEqual(await ceilings({ consumer: 'social' }, nowMs), [1, 1, 1, 1])
  })

  test('a year forgets later than a month, and whoever is asked about again stays', async () => {
    await charge({}, nowMs)
    await charge({ subjectHandle: 'subject-2' }, nowMs)
    await charge({ subjectHandle: 'subject-2' }, nowMs + 40 * day)
    const third = { subjectHandle: 'subject-3' }
    assert.deepEqual(await ceilings(third, nowMs + 40 * day), [2, 3, 2, 3])
    assert.deepEqual(await ceilings(third, nowMs + 366 * day), [1, 2, 1, 2])
    await charge(third, nowMs + 366 * day)
    assert.deepEqual(await ceilings({}, nowMs + 366 * day), [2, 3, 2, 3])
  })

  test('bounds on one element of one subject are counted for a year, under any agreement', async () => {
    const bounds = async (of: Partial<CapAxes>, atMs: number): Promise<number> =>
      (await stores().reader.capUse({ ...axes, ...of }, atMs)).ceilings.thresholdsPerSubject
    const one = { bounds: ['tax.income below 1'] }
    await charge(one, nowMs)
    await charge({ bounds: ['tax.income below 2'], agreement: 'other' }, nowMs)
    assert.equal(await bounds(one, nowMs), 2)
    assert.equal(await bounds({ bounds: ['tax.income below 3'] }, nowMs), 3)
    assert.equal(await bounds({ bounds: ['tax.age below 3'] }, nowMs), 1)
    assert.equal(await bounds({}, nowMs), 0)
    const elsewhere = [{ subjectHandle: 'subject-2' }, { consumer: 'social' }]
    for (const change of elsewhere) assert.equal(await bounds({ ...one, ...change }, nowMs), 1)
    assert.equal(await bounds({ bounds: ['tax.income below 3'] }, nowMs + 366 * day), 1)
  })
}

function countLaws(stores: Stores): void {
  const charge = chargeOf(stores)

  test('a try at where someone can be found is counted in its case, under any agreement', async () => {
    const tries = async (of: Partial<CapAxes>): Promise<number> =>
      (await used(stores, { ...axes, ...of }, nowMs + 400 * day)).caseLocatingTries
    await charge({}, nowMs)
    assert.equal(await tries({}), 0)
    await charge({ locating: true, agreement: 'other' }, nowMs)
    assert.equal(await tries({}), 1)
    for (const change of [{ caseHandle: 'case-b' }, { subjectHandle: 'subject-2' }])
      assert.equal(await tries(change), 0)
  })

  test('the entries of denials are counted by consumer for a day', async () => {
    const { reader } = stores()
    for (const atMs of [nowMs, nowMs + hour])
      await write(stores, (tx) => tx.countDenial('housing', atMs))
    assert.equal(await reader.denials('housing', nowMs + hour), 2)
    assert.equal(await reader.denials('housing', nowMs + 25 * hour), 1)
    assert.equal(await reader.denials('social', nowMs + hour), 0)
  })
}

type Charge = (
  changes: Partial<CapAxes>,
  atMs: number,
  counted?: 'all' | 'official',
) => Promise<void>

function chargeOf(stores: Stores): Charge {
  return (changes, atMs, counted = 'all') =>
    write(stores, (tx) => tx.charge({ ...axes, ...changes }, atMs, counted))
}

async function used(stores: Stores, of: CapAxes, atMs: number): Promise<CapUse> {
  return (await stores().reader.capUse(of, atMs)).capUse
}

function useLaws(stores: Stores): void {
  const charge = chargeOf(stores)

  test('nothing is used before the first charge', async () => {
    assert.deepEqual(await used(stores, axes, nowMs), {
      officialToday: 0,
      caseSubjects: 0,
      caseHasSubject: false,
      distinctSubjects30d: 0,
      subjectCountedAlready: false,
      subject30d: 0,
      caseLocatingTries: 0,
      emergencyOfficial30d: 0,
      emergencyAgreement30d: 0,
    })
  })

  test('a charge counts on every axis, and on the axes of its own alone', async () => {
    await charge({}, nowMs)
    await charge({ subjectHandle: 'subject-2' }, nowMs + 1)
    await charge({ subjectHandle: 'subject-2', caseHandle: 'case-b' }, nowMs + 2)
    await charge({ official: 'official-2', agreement: 'other' }, nowMs + 3)
    assert.deepEqual(await used(stores, axes, nowMs + 4), {
      officialToday: 3,
      caseSubjects: 2,
      caseHasSubject: true,
      distinctSubjects30d: 2,
      subjectCountedAlready: true,
      subject30d: 1,
      caseLocatingTries: 0,
      emergencyOfficial30d: 0,
      emergencyAgreement30d: 0,
    })
    const other = { ...axes, subjectHandle: 'subject-3', caseHandle: 'case-b' }
    const use = await used(stores, other, nowMs + 4)
    assert.equal(use.caseSubjects, 1)
    assert.equal(use.caseHasSubject, false)
    assert.equal(use.subjectCountedAlready, false)
    assert.equal(use.subject30d, 0)
  })

  test('a charge on the official alone leaves case and subject as they were', async () => {
    await charge({}, nowMs, 'official')
    const use = await used(stores, axes, nowMs)
    assert.deepEqual([use.officialToday, use.caseSubjects, use.subject30d], [1, 0, 0])
    assert.equal(use.distinctSubjects30d, 0)
  })
}

function emergencyLaws(stores: Stores): void {
  const charge = chargeOf(stores)
  const emergency = { emergency: true }
  const counts = async (of: Partial<CapAxes>, atMs: number): Promise<readonly number[]> => {
    const use = await used(stores, { ...axes, ...of }, atMs)
    return [use.emergencyOfficial30d, use.emergencyAgreement30d]
  }

  test('an emergency counts on its official under any agreement, and on its agreement, for 30 days', async () => {
    await charge({}, nowMs)
    assert.deepEqual(await counts({}, nowMs), [0, 0])
    await charge(emergency, nowMs)
    await charge({ ...emergency, official: 'official-2' }, nowMs)
    await charge({ ...emergency, agreement: 'other' }, nowMs, 'official')
    assert.deepEqual(await counts({}, nowMs), [2, 2])
    assert.deepEqual(await counts({ official: 'official-2' }, nowMs), [1, 2])
    assert.deepEqual(await counts({ agreement: 'other' }, nowMs), [2, 1])
    assert.deepEqual(await counts({ consumer: 'social' }, nowMs), [0, 0])
    assert.deepEqual(await counts({}, nowMs + 30 * day + hour - 1), [2, 2])
    assert.deepEqual(await counts({}, nowMs + 30 * day + hour), [0, 0])
    await charge(emergency, nowMs + 30 * day + hour)
    assert.deepEqual(await counts({}, nowMs + 30 * day + hour), [1, 1])
  })
}

function capWindowLaws(stores: Stores): void {
  const charge = chargeOf(stores)

  test('the official’s window ends with the hour in which 24 hours have passed', async () => {
    await charge({}, nowMs)
    const usedAt = async (atMs: number): Promise<number> =>
      (await used(stores, axes, atMs)).officialToday
    assert.equal(await usedAt(nowMs + day + hour - 1), 1)
    assert.equal(await usedAt(nowMs + day + hour), 0)
  })

  test('the windows of subjects end with the hour in which 30 days have passed; a case never forgets', async () => {
    await charge({}, nowMs)
    const before = await used(stores, axes, nowMs + 30 * day + hour - 1)
    assert.deepEqual([before.subject30d, before.distinctSubjects30d], [1, 1])
    assert.equal(before.subjectCountedAlready, true)
    const after = await used(stores, axes, nowMs + 30 * day + hour)
    assert.deepEqual([after.subject30d, after.distinctSubjects30d], [0, 0])
    assert.equal(after.subjectCountedAlready, false)
    assert.deepEqual([after.caseSubjects, after.caseHasSubject], [1, true])
  })

  test('a charge within the window renews a subject; one after it counts it anew', async () => {
    await charge({}, nowMs)
    await charge({}, nowMs + 20 * day)
    const renewed = await used(stores, axes, nowMs + 40 * day)
    assert.deepEqual([renewed.distinctSubjects30d, renewed.subject30d], [1, 1])
    await charge({}, nowMs + 90 * day)
    const anew = await used(stores, axes, nowMs + 90 * day)
    assert.deepEqual([anew.distinctSubjects30d, anew.subject30d], [1, 1])
    assert.equal(anew.officialToday, 1)
  })

  test('what has aged is not counted, however charges and windows interleave', async () => {
    for (let place = 0; place < 60; place += 1) {
      await charge({ subjectHandle: `subject-${place % 7}` }, nowMs + place * 2 * hour)
    }
    const use = await used(stores, axes, nowMs + 59 * 2 * hour)
    assert.equal(use.officialToday, 13)
    assert.equal(use.distinctSubjects30d, 7)
    assert.equal(use.subject30d, 9)
  })
}
