import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AskTrace } from './ask-trace.ts'
import { makeCases } from './case-system-cases.ts'
import { demoPeople, personOfSubject, subjectOfPerson } from './demo-visitors.ts'
import { makePopulation } from './population.ts'

const nowMs = 1_790_000_000_000
const people = makePopulation({ seed: 'cases', size: 2000 })
const demo = { cases: makeCases(people, { seed: 'cases', nowMs }) }
const { cases } = demo.cases

test('somebody whose case is closed can log in and see their list', () => {
  const offered = demoPeople(demo, []).map(({ id }) => cases.find((one) => one.reference === id))
  assert.equal(offered.length, 6)
  assert.equal(offered.filter((one) => one?.state === 'closed').length, 1)
  assert.equal(offered[0]?.state, 'open')
  for (const { reference, subject } of cases.filter(({ state }) => state === 'closed')) {
    assert.deepEqual(subjectOfPerson(demo, reference), subject)
    assert.ok(personOfSubject(demo, subject) !== undefined)
  }
})

test('who has withdrawn, and whoever was asked about lately, is offered first', () => {
  const withdrawn = cases.find(({ parties }) => parties.length === 0)
  const closed = cases.findLast(({ state }) => state === 'closed')
  assert.ok(withdrawn !== undefined && closed !== undefined)
  const [first, second] = demoPeople(demo, [closed.reference, withdrawn.reference])
  assert.deepEqual([first?.id, second?.id], [closed.reference, withdrawn.reference])
})

test('a person with two cases is offered once', () => {
  const [one] = cases
  assert.ok(one !== undefined)
  const twice = { ...one, reference: 'RS-2026-9998', state: 'closed' as const }
  const more = { cases: { ...demo.cases, cases: [...cases, twice] } }
  const [offered, next] = demoPeople(more, [one.reference, twice.reference])
  assert.equal(offered?.id, one.reference)
  assert.notEqual(next?.id, twice.reference)
})

test('the person an attempt to cheat was tried on counts as asked about lately', () => {
  const trace = new AskTrace()
  const item = { exchangeId: 'a', origin: 'o', provider: 'tax', elements: [], outcome: 'permit' }
  trace.add('official-1', { ...item, outcome: 'permit', caseReference: 'RS-2026-0001', atMs: 5 })
  const attempt = { moves: [], stoppedBy: 'CAP_EXCEEDED', entry: null }
  trace.addAttempt({ ...attempt, victim: 'RS-2026-0007' }, 6)
  trace.addAttempt(attempt, 7)
  assert.deepEqual(trace.lately(), ['RS-2026-0007', 'RS-2026-0001'])
})
