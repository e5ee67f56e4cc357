import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MadeUpRow, openCarryingHouse } from '../../testing/join/index.ts'
import { partsOf, readResult } from '../psi/index.ts'

const districts = ['north', 'south', 'east', 'west']
const needs = ['none', 'some', 'urgent']

/** People 0 … 899 on the left, 300 … 1,199 on the right. */
const rows = {
  left: Array.from({ length: 900 }, (_, at): MadeUpRow => {
    return { subject: `person ${at}`, keys: { sex: 'f', district: districts[at % 4] ?? '' } }
  }),
  right: Array.from({ length: 900 }, (_, at): MadeUpRow => {
    const number = at + 300
    return { subject: `person ${number}`, keys: { need: needs[number % 3] ?? '', block: 'a' } }
  }),
}

/** Of the 600 in both: 50 in each cell. */
const truth = districts.map(() => needs.map(() => 50))

test('three organisations join two registers: a table within its law, charged once on both sides', async () => {
  await using house = await openCarryingHouse({ rows })
  const plan = house.plan()
  const { tally } = house.at.tally
  const started = await tally.run(plan, 'analyst-1')
  assert.deepEqual(started, { state: 'begun', qid: plan.qid }, house.at.left.reports.join('\n'))
  const { end } = await house.untilEnded(plan.qid)
  assert.equal(end?.code, null, JSON.stringify(house.at.left.reports))
  const { parts } = readResult(plan, end?.result ?? new Uint8Array())
  const [people] = partsOf(plan)
  parts[0]?.cells.forEach((row, i) =>
    row.forEach((number, j) => {
      const noise = number - (truth[i]?.[j] ?? 0)
      assert.ok(Math.abs(noise) <= (people?.tau ?? 0), `${noise}`)
    }),
  )
  const standing = await tally.standing(plan.qid)
  assert.equal(standing?.done, standing?.total)
})
