import assert from 'node:assert/strict'
import { test } from 'node:test'
import { numbersFrom, openJoinHouse, people, type RunTerms } from '../../testing/join/index.ts'
import { makeExchangeId } from '../../protocol/index.ts'
import type { JoinPlan } from '../psi/index.ts'
import {
  parsePreviewAnswer,
  populationPreviewPath,
  populationQuestionBytes,
  populationQuestionPath,
  previewRequestBytes,
} from '../messages/index.ts'
import type { PopulationQuery } from '../query/index.ts'
import { mostJoins } from '../ledger/index.ts'
import { readDraftJoin } from './draft-join.ts'

/** 40 people who are in both registers, all with the need "some"; others in one alone. */
const rowsOf = (_plan: JoinPlan): RunTerms['rows'] => ({
  left: [people(...numbersFrom(0, 60))],
  right: [[], people(...numbersFrom(20, 80)), people(...numbersFrom(100, 120))],
})

const question = {
  left: { agreement: 'tax-joins' },
  right: { agreement: 'labour-joins', by: ['need'] },
  measure: 'count',
  epsilon: '0.5',
  delta: '1e-7',
}
const draft = readDraftJoin(question)
const dayMs = 86_400_000

test('a question is previewed, run, and answered with a table that holds the truth', async () => {
  await using house = await openJoinHouse({ rowsOf })
  const { desk } = house
  const [pair, ...others] = await desk.joins()
  assert.deepEqual(others, [])
  assert.equal(pair?.inspector, 'ombudsman')
  const preview = await desk.preview(draft, 'analyst-1')
  assert.equal(preview.refusal, null)
  assert.deepEqual(preview.parties, {
    mustAgree: ['tax', 'labour', 'housing'],
    inspector: 'ombudsman',
  })
  assert.equal(preview.preview?.cells, 3)
  assert.equal(preview.holders[1].answer.budget.accounts[0]?.most, 1_000_000)
  const asked = await desk.ask(draft, 'analyst-1')
  assert.ok(asked.state === 'begun')
  const view = await desk.result(asked.qid)
  assert.ok(view.state === 'released')
  const { cells, numbers } = view.release
  const [, some] = cells
  // Beyond ± tau no noise of both holders reaches.
  assert.ok(Math.abs((some?.numbers[0] ?? Number.NaN) - 40) <= (numbers[0]?.law.tau ?? 0))
  assert.deepEqual(view.release.certificate.holders, ['tax', 'labour'])
  // M6 comes out of the release byte for byte as the run had it.
  assert.deepEqual([view.proof.table.state, view.proof.codes], ['sent', []])
  assert.deepEqual(await desk.results('analyst-2'), [])
  assert.equal((await desk.results('analyst-1')).length, 1)
})

test('the same question again is the run of before, until a snapshot is another', async () => {
  await using house = await openJoinHouse({ rowsOf, waits: true })
  const { desk } = house
  const asked = await desk.ask(draft, 'analyst-1')
  assert.ok(asked.state === 'begun')
  const running = await desk.ask(draft, 'analyst-2')
  assert.deepEqual(running, { state: 'held', qid: asked.qid })
  house.turn(1_000)
  const view = await desk.result(asked.qid)
  assert.ok(view.state === 'running' && view.progress.remainingMs === 3_000)
  house.finish(asked.qid)
  house.turn(10 * dayMs)
  assert.deepEqual(await desk.ask(draft, 'analyst-2'), { state: 'held', qid: asked.qid })
  const preview = await desk.preview(draft, 'analyst-1')
  assert.equal(preview.held, asked.qid)
  const other = readDraftJoin({ ...question, epsilon: '0.4' })
  assert.equal((await desk.preview(other, 'analyst-1')).held, null)
  // However many other questions were asked since.
  const otherPlan =
    (await desk.ask(other, 'analyst-1')).state === 'begun' ? house.rows[0] : undefined
  assert.ok(otherPlan !== undefined)
  for (let more = 0; more < mostJoins; more += 1)
    house.rows.unshift({ ...otherPlan, qid: `${more}` })
  assert.deepEqual(await desk.ask(draft, 'analyst-2'), { state: 'held', qid: asked.qid })
  house.turn(20 * dayMs)
  assert.equal((await desk.ask(draft, 'analyst-1')).state, 'begun')
})

test('a run that stopped is no answer: the question is asked anew', async () => {
  await using house = await openJoinHouse({ rowsOf, waits: true })
  const asked = await house.desk.ask(draft, 'analyst-1')
  assert.ok(asked.state === 'begun')
  const end = {
    state: 'stopped',
    code: 'OPENING_INVALID',
    result: undefined,
    abort: undefined,
    atMs: 0,
  } as const
  house.rows.splice(0, 1, ...house.rows.slice(0, 1).map((row) => ({ ...row, end })))
  const view = await house.desk.result(asked.qid)
  assert.ok(view.state === 'stopped' && view.code === 'OPENING_INVALID')
  const again = await house.desk.ask(draft, 'analyst-1')
  assert.ok(again.state === 'begun' && again.qid !== asked.qid)
})

test('a question that is refused is not begun, and says at which side', async () => {
  await using house = await openJoinHouse({ rowsOf })
  const other = readDraftJoin({ ...question, left: { agreement: 'tax-joins', by: ['origin'] } })
  const asked = await house.desk.ask(other, 'analyst-1')
  assert.ok(asked.state === 'refused')
  assert.deepEqual([asked.code, asked.path], ['PROTECTED_ELEMENT', 'left.by[0]'])
  assert.deepEqual(house.rows, [])
  const unknown = readDraftJoin({ ...question, left: { agreement: 'tax-tables' } })
  await assert.rejects(house.desk.preview(unknown, 'analyst-1'), {
    code: 'AGREEMENT_UNKNOWN',
    message: /tax-joins/,
  })
  await assert.rejects(house.desk.result('0'.repeat(32)), { code: 'RESULT_UNKNOWN' })
})

test('a question is read as people write it, and its first mistake is named', () => {
  const { measure } = readDraftJoin({ ...question, measure: { sum: 'right.rent' } })
  assert.deepEqual(measure, { kind: 'sum', side: 'right', element: 'rent', levels: 4 })
  for (const [change, words] of [
    [{ measure: { sum: 'rent' } }, /"measure": is "count"/],
    [{ epsilon: 'much' }, /"epsilon": is a decimal/],
    [{ delta: undefined }, /"delta"/],
    [{ delta: '1e-13' }, /1e-12/],
    [{ left: { agreement: 'tax-joins', subject: 'x' } }, /has no "subject"/],
    [{ subject: 'somebody' }, /has no "subject"; its members are left/],
  ] as const)
    assert.throws(() => readDraftJoin({ ...question, ...change }), {
      code: 'QUERY_MALFORMED',
      message: words,
    })
})

test('under an agreement on joins no table of one register is made, and no column of it is told', async () => {
  await using house = await openJoinHouse({ rowsOf })
  const query: PopulationQuery = {
    v: 1,
    agreement: 'tax-joins',
    version: 1,
    registers: ['income'],
    where: {},
    by: ['sex'],
    measure: { kind: 'count' },
    microEpsilon: 100_000,
    deltaExponent: null,
  }
  const analyst = 'A'.repeat(22)
  const body = populationQuestionBytes({
    v: 1,
    exchangeId: makeExchangeId(new Uint8Array(16)),
    analyst,
    query,
  })
  await assert.rejects(house.send(populationQuestionPath, body), {
    code: 'PEER_REFUSED',
    detail: 'AGREEMENT_UNKNOWN',
  })
  const request = { v: 1, agreement: 'tax-joins', version: 1, analyst, query } as const
  const answer = parsePreviewAnswer(
    await house.send(populationPreviewPath, previewRequestBytes(request)),
  )
  assert.equal(answer.refusal?.code, 'SHAPE_REFUSED')
  assert.equal(answer.preview, null)
  const { description } = answer
  assert.deepEqual([description?.table, description?.subject.column], ['rows', 'subject'])
  assert.ok(description?.elements.every(({ column }) => column.startsWith('column_')))
})
