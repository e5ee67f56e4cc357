import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { checkMaskPlan } from '../../register/index.ts'
import {
  sampleBothTerms,
  sampleHomesDescription,
  sampleJoinQuestion,
  sampleTermsOf,
} from '../../testing/join/index.ts'
import { sampleTableDescription } from '../../testing/population/index.ts'
import {
  asJoinPlan,
  JoinError,
  type JoinPlan,
  joinPlanJson,
  mostDummies,
  planCost,
  slotCount,
  type Side,
  sides,
  tausOf,
} from '../psi/index.ts'
import {
  type JoinMeasure,
  type JoinQuestion,
  joinQuestionDigest,
  joinQuestionJson,
  joinQuestionSchema,
} from './join-question.ts'
import type { BothTerms } from './join-terms.ts'
import { maskPlanOf } from './mask-plan-of.ts'
import { epsilonParts } from './plan-members.ts'
import { planLifeMs, planOf } from './plan-of.ts'
import { previewJoin } from './preview-join.ts'
import { questionOf } from './question-of.ts'
import { planChecks, refuseHeld, refusePlan } from './refuse-plan.ts'

const nowMs = 1_800_000_000_000
const qid = '00112233445566778899aabbccddeeff'
const terms = sampleBothTerms()

function planned(question: JoinQuestion, both: BothTerms = terms): JoinPlan {
  const planning = planOf(question, { ...both, nowMs, qid })
  if (!planning.ok) assert.fail(`${planning.refusal.path}: ${planning.refusal.message}`)
  return planning.plan
}

function refusedAt(question: JoinQuestion, both: BothTerms = terms): readonly [string, string] {
  const planning = planOf(question, { ...both, nowMs, qid })
  assert.ok(!planning.ok, 'it has a plan')
  return [planning.refusal.code, planning.refusal.path]
}

function refusals(plan: JoinPlan, both: BothTerms = terms): readonly string[] {
  return sides.flatMap((side) => refusePlan(plan, side, both[side], nowMs)?.path ?? [])
}

const by = (...names: readonly string[]): Partial<JoinQuestion> => {
  const { left } = sampleJoinQuestion()
  return { left: { ...left, by: [...names] } }
}

const measures = [
  { kind: 'count' },
  { kind: 'sum', side: 'right', element: 'rent', levels: 2 },
  { kind: 'mean', side: 'left', element: 'age', levels: 2 },
  { kind: 'quantiles', side: 'right', element: 'rent', ppm: [500_000] },
] as const satisfies readonly JoinMeasure[]

const arbitraryQuestion: fc.Arbitrary<JoinQuestion> = fc
  .record({
    measure: fc.constantFrom<JoinMeasure[]>(...measures),
    left: fc.subarray(['sex', 'district']),
    right: fc.subarray(['need']),
    districts: fc.subarray(['north', 'south', 'east', 'west']),
    microEpsilon: fc.integer({ min: 300_000, max: 500_000 }),
    deltaExponent: fc.integer({ min: 7, max: 8 }),
  })
  .map(({ measure, left, right, districts, microEpsilon, deltaExponent }) => {
    const sample = sampleJoinQuestion({ measure, microEpsilon, deltaExponent })
    const where = districts.length === 0 ? {} : { district: districts }
    return {
      ...sample,
      left: { ...sample.left, by: left, where },
      right: { ...sample.right, by: right },
    }
  })

test('a plan of a question is what both holders agree to, and gives the question back', () => {
  fc.assert(
    fc.property(arbitraryQuestion, (question) => {
      const planning = planOf(question, { ...terms, nowMs, qid })
      fc.pre(planning.ok)
      assert.deepEqual(refusals(planning.plan), [])
      assert.deepEqual(joinQuestionDigest(questionOf(planning.plan)), joinQuestionDigest(question))
      const { microEpsilon } = planCost(planning.plan)
      assert.equal(microEpsilon, question.microEpsilon)
    }),
    { numRuns: 60 },
  )
})

/** One member of a plan, anywhere in it, with another value in its place. */
function changedAt(json: unknown, path: readonly (string | number)[], to: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return to
  if (Array.isArray(json))
    return json.map((one: unknown, at) => (at === step ? changedAt(one, rest, to) : one))
  const members = Object.entries(json as Record<string, unknown>)
  return Object.fromEntries(
    members.map(([name, one]) => [name, name === step ? changedAt(one, rest, to) : one]),
  )
}

type Change = readonly [path: readonly (string | number)[], to: unknown]

function* changesOf(json: unknown, path: readonly (string | number)[] = []): Generator<Change> {
  if (typeof json === 'number') {
    yield [path, json + 1]
    yield [path, json - 1]
  } else if (typeof json === 'string') yield [path, path.at(-1) === 'qid' ? 'xx' : `${json}x`]
  else if (Array.isArray(json)) {
    if (json.length > 1) yield [path, json.toReversed()]
    yield [path, json.slice(1)]
    for (const [at, one] of json.entries()) yield* changesOf(one, [...path, at])
  } else if (typeof json === 'object' && json !== null)
    for (const [name, one] of Object.entries(json)) yield* changesOf(one, [...path, name])
}

/** Where a plan may differ: its number of a question, its end within a day, and more room than it needs. */
function isFree([path, to]: Change, plan: JoinPlan): boolean {
  const name = path.join('.')
  if (name === 'expiresMs') return true
  return name === 'maxRows' && Number(to) > plan.maxRows
}

function isParsed(json: unknown): JoinPlan | undefined {
  try {
    return asJoinPlan(json)
  } catch (cause) {
    if (cause instanceof JoinError) return undefined
    throw cause
  }
}

/** A plan that is the exact plan of another question is a question of its own. */
function isOtherQuestion(plan: JoinPlan): boolean {
  const other = planOf(questionOf(plan), { ...terms, nowMs, qid })
  return other.ok && JSON.stringify(joinPlanJson(other.plan)) === JSON.stringify(joinPlanJson(plan))
}

for (const measure of measures)
  test(`with any member changed, a plan of a ${measure.kind} does not parse or a holder refuses it`, () => {
    const plan = planned(sampleJoinQuestion({ measure, ...by('sex') }))
    let tried = 0
    for (const change of changesOf(joinPlanJson(plan))) {
      if (isFree(change, plan)) continue
      tried += 1
      const other = isParsed(changedAt(joinPlanJson(plan), ...change))
      if (other === undefined || isOtherQuestion(other)) continue
      assert.notDeepEqual(refusals(other), [], JSON.stringify(change))
    }
    assert.ok(tried > 40)
  })

test('a holder agrees to no plan that has ended, or that runs for over a day', () => {
  const plan = planned(sampleJoinQuestion())
  for (const [at, isAgreed] of [
    [nowMs, true],
    [nowMs + planLifeMs - 1, true],
    [nowMs + planLifeMs, false],
    [nowMs - 60_001, false],
  ] as const)
    assert.equal(refusePlan(plan, 'left', terms.left, at) === undefined, isAgreed)
})

test('each check of a holder refuses a plan that the others let through', () => {
  const plan = planned(sampleJoinQuestion({ measure: measures[1] }))
  const json = joinPlanJson(plan)
  const small = sampleTermsOf(sampleTableDescription(500), { id: 'tax-joins' })
  const large = sampleTermsOf(sampleTableDescription(9_000_000), { id: 'tax-joins' })
  const narrow = sampleHomesDescription(100_000)
  const elements = narrow.elements.map((one) =>
    one.name === 'rent' ? { ...one, domain: { kind: 'bounded', min: 0, max: 3000 } as const } : one,
  )
  const fewer = narrow.elements.map((one) =>
    one.name === 'need'
      ? { ...one, domain: { kind: 'closed', keys: ['none', 'some'] } as const }
      : one,
  )
  const right = (changed: typeof elements): BothTerms => ({
    ...terms,
    right: { ...terms.right, description: { ...narrow, elements: changed } },
  })
  const cases: readonly (readonly [JoinPlan, Side, BothTerms])[] = [
    [asJoinPlan(changedAt(json, ['left', 'agreement', 'version'], 2)), 'left', terms],
    [asJoinPlan({ ...json, inspector: 'someone' }), 'left', terms],
    [asJoinPlan({ ...json, expiresMs: nowMs }), 'left', terms],
    [otherPadding(plan), 'left', terms],
    [plan, 'left', { ...terms, left: small }],
    [plan, 'right', right(elements)],
    [plan, 'right', right(fewer)],
    [plan, 'left', { ...terms, left: large }],
    [unauditable(), 'left', terms],
  ]
  for (const [at, [given, side, both]] of cases.entries()) {
    const held = { plan: given, side, terms: both[side], nowMs }
    assert.notEqual(refuseHeld(held), undefined, `case ${at}`)
    const others = planChecks.filter((_, place) => place !== at)
    assert.equal(refuseHeld(held, others), undefined, `case ${at} without its check`)
  }
})

/** A plan with more dummies than an audit's answer has room for, as a tally that is not asked would make it. */
function unauditable(): JoinPlan {
  const measure = { kind: 'mean', side: 'left', element: 'age', levels: 16 } as const
  const {
    cellMicroEpsilon: _cells,
    padding: _padding,
    ...first
  } = planned(sampleJoinQuestion({ measure }))
  const parts = epsilonParts(25_000)
  const taus = tausOf({ ...first, ...parts })
  return asJoinPlan({
    ...joinPlanJson(planned(sampleJoinQuestion({ measure }))),
    ...parts,
    taus,
    maxRows: 10_000_000,
  })
}

test('a table whose dummies no audit could carry has no plan', () => {
  const measure = { kind: 'mean', side: 'left', element: 'age', levels: 16 } as const
  const question = sampleJoinQuestion({ measure, microEpsilon: 25_000 })
  assert.ok(slotCount(unauditable()) > mostDummies)
  assert.deepEqual(refusedAt(question), ['SHAPE_REFUSED', 'microEpsilon'])
  assert.ok(planned(sampleJoinQuestion({ measure })))
})

/** The same epsilon, divided in another way, with all that follows from it. */
function otherPadding(plan: JoinPlan): JoinPlan {
  const question = { ...questionOf(plan), microEpsilon: 500_000 }
  const first = planned(question)
  assert.ok(first.padding.kind === 'noisy')
  const padding = { kind: 'noisy', microEpsilon: first.padding.microEpsilon + 500 }
  const cellMicroEpsilon = first.cellMicroEpsilon - 1000
  const taus = tausOf({ ...first, cellMicroEpsilon })
  return asJoinPlan({ ...joinPlanJson(first), padding, cellMicroEpsilon, taus })
}

test('a question is refused where the rules of one register refuse it, at the place that is wrong', () => {
  const { left, right } = sampleJoinQuestion()
  const cases: readonly (readonly [Partial<JoinQuestion>, string, string])[] = [
    [by('shoe_size'), 'ELEMENT_NOT_AGREED', 'left.by[0]'],
    [by('age'), 'SHAPE_REFUSED', 'left.by[0]'],
    [by('sex', 'sex'), 'SHAPE_REFUSED', 'left.by[1]'],
    [by('origin'), 'PROTECTED_ELEMENT', 'left.by[0]'],
    [{ left: { ...left, register: 'homes' } }, 'ELEMENT_NOT_AGREED', 'left.register'],
    [{ right: { ...right, where: { need: ['dire'] } } }, 'SHAPE_REFUSED', 'right.where.need'],
    [{ microEpsilon: 500_001 }, 'EPSILON_TOO_LARGE', 'microEpsilon'],
    [{ microEpsilon: 9_999 }, 'SHAPE_REFUSED', 'microEpsilon'],
    [{ deltaExponent: 6 }, 'EPSILON_TOO_LARGE', 'deltaExponent'],
    [
      { measure: { kind: 'sum', side: 'left', element: 'sex', levels: 1 } },
      'SHAPE_REFUSED',
      'measure.element',
    ],
  ]
  for (const [change, code, path] of cases)
    assert.deepEqual(refusedAt(sampleJoinQuestion(change)), [code, path], JSON.stringify(change))
})

test('fewer than a hundred expected people in a cell, by the smaller register, are too few', () => {
  const few = { ...terms, right: sampleBothTerms(1_199).right }
  assert.deepEqual(refusedAt(sampleJoinQuestion(), few), ['SHAPE_REFUSED', 'right.by'])
  assert.ok(planned(sampleJoinQuestion(), { ...terms, right: sampleBothTerms(1_200).right }))
})

test('agreements that do not pair up have no plan', () => {
  const { agreement } = terms.right
  const other = (join: Partial<typeof agreement.join>): BothTerms => ({
    ...terms,
    right: { ...terms.right, agreement: { ...agreement, join: { ...agreement.join, ...join } } },
  })
  for (const join of [
    { with: agreement.join.inspector },
    { keyspace: 'fr-nir' },
    { inspector: agreement.consumer },
  ])
    assert.deepEqual(refusedAt(sampleJoinQuestion(), other(join)), [
      'SHAPE_REFUSED',
      'right.agreement',
    ])
})

test('something protected of one register is not counted by fine places of the other', () => {
  const open = sampleTermsOf(sampleTableDescription(100_000), {
    id: 'tax-joins',
    countersigned: true,
  })
  const both = { ...terms, left: open }
  const { right } = sampleJoinQuestion()
  assert.ok(planned(sampleJoinQuestion(by('origin')), both))
  const fine = { right: { ...right, by: ['block'] } }
  assert.deepEqual(refusedAt(sampleJoinQuestion({ ...by('origin'), ...fine }), both), [
    'PROTECTED_ELEMENT',
    'right.by',
  ])
  assert.ok(planned(sampleJoinQuestion(fine), both))
})

test('a register takes the rows that a plan asks of it, by its own names', () => {
  const secret = new Uint8Array(32)
  const secrets = { scalar: secret, saltKey: secret, inspectorKey: secret }
  for (const measure of measures) {
    const plan = planned(sampleJoinQuestion({ measure }))
    for (const side of sides)
      checkMaskPlan(
        maskPlanOf({ plan, side, terms: terms[side] }, secrets),
        terms[side].description,
      )
  }
})

test('a preview says what a join costs, how precise it is and how much is moved', () => {
  const preview = previewJoin(planned(sampleJoinQuestion()), terms)
  assert.equal(preview.cells, 12)
  assert.deepEqual(preview.cost, { microEpsilon: 500_000, deltaUnits: 300_000_000 })
  assert.deepEqual(
    preview.numbers.map(({ name }) => name),
    ['people'],
  )
  assert.ok(preview.points.left > 100_000 && preview.bytes === 32 * preview.multiplications)
  const dear = previewJoin(planned(sampleJoinQuestion({ microEpsilon: 250_000 })), terms)
  const [one, other] = [preview.numbers[0], dear.numbers[0]]
  assert.ok(one !== undefined && other !== undefined && one.halfWidth < other.halfWidth)
  const quantiles = previewJoin(planned(sampleJoinQuestion({ measure: measures[3] })), terms)
  assert.equal(quantiles.cells, 12)
})

test('a question is read from its closed form alone', () => {
  const json = joinQuestionJson(sampleJoinQuestion())
  assert.ok(joinQuestionSchema.safeParse(json).success)
  for (const change of [
    { subject: 'somebody' },
    { registers: ['income'] },
    { measure: { kind: 'list' } },
    { measure: { kind: 'mean', side: 'left', element: 'age', levels: 17 } },
    { deltaExponent: 13 },
    { left: { ...sampleJoinQuestion().left, where: 'age > 3' } },
  ])
    assert.equal(joinQuestionSchema.safeParse({ ...json, ...change }).success, false)
})
