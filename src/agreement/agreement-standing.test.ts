import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as fc from 'fast-check'

import { sampleBeginMs, samplePersonAgreement, samplePersonSource } from '../testing/index.ts'
import { defaultLock, standingOf } from './agreement-standing.ts'
import type { AgreementFact, AgreementState, TimeLock } from './agreement-standing.ts'
import { dayMs } from './calendar.ts'
import { compileAgreement } from './parse-agreement.ts'

const agreement = samplePersonAgreement()
const begin = sampleBeginMs

const fact = (kind: AgreementFact['kind'], day: number, by = 'tax'): AgreementFact => ({
  kind,
  atMs: begin + day * dayMs,
  by,
})
const published = fact('agreement.published', 0)

function stateAt(day: number, history: readonly AgreementFact[], lock?: TimeLock): AgreementState {
  return standingOf(agreement, history, begin + day * dayMs, lock).state
}

test('an agreement is drafted, offered and agreed by its signatures', () => {
  const drafted = compileAgreement(samplePersonSource())
  const offered = { ...agreement, signatures: agreement.signatures.slice(1) }
  assert.equal(standingOf(drafted, [published], begin).state, 'drafted')
  assert.equal(standingOf(offered, [published], begin).state, 'offered')
  assert.equal(standingOf(agreement, [], begin).state, 'agreed')
  assert.equal(standingOf(agreement, [fact('agreement.rejected', 1)], begin).state, 'rejected')
})

test('the time lock runs fourteen days from the publication', () => {
  assert.equal(stateAt(0, [published]), 'published')
  assert.equal(stateAt(13.999, [published]), 'published')
  assert.equal(stateAt(14, [published]), 'active')
  assert.equal(standingOf(agreement, [published], begin).effectiveFromMs, begin + 14 * dayMs)
})

test('the later of both publications starts the lock, and publishing again does not restart it', () => {
  const both = [published, fact('agreement.published', 5, 'housing')]
  assert.equal(stateAt(18, both), 'published')
  assert.equal(stateAt(19, both), 'active')
  assert.equal(stateAt(14, [published, fact('agreement.published', 9)]), 'active')
  assert.equal(stateAt(40, [fact('agreement.published', 0, 'stranger')]), 'agreed')
})

test('an agreement published early waits for its begin', () => {
  const early = [fact('agreement.published', -60)]
  assert.equal(stateAt(-1, early), 'published')
  assert.equal(stateAt(0, early), 'active')
})

test('a usc: basis waits thirty days, whatever lock is set', () => {
  const american = { ...agreement, legalBasis: ['usc:552a-b-3'] as const }
  assert.equal(defaultLock(american).milliseconds, 30 * dayMs)
  const at = (day: number): string => standingOf(american, [published], begin + day * dayMs).state
  assert.equal(at(29.9), 'published')
  assert.equal(at(30), 'active')
  const lock = { milliseconds: 14 * dayMs, demo: false }
  assert.throws(() => standingOf(american, [published], begin, lock), { code: 'LOCK_TOO_SHORT' })
})

test('only demo origins have a lock under 24 hours', () => {
  assert.equal(stateAt(1, [published], { milliseconds: dayMs, demo: false }), 'active')
  for (const milliseconds of [dayMs - 1, 0, -1, Number.NaN]) {
    const lock = { milliseconds, demo: false }
    assert.throws(() => stateAt(0, [published], lock), { code: 'LOCK_TOO_SHORT' })
  }
  assert.equal(stateAt(0, [published], { milliseconds: 0, demo: true }), 'active')
  assert.throws(() => stateAt(0, [published], { milliseconds: -1, demo: true }), {
    code: 'LOCK_TOO_SHORT',
  })
})

test('a suspension works at once, by anybody, at whatever time its entry says', () => {
  for (const day of [20, 25, 300]) {
    for (const by of ['tax', 'housing', 'inspector']) {
      assert.equal(stateAt(20, [published, fact('agreement.suspended', day, by)]), 'suspended')
    }
  }
  const suspended = standingOf(
    agreement,
    [published, fact('agreement.suspended', 20)],
    begin + 21 * dayMs,
  )
  assert.deepEqual(suspended.suspendedBy, ['tax'])
})

test('resuming needs the suspender and both parties, after the suspension', () => {
  const by = (
    kind: AgreementFact['kind'],
    day: number,
    names: readonly string[],
  ): AgreementFact[] => names.map((name) => fact(kind, day, name))
  const suspended = [published, fact('agreement.suspended', 20, 'inspector')]
  const parties = by('agreement.resumed', 21, ['tax', 'housing'])
  const all = [...parties, fact('agreement.resumed', 22, 'inspector')]
  assert.equal(stateAt(23, [...suspended, ...parties]), 'suspended')
  assert.equal(stateAt(23, [...suspended, ...all]), 'active')
  assert.equal(
    stateAt(21, [...suspended, ...all]),
    'suspended',
    'a resumption counts from its time',
  )
  assert.equal(stateAt(30, [...suspended, ...all, fact('agreement.suspended', 25)]), 'suspended')
  const before = by('agreement.resumed', 19, ['tax', 'housing', 'inspector'])
  assert.equal(stateAt(23, [...suspended, ...before]), 'suspended')
  const atOnce = by('agreement.resumed', 20, ['tax', 'housing', 'inspector'])
  assert.equal(stateAt(23, [...suspended, ...atOnce]), 'suspended')
})

test('an agreement expires by log time, and termination is for good', () => {
  assert.equal(stateAt(364.9, [published]), 'active')
  assert.equal(stateAt(365, [published]), 'expired')
  const ended = [published, fact('agreement.terminated', 20), fact('agreement.resumed', 21)]
  assert.equal(stateAt(30, ended), 'terminated')
})

test('no order of any acts makes an agreement active before its lock has passed', () => {
  const kinds = [
    'agreement.published',
    'agreement.suspended',
    'agreement.resumed',
    'agreement.terminated',
  ] as const
  const act = fc.record({
    kind: fc.constantFrom(...kinds),
    atMs: fc.integer({ min: begin - 40 * dayMs, max: begin + 400 * dayMs }),
    by: fc.constantFrom('tax', 'housing', 'inspector', 'stranger'),
  })
  const now = fc.integer({ min: begin - 40 * dayMs, max: begin + 400 * dayMs })
  let active = 0
  fc.assert(
    fc.property(fc.array(act, { maxLength: 8 }), now, (history, nowMs) => {
      const { state } = standingOf(agreement, history, nowMs)
      if (state !== 'active') return
      active += 1
      const publications = history.filter(
        ({ kind, by }) => kind === 'agreement.published' && (by === 'tax' || by === 'housing'),
      )
      assert.ok(publications.some(({ atMs }) => atMs + 14 * dayMs <= nowMs))
      assert.ok(nowMs >= agreement.notBeforeMs && nowMs < agreement.notAfterMs)
      assert.ok(!history.some(({ kind }) => kind === 'agreement.terminated'))
    }),
    { numRuns: 3000 },
  )
  assert.ok(active > 20, `${active} active histories`)
})
