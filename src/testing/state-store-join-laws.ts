import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type JoinMessageRow, type JoinRow, mostJoins } from '../population/index.ts'
import type { StoresUnderTest } from './state-store-contract.ts'

const at = (index: number): { origin: string; index: number } => ({
  origin: 'tax.example/log/2026h2',
  index,
})

function begun(qid: string, index: number): Omit<JoinRow, 'end'> {
  return {
    planHash: `hash of ${qid}`,
    qid,
    role: 'left',
    analyst: 'a1',
    plan: Uint8Array.of(1),
    signatures: Uint8Array.of(2),
    reservation: 'reservation',
    place: at(index),
    begunMs: index,
  }
}

function carried(index: number, changes: Partial<JoinMessageRow> = {}): JoinMessageRow {
  return {
    planHash: 'hash of one',
    direction: 'sent',
    party: 'right',
    leg: 'M1',
    digest: 'digest',
    commitment: `commitment ${index}`,
    place: at(index),
    atMs: index,
    isSettled: false,
    ...changes,
  }
}

const end = {
  state: 'done',
  code: null,
  result: Uint8Array.of(9),
  abort: undefined,
  atMs: 5,
} as const

/** What is found of runs when there are more than one read shows. */
function keptRunLaws(stores: () => StoresUnderTest): void {
  test('what is kept of runs, and what was begun since, is found however many runs came after it', async () => {
    const { store, reader } = stores()
    const all = Array.from({ length: 2 * mostJoins + 5 }, (_, at) => begun(`run ${at}`, at + 1))
    await store.transaction(async (tx) => {
      for (const row of all) await tx.saveJoin(row)
      for (const { planHash } of all.slice(3))
        await tx.endJoin(planHash, { ...end, state: 'stopped' })
      await tx.endJoin('hash of run 1', end)
      await tx.endJoin('hash of run 2', { ...end, state: 'destroyed' })
    })
    const numbers = (rows: readonly JoinRow[]): readonly string[] => rows.map(({ qid }) => qid)
    assert.deepEqual(numbers(await reader.keptJoins()), ['run 0', 'run 1'])
    assert.equal((await reader.joins()).length, mostJoins)
    const newestFirst = numbers(all.map((row) => ({ ...row, end: undefined }))).toReversed()
    for (const since of [0, 2, 6, mostJoins + 5, mostJoins + 6, 2 * mostJoins + 5, 9_999])
      assert.deepEqual(
        numbers(await reader.joinsSince(since)),
        newestFirst.slice(0, Math.max(0, all.length - Math.max(0, since - 1))),
        String(since),
      )
  })
}

/** What every driver must do for joins; a part of the store's contract. */
export function joinLaws(stores: () => StoresUnderTest): void {
  test('a join is begun once, and is open until its end is written', async () => {
    const { store, reader } = stores()
    const [one, two] = [begun('one', 1), begun('two', 2)]
    await store.transaction(async (tx) => {
      await tx.saveJoin(one)
      await tx.saveJoin(two)
    })
    await assert.rejects(store.transaction((tx) => tx.saveJoin(one)))
    const sameNumber = { ...begun('three', 3), qid: 'two' }
    await assert.rejects(store.transaction((tx) => tx.saveJoin(sameNumber)))
    await store.transaction((tx) => tx.endJoin(one.planHash, end))
    assert.deepEqual(await reader.join(one.planHash), { ...one, end })
    assert.deepEqual(await reader.joinByQid('two'), { ...two, end: undefined })
    assert.deepEqual(
      (await reader.openJoins()).map(({ qid }) => qid),
      ['two'],
    )
    assert.deepEqual(
      (await reader.joins()).map(({ qid }) => qid),
      ['two', 'one'],
    )
    const destroyed = { ...end, state: 'destroyed', atMs: 6 } as const
    await store.transaction((tx) => tx.endJoin(one.planHash, destroyed))
    assert.equal((await reader.join(one.planHash))?.end?.state, 'destroyed')
    assert.equal(await reader.join('hash of three'), undefined)
  })

  keptRunLaws(stores)

  test('a message is one row for each direction, other end and digest', async () => {
    const { store, reader } = stores()
    const rows = [
      carried(1),
      carried(2, { party: 'tally' }),
      carried(3, { direction: 'received' }),
      carried(4, { planHash: 'hash of two' }),
    ]
    await store.transaction(async (tx) => {
      for (const row of rows) await tx.saveJoinMessage(row)
    })
    await assert.rejects(store.transaction((tx) => tx.saveJoinMessage(carried(5))))
    await store.transaction((tx) => tx.settleJoinMessage(carried(1)))
    const [first, ...rest] = rows
    assert.deepEqual(await reader.joinMessages('hash of one'), [
      { ...first, isSettled: true },
      ...rest.slice(0, 2),
    ])
    assert.equal((await reader.joinMessage(carried(3, { direction: 'received' })))?.atMs, 3)
    assert.equal(await reader.joinMessage(carried(3, { digest: 'other' })), undefined)
  })

  test("another holder's key serves one plan", async () => {
    const { store } = stores()
    const claim = (key: string, plan: string): Promise<boolean> =>
      store.transaction((tx) => tx.claimJoinKey(key, plan))
    assert.equal(await claim('aa', 'one'), true)
    assert.equal(await claim('aa', 'one'), true)
    assert.equal(await claim('aa', 'two'), false)
    assert.equal(await claim('bb', 'two'), true)
  })
}
