import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import type { JoinMessageRow } from '../../src/population/index.ts'
import { waitUntil } from '../house/wait-until.ts'
import { runHere } from '../scenario/command-server.ts'
import {
  type JoinGateways,
  type JoinOrg,
  openJoinGateways,
  untilVerified,
} from './join-gateways.ts'
import { sampleQuestion, sampleRegisters, trueTable } from './sample-registers.ts'

/*
 * The whole way of a question over two registers between four real gateways: two holders with registers in processes of their
 * own, the organisation that asks, and the inspector. Asked and read by the commands.
 */

const people = { tax: 1_500, homes: 1_200, overlap: 900, size: 1_500 }
const parties = ['tax', 'homes', 'office'] as const
const orgOf: Readonly<Record<string, JoinOrg>> = { left: 'tax', right: 'homes', tally: 'office' }
let house: JoinGateways

const released = z.looseObject({
  qid: z.string(),
  state: z.literal('released'),
  release: z.looseObject({
    cells: z.array(z.looseObject({ numbers: z.array(z.int()) })),
    numbers: z.array(z.looseObject({ law: z.looseObject({ tau: z.int() }) })),
  }),
  proof: z.object({
    signers: z.array(z.object({ state: z.string() }).transform(({ state }) => state)),
    table: z.object({ state: z.string() }),
    codes: z.array(z.string()),
  }),
})
let run: z.infer<typeof released>

before(async () => {
  house = await openJoinGateways(sampleRegisters(people))
})

after(async () => {
  await house[Symbol.asyncDispose]()
})

async function messagesOf(org: JoinOrg): Promise<readonly JoinMessageRow[]> {
  return house.read(org, async (reader) => {
    const row = await reader.joinByQid(run.qid)
    return reader.joinMessages(row?.planHash ?? '')
  })
}

const spentOf = (org: 'tax' | 'homes'): Promise<number> =>
  house.read(org, async (reader) => {
    const population = org === 'tax' ? 'incomes-people' : 'homes-people'
    const fromMs = (await reader.budgetOf(population))?.budget.fromMs ?? 0
    return (await reader.spentOf(population, fromMs)).microEpsilon
  })

test('a table over two registers comes back, no number further from the truth than its law allows', async () => {
  const ran = await house.join('run', sampleQuestion, '--json')
  const said = Object.values(house.gateways).map((gateway) => gateway.stderr())
  assert.equal(ran.exit, 0, `${ran.stderr}\n${said.join('\n')}`)
  run = released.parse(JSON.parse(ran.stdout))
  assert.deepEqual(run.proof.signers, ['holds', 'holds', 'holds'])
  assert.deepEqual([run.proof.table.state, run.proof.codes], ['sent', []])
  const { cells, numbers } = run.release
  const tau = numbers[0]?.law.tau ?? 0
  const truth = trueTable(people).flat()
  assert.equal(cells.length, truth.length)
  cells.forEach((cell, at) => {
    const noise = (cell.numbers[0] ?? Number.NaN) - (truth[at] ?? 0)
    assert.ok(Math.abs(noise) <= tau, `noise of ${noise} where ${tau} is the most`)
  })
})

test('both holders were charged once, before anything else of the run was an entry', async () => {
  for (const org of ['tax', 'homes'] as const) {
    assert.equal(await spentOf(org), 500_000)
    const messages = await messagesOf(org)
    const row = await house.read(org, (reader) => reader.joinByQid(run.qid))
    assert.ok(row !== undefined && messages.every(({ place }) => place.index > row.place.index))
  }
})

test('what one log says was sent, the other says was received, and nothing else', async () => {
  // A holder processes the result after the tally has it.
  const isSettled = async (): Promise<true | undefined> => {
    const all = await Promise.all(parties.map((org) => messagesOf(org)))
    return all.flat().every((one) => one.isSettled) || undefined
  }
  await waitUntil('the end of all messages', isSettled, Object.values(house.gateways))
  const names = new Set<string>()
  const add = (from: string, to: string, { leg, digest }: JoinMessageRow, how: string): void =>
    void names.add(`${how} ${leg} ${from} ${to} ${digest}`)
  for (const org of parties)
    for (const one of await messagesOf(org)) {
      const other = orgOf[one.party] ?? ''
      if (one.direction === 'sent') add(org, other, one, 'sent')
      else add(other, org, one, 'received')
    }
  const sent = [...names].filter((name) => name.startsWith('sent '))
  const received = [...names].filter((name) => name.startsWith('received '))
  assert.deepEqual(
    sent.map((name) => name.slice(5)).toSorted(),
    received.map((name) => name.slice(9)).toSorted(),
  )
  // M1 to two each, M2 to the peer and two notices each, M3, M4 to both, M5, M6 to both.
  assert.equal(sent.length, 4 + 2 + 4 + 2 + 2 + 2 + 2)
})

test('the three published logs are good', async () => {
  await sleep(1_500)
  for (const org of parties) await untilVerified(house, org)
})

test('the table in a file is verified by the records of the three alone, and none is of use without one of them', async () => {
  const file = house.at('office', 'need.json')
  const wrote = await house.join('result', undefined, run.qid, '--output', file)
  assert.equal(wrote.exit, 0, wrote.stderr)
  const records = parties.map((org) => house.at(org, 'directory.json'))
  const whole = await runHere(['log', 'verify', file, '--directory', ...records])
  assert.equal(whole.exit, 0, `${whole.stdout}${whole.stderr}`)
  assert.match(whole.stdout, /agreed to by all three/)
  const some = await runHere(['log', 'verify', file, '--directory', ...records.slice(1)])
  assert.equal(some.exit, 1)
  assert.match(some.stderr, /JOIN_SIGNER_UNKNOWN/)
})

test('the same question again is the same table, and costs nothing', async () => {
  const ran = await house.join('run', sampleQuestion, '--json')
  assert.equal(ran.exit, 0, ran.stderr)
  assert.deepEqual(released.parse(JSON.parse(ran.stdout)), run)
  assert.equal(await spentOf('tax'), 500_000)
})

test('gateways that are started again hold their ledgers to be good, and have the table', async () => {
  await Promise.all(
    parties.map(async (org) => {
      await house.gateways[org].stop()
      await house.start(org)
    }),
  )
  const { exit, stdout } = await house.join('result', undefined, run.qid, '--json')
  assert.equal(exit, 0)
  assert.deepEqual(released.parse(JSON.parse(stdout)).release, run.release)
  assert.equal(readdirSync(house.at('tax', 'keys', 'joins')).length, 1)
})
