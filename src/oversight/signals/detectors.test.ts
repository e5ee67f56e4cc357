import assert from 'node:assert/strict'
import { test } from 'node:test'
import { neighbourDigests, type QuestionTrace } from '../../person/index.ts'
import { makeDemoNin } from '../../protocol/index.ts'
import { signalDetectors } from './detect-signals.ts'
import type { Finding, SignalKind } from './finding.ts'

const key = new Uint8Array(32).fill(1)
const today = 20_100
const dayMs = 86_400_000
const detectors = signalDetectors()

interface Asked {
  readonly official?: number
  readonly person: number
  readonly day?: number
  readonly agreement?: string
  readonly elements?: readonly string[]
  readonly bounds?: readonly string[]
  readonly kin?: boolean
  readonly idle?: number
}

let places = 0

function trace({ official = 0, person, day = 5, ...rest }: Asked): QuestionTrace {
  places += 1
  return {
    place: { origin: 'tax.localhost/log/2026h1', index: places },
    atMs: (today - day) * dayMs + 1,
    side: 'provider',
    consumer: 'housing',
    provider: 'tax',
    agreement: rest.agreement ?? 'rent-support',
    official: `official-${official}`,
    subject: `subject-${person}`,
    caseHandle: `case-${person}`,
    elements: rest.elements ?? ['a', 'b'],
    bounds: rest.bounds ?? [],
    near: neighbourDigests(key, { scheme: 'demo-nin', value: makeDemoNin(person) }),
    kin: rest.kin ?? false,
    idle: rest.idle ?? null,
  }
}

/** People far from each other. */
function apart(place: number): number {
  return 1_000 + place * 79_333
}

/** Honest questions: eight officials with thirty people each, one in three about the whole. */
function honest(): QuestionTrace[] {
  return Array.from({ length: 240 }, (_, place) =>
    trace({
      official: place % 8,
      person: apart(place),
      elements: place % 3 === 0 ? ['a'] : ['a', 'b'],
      bounds: ['income.annual below 24000'],
      idle: 2,
    }),
  )
}

function find(kind: SignalKind, traces: readonly QuestionTrace[]): readonly Finding[] {
  return detectors[kind]({ traces, counts: [], today })
}

function times(count: number, make: (place: number) => Asked): QuestionTrace[] {
  return Array.from({ length: count }, (_, place) => trace(make(place)))
}

const abuses: readonly (readonly [SignalKind, () => QuestionTrace[]])[] = [
  ['sequential', () => times(30, (place) => ({ official: 3, person: 55_000_000 + place * 3 }))],
  [
    'bounds',
    () =>
      times(8, (place) => ({
        person: apart(900),
        bounds: [`income.annual below ${10_000 + place}`],
      })),
  ],
  [
    'sweep',
    () => times(80, (place) => ({ official: 3, person: apart(400 + place), elements: ['a'] })),
  ],
  ['crowd', () => times(7, (place) => ({ official: place, person: apart(901) }))],
  ['kin', () => times(1, () => ({ person: apart(902), kin: true }))],
  ['idle', () => times(60, (place) => ({ official: 3, person: apart(500 + place), idle: 58 }))],
  [
    'overlap',
    () =>
      times(60, (place) => ({
        official: 3,
        person: apart(600 + (place >> 1)),
        agreement: place % 2 === 0 ? 'rent-support' : 'tenancy-check',
      })),
  ],
]

for (const [kind, abuse] of abuses) {
  test(`${kind}: honest questions raise nothing, the abuse among them does and is named`, () => {
    assert.deepEqual(find(kind, honest()), [])
    const bad = abuse()
    const findings = find(kind, [...bad, ...honest()])
    assert.ok(findings.length > 0)
    const named = new Set(findings.flatMap(({ traces }) => traces))
    assert.ok(bad.every((one) => named.has(one)))
    for (const { falseAlarmsPerYear, evidence } of findings) {
      assert.ok(falseAlarmsPerYear <= 0.5)
      assert.ok(evidence.observed >= evidence.threshold)
    }
  })
}

test('sequential: the order in which they are asked about does not matter', () => {
  const bad = times(30, (place) => ({ official: 3, person: 55_000_000 + ((place * 7) % 30) * 3 }))
  const findings = find('sequential', [...honest(), ...bad])
  assert.equal(
    findings.some(({ official }) => official === 'official-3'),
    true,
  )
})

test('new-subjects: a steady rate raises nothing; a risen one does, of the official and in time', () => {
  const steady = (day: number, official: number): number => 3 + ((day * 7 + official) % 4)
  const countsOf = (rise: number): Parameters<typeof detectors.kin>[0]['counts'] =>
    Array.from({ length: 40 }, (_, day) => day).flatMap((day) =>
      [0, 1, 2, 3].map((official) => ({
        side: 'provider' as const,
        consumer: 'housing',
        agreement: 'rent-support',
        official: `official-${official}`,
        day: today - 40 + day,
        asked: 10,
        fresh: steady(day, official) + (official === 2 && day > 33 ? rise : 0),
      })),
    )
  const found = (rise: number): readonly Finding[] =>
    detectors['new-subjects']({ traces: [], counts: countsOf(rise), today })
  assert.deepEqual(found(0), [])
  assert.ok(found(15).some(({ official }) => official === 'official-2'))
  assert.ok(found(15).every(({ falseAlarmsPerYear }) => falseAlarmsPerYear <= 0.5))
})
