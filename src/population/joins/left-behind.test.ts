import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  type CarryingHouse,
  oneCell,
  openCarryingHouse,
  sampleJoinRows,
} from '../../testing/join/index.ts'
import { JoinRunner } from './carry/index.ts'
import { type JoinPlan, planHash } from '../psi/index.ts'

const rows = sampleJoinRows()
const hashOf = (plan: JoinPlan): string => Buffer.from(planHash(plan)).toString('hex')

function flip(path: string): void {
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

interface LeftBehind extends AsyncDisposable {
  readonly house: CarryingHouse
  readonly keyFile: string
  /** Destruction works again. */
  mend(): void
}

/** An inspector whose damaged audit has ended, and that came no further: its key is still there. */
async function leftBehind(): Promise<LeftBehind> {
  let isHeld = false
  const house = await openCarryingHouse({
    rows,
    onTheWay: (request, { to }, send) =>
      isHeld && to === 'ombudsman' ? Promise.reject(new Error('held')) : send(request),
  })
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  await house.untilEnded(plan.qid)
  isHeld = true
  const order = { qid: plan.qid, dummiesOf: null, patienceMs: 60_000, by: 'desk' }
  assert.equal((await house.at.inspector.auditor.begin(order)).state, 'begun')
  await house.at.inspector.runner.idle()
  flip(join(house.dir, 'ombudsman', 'joins', hashOf(plan), 'head.inspector'))
  await house.restart('inspector')
  const { runs, store } = house.at.inspector
  const destroy = runs.destroy.bind(runs)
  runs.destroy = () => {
    throw new Error('killed here')
  }
  await house.untilEnded(plan.qid, ['inspector'])
  assert.equal((await store.reader.joinByQid(plan.qid))?.end?.state, 'stopped')
  const keyFile = join(house.dir, 'ombudsman', 'join-keys', `${hashOf(plan)}.key`)
  assert.ok(existsSync(keyFile))
  return {
    house,
    keyFile,
    mend: () => {
      runs.destroy = destroy
    },
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  }
}

test('an inspector killed between the end of its audit and the destruction of its key destroys it as it starts', async () => {
  await using left = await leftBehind()
  left.mend()
  const { context } = left.house.at.inspector
  const begin = (): Promise<never> => Promise.reject(new Error('an inspector begins no run'))
  await new JoinRunner(context, begin).resume()
  assert.equal(existsSync(left.keyFile), false)
})

test('a destruction that failed is made up for in a later round', async () => {
  await using left = await leftBehind()
  const { runner } = left.house.at.inspector
  await runner.idle()
  left.mend()
  for (let round = 0; round < 100 && existsSync(left.keyFile); round += 1) {
    await runner.round()
    await runner.idle()
    await new Promise((done) => setTimeout(done, 50))
  }
  assert.equal(existsSync(left.keyFile), false)
})
