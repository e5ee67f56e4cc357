import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { addUpLedger, type LedgerEntry } from './add-up.ts'
import { type Budget, budgetProblem, deltaUnits, yearMs } from './budget.ts'
import { type Cost, type Spent, unspent } from './charge.ts'
import { decideCharge, type LedgerFacts } from './decide-charge.ts'

const budget: Budget = {
  composition: 'basic',
  microEpsilon: 1_000_000,
  deltaExponent: 9,
  perAnalystMicroEpsilon: 400_000,
  fromMs: 1_000,
  countersigned: false,
}
const agreement = { id: 'social-tax-statistics', version: 1 }

interface Asked extends Cost {
  readonly analyst: string
  readonly afterMs: number
}

const asked: fc.Arbitrary<Asked> = fc.record({
  microEpsilon: fc.integer({ min: 1, max: 300_000 }),
  deltaUnits: fc.constantFrom(0, 0, 1, deltaUnits(9) / 4, deltaUnits(9)),
  analyst: fc.constantFrom('a1', 'a2', 'a3'),
  afterMs: fc.constantFrom(0, 1, yearMs / 9),
})

/** A ledger that is kept as the store keeps it: decide, write, count. */
function keep(questions: readonly Asked[], agreed: number, counts = true): readonly LedgerEntry[] {
  const entries: LedgerEntry[] = [{ kind: 'budget.opened', budget }]
  let spent: Spent = unspent
  const byAnalyst = new Map<string, number>()
  let nowMs = budget.fromMs
  for (const { analyst, afterMs, ...cost } of questions) {
    nowMs += afterMs
    const facts: LedgerFacts = {
      budget,
      spent,
      agreementMicroEpsilon: spent.microEpsilon,
      analystMicroEpsilon: byAnalyst.get(analyst) ?? 0,
    }
    const decision = decideCharge(cost, facts, { agreed, agreement, nowMs })
    if (decision.outcome === 'refuse') continue
    const { charge } = decision
    const reservation = `reservation ${entries.length}`
    entries.push({ kind: 'budget.charged', charge, reservation })
    if (!counts) continue
    byAnalyst.set(analyst, (byAnalyst.get(analyst) ?? 0) + cost.microEpsilon)
    spent = {
      seq: charge.seq,
      microEpsilon: charge.spentMicroEpsilon,
      deltaUnits: charge.spentDeltaUnits,
      last: reservation,
    }
  }
  return entries
}

const chargesOf = (entries: readonly LedgerEntry[]) =>
  entries.flatMap((entry) => (entry.kind === 'budget.charged' ? [entry.charge] : []))

test('whatever is asked, no account is overspent, and the public entries add up', () => {
  fc.assert(
    fc.property(
      fc.array(asked, { maxLength: 40 }),
      fc.integer({ min: 1, max: 1_500_000 }),
      (questions, agreed) => {
        const entries = keep(questions, agreed)
        const sum = chargesOf(entries).reduce((total, one) => total + one.microEpsilon, 0)
        const deltas = chargesOf(entries).reduce((total, one) => total + one.deltaUnits, 0)
        assert.ok(sum <= Math.min(budget.microEpsilon, agreed) && deltas <= deltaUnits(9))
        const reading = addUpLedger(entries)
        assert.ok(reading.ok && reading.spent.microEpsilon === sum)
      },
    ),
  )
})

test('a ledger whose counters are not kept is found by whoever adds it up', () => {
  const questions = Array.from({ length: 3 }, () => ({
    microEpsilon: 300_000,
    deltaUnits: 0,
    analyst: 'a1',
    afterMs: 0,
  }))
  assert.deepEqual(addUpLedger(keep(questions, 1_000_000, false)), {
    ok: false,
    problem: 'CHARGE_MISSING',
    at: 2,
  })
})

test('the account that is short is named with what is left of it', () => {
  const facts: LedgerFacts = {
    budget,
    spent: { ...unspent, microEpsilon: 900_000 },
    agreementMicroEpsilon: 100_000,
    analystMicroEpsilon: 350_000,
  }
  const ask = (
    microEpsilon: number,
    units = 0,
    more: Partial<LedgerFacts> = {},
    agreed = 300_000,
  ) =>
    decideCharge(
      { microEpsilon, deltaUnits: units },
      { ...facts, ...more },
      { agreed, agreement, nowMs: 2_000 },
    )
  const short = (account: string, left: number) => ({ outcome: 'refuse', spent: { account, left } })
  assert.equal(ask(50_000).outcome, 'charge')
  assert.deepEqual(ask(100_001), short('population', 100_000))
  assert.deepEqual(ask(50_001, 0, {}, 150_000), short('agreement', 50_000))
  assert.deepEqual(ask(50_001), short('analyst', 50_000))
  assert.deepEqual(ask(1, deltaUnits(9) + 1), short('delta', deltaUnits(9)))
  assert.deepEqual(ask(1, 0, { budget: undefined }), short('population', 0))
})

test('a year that is over or has not begun has nothing left', () => {
  const facts = { budget, spent: unspent, agreementMicroEpsilon: 0, analystMicroEpsilon: 0 }
  for (const [nowMs, outcome] of [
    [budget.fromMs - 1, 'refuse'],
    [budget.fromMs, 'charge'],
    [budget.fromMs + yearMs - 1, 'charge'],
    [budget.fromMs + yearMs, 'refuse'],
  ] as const) {
    const cost = { microEpsilon: 1, deltaUnits: 0 }
    assert.equal(decideCharge(cost, facts, { agreed: 10, agreement, nowMs }).outcome, outcome)
  }
})

test('a charge that is left out, doubled, made small or added after the end is found where it stands', () => {
  const questions = Array.from({ length: 5 }, (_, at) => ({
    microEpsilon: 50_000 + at,
    deltaUnits: 1,
    analyst: `a${at}`,
    afterMs: 0,
  }))
  const entries = keep(questions, 1_000_000)
  assert.equal(entries.length, 6)
  const changed = (at: number, change: object): readonly LedgerEntry[] =>
    entries.map((entry, index) =>
      index === at && entry.kind === 'budget.charged'
        ? { ...entry, charge: { ...entry.charge, ...change } }
        : entry,
    )
  const [, , third] = entries
  assert.ok(third !== undefined)
  for (const [spoilt, problem, at] of [
    [entries.toSpliced(2, 1), 'CHARGE_MISSING', 2],
    [entries.toSpliced(2, 0, third), 'CHARGE_MISSING', 3],
    [entries.toSpliced(0, 1), 'CHARGE_WITHOUT_BUDGET', 0],
    [changed(3, { microEpsilon: 1 }), 'SUM_WRONG', 3],
    [changed(3, { microEpsilon: 1, spentMicroEpsilon: 100_002 }), 'SUM_WRONG', 4],
    [changed(4, { previous: null }), 'CHARGE_MISSING', 4],
    [changed(1, { fromMs: 5 }), 'CHARGE_WITHOUT_BUDGET', 1],
    [[...entries, { kind: 'budget.renewed', budget }], 'YEAR_TOO_EARLY', 6],
    [changed(5, { microEpsilon: 900_000, spentMicroEpsilon: 1_100_006 }), 'OVERSPENT', 5],
  ] as const)
    assert.deepEqual(addUpLedger(spoilt), { ok: false, problem, at })
  assert.ok(addUpLedger(entries).ok)
})

test('a budget above the ceiling is opened by a demo alone, and a year begins when the last is over', () => {
  const next = { ...budget, fromMs: budget.fromMs + yearMs }
  const open = (one: Budget, previous?: Budget, demo = false) =>
    budgetProblem(one, { previous, demo })
  assert.equal(open(budget), undefined)
  assert.equal(open({ ...budget, microEpsilon: 1_000_001 }), 'ABOVE_CEILING')
  assert.equal(open({ ...budget, microEpsilon: 2_000_000, countersigned: true }), undefined)
  assert.equal(open({ ...budget, microEpsilon: 2_000_001, countersigned: true }), 'ABOVE_CEILING')
  assert.equal(open({ ...budget, microEpsilon: 50_000_000 }, undefined, true), undefined)
  assert.equal(open(next, budget), undefined)
  assert.equal(open({ ...next, fromMs: next.fromMs - 1 }, budget), 'TOO_EARLY')
  assert.equal(open({ ...next, fromMs: next.fromMs - 1 }, budget, true), 'TOO_EARLY')
})
