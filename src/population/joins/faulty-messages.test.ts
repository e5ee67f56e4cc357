import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import {
  type CarryingHouse,
  type CarryingHouseSettings,
  type HouseParty,
  oneCell,
  openCarryingHouse,
  sampleJoinRows,
} from '../../testing/join/index.ts'
import type { JoinPlan } from '../psi/index.ts'
import { gatewayKeyId, parseOrganisationId, signRequestHead } from '../../protocol/index.ts'
import { type ArrivingMessage, deliverMessage } from './carry/index.ts'
import type { Drawn, RunLeg } from './run/index.ts'

const rows = sampleJoinRows()

/** Sends bytes as one party to another, under its own signature. */
function sendAs(
  house: CarryingHouse,
  between: { readonly from: HouseParty; readonly to: HouseParty },
  message: { readonly plan: JoinPlan; readonly leg: RunLeg; readonly bytes: Uint8Array },
): Promise<string> {
  const { context } = house.at[between.from]
  const peer = context.peers.get(house.at[between.to].id)
  assert.ok(peer !== undefined)
  const { plan, leg, bytes } = message
  const sendable = {
    qid: plan.qid,
    leg,
    sha256: sha256(bytes),
    length: bytes.length,
    isList: false,
    pieces: () => [bytes],
  }
  return deliverMessage(sendable, peer, context)
}

/** A house whose right holder does not get what the left one sends while `way.isLost`, and so waits. */
async function waitingHouse(
  way = { isLost: true },
  settings: Partial<CarryingHouseSettings> = {},
): Promise<CarryingHouse> {
  return openCarryingHouse({
    rows,
    ...settings,
    onTheWay: (request, { from, to }, send) =>
      way.isLost && from === 'tax' && to === 'labour'
        ? Promise.reject(new TypeError('lost'))
        : send(request),
  })
}

async function receivedOf(house: CarryingHouse, at: HouseParty, plan: JoinPlan): Promise<number> {
  const { reader } = house.at[at].store
  const row = await reader.joinByQid(plan.qid)
  const all = await reader.joinMessages(row?.planHash ?? '')
  return all.filter(({ direction }) => direction === 'received').length
}

const codeAt = async (house: CarryingHouse, at: HouseParty, plan: JoinPlan): Promise<unknown> =>
  (await house.at[at].store.reader.joinByQid(plan.qid))?.end?.code

test('a message of another plan stops the plan that it was sent for, for all, and no other', async () => {
  const way = { isLost: true }
  await using house = await waitingHouse(way)
  const [one, other] = [house.plan(oneCell), house.plan(oneCell)]
  for (const plan of [one, other]) await house.at.tally.tally.run(plan, 'analyst')
  await house.at.left.runner.idle()
  const row = await house.at.left.store.reader.joinByQid(other.qid)
  const bytes = house.at.left.runs.open(row?.planHash ?? '')?.read('made.commit')
  assert.ok(bytes !== undefined)
  way.isLost = false
  await sendAs(house, { from: 'left', to: 'right' }, { plan: one, leg: 'M1', bytes })
  await house.untilEnded(one.qid)
  for (const party of ['left', 'right', 'tally'] as const)
    assert.equal(await codeAt(house, party, one), 'PLAN_MISMATCH')
  const { end } = await house.untilEnded(other.qid)
  assert.equal(end?.code, null)
})

test('a message that is none stops the plan, blaming its sender, and is an entry in both logs', async () => {
  const way = { isLost: true }
  await using house = await waitingHouse(way)
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  await house.at.left.runner.idle()
  way.isLost = false
  const bytes = utf8('{"kind":"join.commit"}')
  await sendAs(house, { from: 'left', to: 'right' }, { plan, leg: 'M1', bytes })
  await house.untilEnded(plan.qid)
  assert.equal(await codeAt(house, 'right', plan), 'MESSAGE_MALFORMED')
  const left = await house.at.left.store.reader.joinByQid(plan.qid)
  const said = new TextDecoder().decode(left?.end?.abort)
  assert.match(said, /"blames":"left","by":"right","code":"MESSAGE_MALFORMED"/)
  const digest = Buffer.from(sha256(bytes)).toString('hex')
  assert.ok(said.includes(digest))
})

test('a holder that uses one key for two plans is stopped by the tally, though its peer never saw it', async () => {
  let keys: Drawn['keys'] | undefined
  await using house = await waitingHouse(undefined, {
    machineOf: (party, machine) => ({
      ...machine,
      async draw(plan, side) {
        const drawn = await machine.draw(plan, side)
        if (party === 'left') keys ??= drawn.keys
        return party === 'left' && keys !== undefined ? { ...drawn, keys } : drawn
      },
    }),
  })
  const [one, other] = [house.plan(oneCell), house.plan(oneCell)]
  await house.at.tally.tally.run(one, 'analyst')
  for (const party of ['left', 'tally'] as const) await house.at[party].runner.idle()
  await house.at.tally.tally.run(other, 'analyst')
  await house.untilEnded(other.qid)
  const row = await house.at.tally.store.reader.joinByQid(other.qid)
  const said = new TextDecoder().decode(row?.end?.abort)
  assert.match(said, /"blames":"left","by":"tally","code":"KEY_REUSED"/)
  assert.equal(await codeAt(house, 'tally', one), undefined)
})

test('a message that is not its sender’s to send is dropped, and stops nothing', async () => {
  const way = { isLost: true }
  await using house = await waitingHouse(way)
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  await house.at.right.runner.idle()
  const row = await house.at.left.store.reader.joinByQid(plan.qid)
  const bytes = house.at.left.runs.open(row?.planHash ?? '')?.read('made.commit')
  assert.ok(bytes !== undefined)
  const { right } = house.at
  way.isLost = false
  const send = (from: HouseParty, to: HouseParty, leg: RunLeg): Promise<string> =>
    sendAs(house, { from, to }, { plan, leg, bytes })
  for (const leg of ['M1', 'M2', 'M3', 'M5', 'M7'] as const)
    assert.equal(await send('tally', 'right', leg), 'refused', leg)
  for (const leg of ['M3', 'M4', 'M5', 'M6', 'M7'] as const)
    assert.equal(await send('left', 'right', leg), 'refused', leg)
  // What is the sender's to send, by the path of another row.
  for (const leg of ['M2', 'ABORT'] as const)
    assert.equal(await send('left', 'right', leg), 'refused', leg)
  for (const leg of ['M4', 'M6'] as const)
    assert.equal(await send('tally', 'right', leg), 'refused', leg)
  for (const leg of ['M1', 'M6', 'ABORT'] as const)
    assert.equal(await send('inspector', 'right', leg), 'refused', leg)
  const { planHash: hash = '' } = (await right.store.reader.joinByQid(plan.qid)) ?? {}
  const digest = Buffer.from(sha256(bytes)).toString('base64')
  const kept = await right.store.reader.joinMessages(hash)
  assert.deepEqual(
    kept.filter((one) => one.digest === digest && `${one.party} ${one.leg}` !== 'left M1'),
    [],
  )
  assert.equal((await house.untilEnded(plan.qid)).end?.state, 'done')
})

test('whatever a holder sends after the result, its audit is carried and blames nobody', async () => {
  const way = { isHeld: false }
  let nowMs = Date.now()
  await using house = await openCarryingHouse({
    rows,
    clock: { now: () => (nowMs += 1) },
    onTheWay: (request, { from, to }, send) =>
      way.isHeld && from !== 'tax' && to === 'ombudsman'
        ? Promise.reject(new TypeError('lost'))
        : send(request),
  })
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  await house.untilEnded(plan.qid)
  const flood = async (to: HouseParty, legs: readonly RunLeg[]): Promise<void> => {
    for (let at = 0; at < 40; at += 1)
      for (const leg of legs)
        await sendAs(house, { from: 'left', to }, { plan, leg, bytes: utf8(`{"n":${at}}`) })
  }
  const legs: readonly RunLeg[] = ['M1', 'M2', 'M3', 'M5', 'ABORT']
  const before = [await receivedOf(house, 'tally', plan), await receivedOf(house, 'right', plan)]
  await flood('tally', legs)
  await flood('right', legs)
  // One abort each: that it refuses the table.
  assert.deepEqual(
    [await receivedOf(house, 'tally', plan), await receivedOf(house, 'right', plan)],
    before.map((count) => count + 1),
  )
  const order = { qid: plan.qid, dummiesOf: null, patienceMs: 86_400_000, by: 'desk' } as const
  const { inspector } = house.at
  // What the others show comes after all that this holder has sent.
  way.isHeld = true
  assert.equal((await inspector.auditor.begin(order)).state, 'begun')
  await flood('inspector', ['M7', 'M2', 'M3'])
  way.isHeld = false
  let view = await inspector.auditor.audit(plan.qid)
  for (let tries = 0; tries < 40 && view?.finding === null; tries += 1) {
    for (const { runner } of Object.values(house.at)) await runner.round()
    for (const { runner } of Object.values(house.at)) await runner.idle()
    nowMs += 7_200_000
    view = await inspector.auditor.audit(plan.qid)
  }
  const { finding } = view ?? {}
  assert.ok(finding !== undefined && finding !== null)
  assert.deepEqual(
    finding.findings.filter(({ party }) => party !== 'left'),
    [],
  )
})

test('bytes that were changed on the way are dropped, and the right ones taken afterwards', async () => {
  let changed = 0
  await using house = await openCarryingHouse({
    rows,
    onTheWay: (request, _between, send) => {
      const { pieces } = request
      if (pieces === undefined || changed > 2) return send(request)
      changed += 1
      const wrong = [...pieces].map((piece) =>
        piece.map((byte, at) => (at === 60 ? byte ^ 1 : byte)),
      )
      return send({ ...request, pieces: wrong })
    },
  })
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  const { end } = await house.untilEnded(plan.qid)
  assert.equal(changed, 3)
  assert.equal(end?.state, 'done')
})

/** A message rightly signed by a peer that has no part in the plan. */
function fromStranger(
  house: CarryingHouse,
  { qid }: JoinPlan,
  body: () => AsyncIterable<Uint8Array>,
): ArrivingMessage {
  const { context, authority } = house.at.right
  const { ed25519, randomness } = context
  const seed = randomness.bytes(32)
  const publicKey = ed25519.publicKey(seed)
  const keyId = gatewayKeyId(parseOrganisationId('stranger'), publicKey)
  const target = { method: 'POST', authority, path: `/v1/joins/${qid}/m1` }
  const headers = signRequestHead(
    { ...target, contentType: 'application/json', bodySha256: sha256(utf8('x')) },
    { key: { keyId, seed }, createdAtMs: house.clock.now(), nonce: randomness.bytes(16), ed25519 },
  )
  const consumers = new Map([
    ['stranger', { id: 'stranger', gatewayKeys: new Map([[keyId, publicKey]]) }],
  ])
  return {
    head: { ...target, headers: { ...headers, 'content-length': '1' } },
    place: { qid, leg: 'M1' },
    connection: { consumers, mayAsk: () => true },
    body,
  }
}

test('what is unsigned, of a stranger, too long or of no run leaves no entry and no file', async () => {
  await using house = await waitingHouse()
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  for (const { runner } of Object.values(house.at)) await runner.idle()
  const before = await receivedOf(house, 'right', plan)
  const { right } = house.at
  const sizeBefore = (await right.store.reader.head())?.size
  const place = { qid: plan.qid, leg: 'M1' } as const
  const target = { method: 'POST', authority: right.authority, path: `/v1/joins/${plan.qid}/m1` }
  let reads = 0
  const body = async function* (): AsyncGenerator<Uint8Array, void> {
    await Promise.resolve()
    reads += 1
    yield utf8('x')
  }
  const connection = { consumers: right.context.peers, mayAsk: () => true }
  const unsigned = { ...target, headers: { 'content-length': '1' } }
  assert.equal(
    (await right.runner.receive({ head: unsigned, place, connection, body })).status,
    400,
  )
  assert.equal((await right.runner.receive(fromStranger(house, plan, body))).status, 404)
  const long = new Uint8Array(600_000)
  const sent = await sendAs(house, { from: 'left', to: 'tally' }, { plan, leg: 'M1', bytes: long })
  assert.equal(sent, 'refused')
  const foreign = { ...plan, qid: '00'.repeat(16) }
  const bytes = utf8('{}')
  assert.equal(
    await sendAs(house, { from: 'left', to: 'tally' }, { plan: foreign, leg: 'M1', bytes }),
    'refused',
  )
  assert.equal(reads, 0)
  assert.equal(await receivedOf(house, 'right', plan), before)
  assert.equal((await right.store.reader.head())?.size, sizeBefore)
})

test('a run takes no more than so many messages of one sender: each would be an entry', async () => {
  await using house = await waitingHouse()
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  const outcomes = new Set<string>()
  for (let at = 0; at < 80; at += 1) {
    const bytes = utf8(`{"kind":"join.abort","n":${at}}`)
    outcomes.add(await sendAs(house, { from: 'left', to: 'tally' }, { plan, leg: 'ABORT', bytes }))
  }
  assert.ok(outcomes.has('refused'))
  const { reader } = house.at.tally.store
  const row = await reader.joinByQid(plan.qid)
  const all = await reader.joinMessages(row?.planHash ?? '')
  const own = all.filter(({ direction, party }) => direction === 'received' && party === 'left')
  assert.equal(own.length, 16)
})
