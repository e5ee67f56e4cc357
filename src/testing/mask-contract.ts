import assert from 'node:assert/strict'
import { test } from 'node:test'

import { decodeUtf8 } from '../bytes/index.ts'
import {
  identifierTag,
  nobleJoinGroup,
  openSlot,
  packedAt,
  rowLeaf,
  rowSalt,
} from '../crypto/index.ts'
import type { JoinGroup, MaskedRows } from '../crypto/index.ts'
import { aesCtr, sodiumJoinGroup, sodiumSealedBox } from '../platform/index.ts'
import type { DomainKey, MaskPlan, OpenRegister } from '../register/index.ts'
import { contractDescription, contractRows } from './contract-table.ts'
import type { ContractRow } from './contract-table.ts'

const inspectorSecret = new Uint8Array(32).fill(7)
const group: JoinGroup = sodiumJoinGroup() ?? nobleJoinGroup

/** The keys of the contract's dimensions, as its description has them. */
const domains: Readonly<Record<string, readonly DomainKey[]>> = {
  district: ['north', 'south', "l'est", 'nowhere'],
  insured: [false, true],
  dependants: [0, 1, 2, 3],
}

/** All groups of some dimensions, the last one fastest. */
function groupsBy(by: readonly string[]): readonly (readonly DomainKey[])[] {
  let groups: (readonly DomainKey[])[] = [[]]
  for (const name of by)
    groups = groups.flatMap((keys) => (domains[name] ?? []).map((key) => [...keys, key]))
  return groups
}

/** A plan over the contract's table, under secrets that the suite knows. */
export function maskPlan(part: Partial<MaskPlan> = {}): MaskPlan {
  const inspectorKey = sodiumSealedBox()?.publicKey(inspectorSecret)
  assert.ok(inspectorKey !== undefined)
  const by = part.by ?? []
  return {
    v: 1,
    planHash: new Uint8Array(32).fill(1),
    where: [],
    by,
    groups: groupsBy(by),
    measured: null,
    parts: ['people'],
    maxRows: 100_000,
    scalar: new Uint8Array(32).fill(2),
    saltKey: new Uint8Array(32).fill(3),
    inspectorKey,
    ...part,
  }
}

/**
 * The tokens of masked rows, group after group, as an inspector with the key of the slots reads them; point and leaf of each
 * are computed once more from it.
 */
export function tokensIn(masked: MaskedRows, plan: MaskPlan): readonly (readonly string[])[] {
  const key = sodiumSealedBox()?.open(inspectorSecret, masked.sealKey)
  assert.ok(key !== undefined)
  const { stride, slots, points, leaves, counts } = masked
  let number = 0
  const groups = counts.map((count, list) =>
    Array.from({ length: count }, () => {
      const sealed = slots.subarray(number * stride, (number + 1) * stride)
      const token = openSlot(aesCtr, key, { number, sealed })
      assert.ok(token !== undefined)
      const salt = rowSalt(plan.saltKey, number)
      assert.deepEqual(
        packedAt(leaves, number),
        rowLeaf({ salt, isRow: true, group: list, content: token }),
      )
      number += 1
      return token
    }),
  )
  const hashed = group.hash(groups.flat(), identifierTag(plan.planHash))
  assert.deepEqual(points, group.mask(plan.scalar, hashed))
  return groups.map((tokens) => tokens.map((token) => readToken(token)))
}

/** An identifier as it is, a unit as `number:identifier`. */
function readToken(token: Uint8Array): string {
  const isUnit = token[0] === 0
  return isUnit ? `${token[1]}:${decodeUtf8(token.subarray(2))}` : decodeUtf8(token)
}

const columns: Readonly<Record<string, string>> = Object.fromEntries(
  contractDescription.elements.map(({ name, column }) => [name, column]),
)

/** Whom a plan's groups have, counted line by line. */
function peopleNaively(
  plan: MaskPlan,
  belongs: (row: ContractRow, key: readonly DomainKey[]) => boolean,
) {
  const rows = contractRows().filter((row) =>
    plan.where.every(({ element, keys }) =>
      keys.some((key) => key === row[columns[element] ?? '']),
    ),
  )
  return plan.groups.map((keys) =>
    rows
      .filter((row) => belongs(row, keys))
      .map(ninOf)
      .sort(),
  )
}

const ninOf = (row: ContractRow): string => String(row['nin'])

function isIn({ by }: MaskPlan): (row: ContractRow, keys: readonly DomainKey[]) => boolean {
  return (row, keys) => by.every((name, at) => row[columns[name] ?? ''] === keys[at])
}

const sorted = (groups: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  groups.map((tokens) => tokens.toSorted())

/** The contract of `maskPoints`, held against an open register over the contract's rows. */
export function maskContract(opened: () => OpenRegister): void {
  test('masks exactly the rows of each group, under the scalar of the plan', async () => {
    const plan = maskPlan({
      by: ['insured', 'district'],
      where: [
        { element: 'dependants', keys: [1, 3] },
        { element: 'district', keys: ["l'est", 'south', 'nowhere'] },
      ],
    })
    const masked = await opened().maskPoints(plan)
    assert.deepEqual(sorted(tokensIn(masked, plan)), peopleNaively(plan, isIn(plan)))
  })

  test('puts rows into the buckets of a value, and those without one into none', async () => {
    const bounds = { element: 'annualIncome', min: 1000, max: 50_000 }
    const width = 10_000
    const groups = groupsBy(['insured']).flatMap((keys) =>
      [0, 1, 2, 3, 4].map((bucket) => [...keys, bucket]),
    )
    const plan = maskPlan({
      by: ['insured'],
      groups,
      measured: { kind: 'buckets', ...bounds, width },
    })
    const inGroup = isIn(plan)
    const expected = peopleNaively(plan, (row, keys) => {
      const value = row['annual_income']
      if (typeof value !== 'number' || !inGroup(row, keys)) return false
      const clamped = Math.min(Math.max(value, bounds.min), bounds.max)
      return Math.floor((clamped - bounds.min) / width) === keys.at(-1)
    })
    assert.deepEqual(sorted(tokensIn(await opened().maskPoints(plan), plan)), expected)
  })

  test('brings as many units of a person as the value has, rounded down or up, people first', async () => {
    const bounds = { min: 0, max: 60_000, levels: 4 }
    const measured = { kind: 'tokens', element: 'annualIncome', ...bounds } as const
    testUnits(await unitsOf(opened(), measured), (value) => {
      const exact = (Math.min(value, bounds.max) * bounds.levels) / bounds.max
      return [Math.floor(exact), Math.ceil(exact)]
    })
  })

  test('refuses plans outside the closed grammar, and what a person may not be selected by', async () => {
    for (const [plan, code] of refusedPlans()) {
      await assert.rejects(opened().maskPoints(plan), { code })
    }
  })

  test('gives nothing when there are more rows than the plan has room for', async () => {
    await assert.rejects(opened().maskPoints(maskPlan({ maxRows: 999 })), {
      code: 'RECORDS_INVALID',
    })
  })
}

async function unitsOf(register: OpenRegister, measured: MaskPlan['measured']) {
  const plan = maskPlan({ by: ['dependants'], measured, parts: ['people', 'units'] })
  return { plan, groups: tokensIn(await register.maskPoints(plan), plan) }
}

type Units = Awaited<ReturnType<typeof unitsOf>>

/** Every person has the units 1, 2, … up to one of the two numbers that `between` says. */
function testUnits({ plan, groups }: Units, between: (value: number) => readonly number[]): void {
  const inGroup = isIn(plan)
  const expected = peopleNaively(
    plan,
    (row, keys) => inGroup(row, keys) && row['annual_income'] !== null,
  )
  assert.deepEqual(sorted(groups.slice(0, expected.length)), expected)
  const rows = new Map(contractRows().map((row) => [ninOf(row), row]))
  for (const [at, people] of expected.entries()) {
    const units = groups[expected.length + at] ?? []
    const perPerson = Map.groupBy(units, (unit) => unit.slice(unit.indexOf(':') + 1))
    assert.ok([...perPerson.keys()].every((nin) => people.includes(nin)))
    for (const nin of people) {
      const own = perPerson.get(nin) ?? []
      assert.deepEqual(
        own.toSorted(),
        own.map((_, unit) => `${unit + 1}:${nin}`),
      )
      assert.ok(between(Number(rows.get(nin)?.['annual_income'])).includes(own.length), nin)
    }
  }
}

function refusedPlans(): readonly (readonly [MaskPlan, string])[] {
  const bounds = { element: 'annualIncome', min: 0, max: 60_000 }
  const shape = (part: Partial<MaskPlan>) => [maskPlan(part), 'SHAPE_REFUSED'] as const
  const tokens = (part: object) =>
    shape({ measured: { kind: 'tokens', ...bounds, levels: 4, ...part }, parts: ['units'] })
  return [
    shape({ where: [{ element: 'religion', keys: ['a'] }] }),
    shape({ where: [{ element: 'street', keys: ['x'] }] }),
    shape({ where: [{ element: 'district', keys: ["north' OR 1=1 --"] }] }),
    shape({ where: [{ element: 'birthDate', keys: ['1911-02-15'] }] }),
    shape({ by: ['street'], groups: [['x']] }),
    shape({ by: ['annualIncome'], groups: [[1]] }),
    shape({ by: ['insured', 'insured'] }),
    // Fewer groups than there are, others, or in another order: a plan does not choose.
    shape({ by: ['district'], groups: [['north']] }),
    shape({ by: ['district'], groups: groupsBy(['district']).toReversed() }),
    shape({ by: ['insured'], groups: [[false], ['true']] }),
    shape({ groups: [[], []] }),
    shape({ parts: ['units'] }),
    shape({ parts: ['people', 'units'] }),
    shape({ measured: { kind: 'tokens', levels: 2 }, parts: ['people'] }),
    shape({ measured: { kind: 'tokens', levels: 2 }, parts: ['units', 'people'] }),
    shape({ measured: { kind: 'buckets', ...bounds, width: 900 }, parts: ['people'] }),
    tokens({ levels: 17 }),
    shape({ scalar: new Uint8Array(31) }),
    tokens({ element: 'district' }),
    tokens({ min: 60_000 }),
    tokens({ min: 1, max: 0 }),
    tokens({ max: 2 ** 52 }),
    [maskPlan({ by: ['secret'], groups: [['x']] }), 'ELEMENT_UNKNOWN'],
    [maskPlan({ by: ['nin'], groups: [['P0001']] }), 'ELEMENT_UNKNOWN'],
  ]
}
