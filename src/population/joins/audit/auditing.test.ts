import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { decodeUtf8, encodeBase64, encodeHex } from '../../../bytes/index.ts'
import { type JoinGroup, packedAt, sha256 } from '../../../crypto/index.ts'
import { readPublicEntry } from '../../../log/index.ts'
import { systemRandomness } from '../../../platform/index.ts'
import {
  type CarryingHouse,
  type CarryingHouseSettings,
  type HouseParty,
  oneCell,
  openCarryingHouse,
  sampleJoinRows,
  testGroup,
} from '../../../testing/join/index.ts'
import {
  isAuditHeld,
  isDrawHeld,
  type JoinFinding,
  type JoinPlan,
  joinPlanBytes,
  planHash,
  type Side,
} from '../../psi/index.ts'
import { writeMessage } from '../../psi/messages/index.ts'
import { deliverMessage } from '../carry/index.ts'
import { messageEntry } from '../join-parties.ts'
import type { JoinMachine } from '../run/index.ts'

const rows = sampleJoinRows()
const dayMs = 86_400_000

/** A clock that a test turns. */
function handClock(): { readonly now: () => number; readonly turn: (ms: number) => void } {
  let nowMs = Date.now()
  return {
    now: () => (nowMs += 1),
    turn: (ms) => {
      nowMs += ms
    },
  }
}

interface Audited {
  readonly house: CarryingHouse
  readonly plan: JoinPlan
  readonly turn: (ms: number) => void
}

/** A house in which a join has run. */
async function joined(settings: Partial<CarryingHouseSettings> = {}): Promise<Audited> {
  const clock = handClock()
  const house = await openCarryingHouse({ rows, clock, ...settings })
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  const { end } = await house.untilEnded(plan.qid)
  assert.equal(end?.state, 'done', JSON.stringify(house.at.tally.reports))
  return { house, plan, turn: clock.turn }
}

const begin = ({ house, plan }: Audited, dummiesOf: Side | null = null) =>
  house.at.inspector.auditor.begin({
    qid: plan.qid,
    dummiesOf,
    patienceMs: dayMs,
    by: 'inspector-desk',
  })

async function findingOf({ house, plan }: Audited): Promise<JoinFinding> {
  await house.untilEnded(plan.qid, ['inspector'])
  const view = await house.at.inspector.auditor.audit(plan.qid)
  const reports = Object.values(house.at).flatMap((one) => one.reports)
  assert.ok(view !== undefined && view.finding !== null, JSON.stringify(reports))
  return view.finding
}

async function audit(one: Audited, dummiesOf: Side | null = null): Promise<JoinFinding> {
  assert.equal((await begin(one, dummiesOf)).state, 'begun')
  return findingOf(one)
}

/** All public entries of a party with this kind. */
async function acts(
  { house }: Audited,
  party: HouseParty,
  kind: string,
): Promise<readonly { readonly name: string; readonly digest: string; readonly body: object }[]> {
  const { reader } = house.at[party].store
  const size = (await reader.head())?.size ?? 0
  const found = []
  for (let index = 0; index < size; index += 1) {
    const entry = await readPublicEntry(reader, index)
    const record = entry && JSON.parse(decodeUtf8(entry.recordBytes))
    if (record?.kind === kind) found.push(record)
  }
  return found
}

async function messagesOf({ house, plan }: Audited, party: HouseParty) {
  const hash = encodeHex(planHash(plan))
  return house.at[party].store.reader.joinMessages(hash)
}

test('a run whose number another one has at the inspector is not audited, and says why', async () => {
  const one = await joined()
  await using _house = one.house
  const { store, context } = one.house.at.inspector
  const { plan } = one
  const begun = await store.writer.commit({
    type: 'join-begin',
    parties: messageEntry({ plan, role: 'inspector', analyst: 'other' }, 'left', context),
    join: {
      planHash: '00'.repeat(32),
      qid: plan.qid,
      role: 'tally',
      analyst: 'other',
      plan: joinPlanBytes(plan),
      signatures: Uint8Array.of(1),
    },
    charge: null,
  })
  assert.ok(begun.type === 'join-begin' && begun.state === 'begun')
  assert.deepEqual(await begin(one), { state: 'refused', code: 'JOIN_AUDIT_NUMBER_TAKEN' })
})

test('an honest run stands its audit: all four logs have it, and nothing is left to open', async () => {
  const one = await joined()
  await using _house = one.house
  const listed = await one.house.at.inspector.auditor.auditable()
  assert.deepEqual(listed.unreachable, [])
  assert.deepEqual(
    listed.runs.map(({ qid, seenAt, isAudited }) => ({ qid, seenAt, isAudited })),
    [{ qid: one.plan.qid, seenAt: ['tax', 'labour', 'housing'], isAudited: false }],
  )
  const finding = await audit(one, 'right')
  assert.deepEqual(finding.findings, [])
  assert.ok(isAuditHeld(finding) && isDrawHeld(finding))
  const { left, right, tally } = finding.parties
  assert.deepEqual([left.places, left.dummies], [64, null])
  assert.equal(right.places, 64)
  assert.ok((right.dummies ?? 0) > 0)
  assert.deepEqual([tally.places, tally.answer], [0, null])

  const published = await acts(one, 'inspector', 'join.audited')
  const row = await one.house.at.inspector.store.reader.joinByQid(one.plan.qid)
  assert.deepEqual(
    published.map(({ name, digest, body }) => ({ name, digest, body })),
    [
      {
        name: one.plan.qid,
        digest: encodeBase64(sha256(row?.end?.result ?? new Uint8Array())),
        body: { holds: true, left: 0, right: 0, tally: 0 },
      },
    ],
  )
  for (const party of ['left', 'right', 'inspector'] as const) {
    const { runs, store, runner } = one.house.at[party]
    await runner.round()
    await runner.idle()
    assert.equal(runs.open(encodeHex(planHash(one.plan))), undefined, party)
    assert.equal((await store.reader.joinByQid(one.plan.qid))?.end?.state, 'destroyed')
  }
  for (const [party, dummies] of [
    ['left', null],
    ['right', right.dummies],
  ] as const) {
    const [opened] = await acts(one, party, 'join.opened')
    assert.deepEqual(opened?.body, { places: 64, dummies })
    assert.equal(
      opened.digest,
      Buffer.from(finding.parties[party].answer ?? '', 'hex').toString('base64'),
    )
  }
  assert.deepEqual(await begin(one), { state: 'held', qid: one.plan.qid })
  await checkLogs(one)
})

/** What one log says of an audit was sent, the other says was received. */
async function checkLogs(one: Audited): Promise<void> {
  const atInspector = await messagesOf(one, 'inspector')
  const legs = atInspector.map(({ direction, party, leg }) => `${direction} ${party} ${leg}`)
  assert.deepEqual(legs.toSorted(), [
    'received left M7',
    'received left M7',
    'received right M2',
    'received right M3',
    'received right M7',
    'received right M7',
    'received tally M7',
    'sent left M7',
    'sent left M7',
    'sent right M7',
    'sent right M7',
    'sent tally M7',
  ])
  const digests = (all: readonly { readonly digest: string }[]): readonly string[] =>
    all.map(({ digest }) => digest).toSorted()
  for (const party of ['left', 'right', 'tally'] as const) {
    const theirs = (await messagesOf(one, party)).filter((row) => row.party === 'inspector')
    assert.deepEqual(digests(theirs), digests(atInspector.filter((row) => row.party === party)))
  }
  const opening = atInspector.filter(({ direction }) => direction === 'sent').slice(0, 3)
  assert.equal(new Set(digests(opening)).size, 1, 'all three get the same bytes')
}

/** A holder that puts another scalar on a share of its rows. */
function tagging(side: Side, share: number): Partial<CarryingHouseSettings> {
  const tag = systemRandomness.bytes(32)
  return {
    machineOf(party, machine): JoinMachine {
      if (party !== side) return machine
      return {
        ...machine,
        begin(run, beginning) {
          const points = beginning.rows.points.slice()
          const tagged = Math.round((points.length / 32) * share)
          for (let at = 0; at < tagged; at += 1)
            points.set(testGroup.mask(tag, packedAt(points, at)), 32 * at)
          return machine.begin(run, { ...beginning, rows: { ...beginning.rows, points } })
        },
      }
    },
  }
}

test('a holder that marks all of its rows is found by its inputs, with the places that show it', async () => {
  const one = await joined(tagging('left', 1))
  await using _house = one.house
  const { findings, parties } = await audit(one)
  assert.ok(findings.length > 10, `${findings.length} of 64 places are rows`)
  assert.ok(findings.every(({ party, code }) => party === 'left' && code === 'INPUT_NOT_MASKED'))
  assert.equal(parties.right.places, 64)
  const [published] = await acts(one, 'inspector', 'join.audited')
  assert.deepEqual(published?.body, { holds: false, left: findings.length, right: 0, tally: 0 })
  const { runs, runner } = one.house.at.inspector
  await runner.round()
  assert.ok(runs.open(encodeHex(planHash(one.plan))) !== undefined, 'what shows it is kept')
  one.turn(8 * dayMs)
  await runner.round()
  assert.equal(runs.open(encodeHex(planHash(one.plan))), undefined)
})

/** A holder one of whose slots is no dummy: the slot matches nobody, or, in an attack, somebody that it knows. */
function inventing(side: Side): Partial<CarryingHouseSettings> {
  const group: JoinGroup = {
    ...testGroup,
    share(scalars, key) {
      const points = testGroup.share(scalars, key).slice()
      points.set(testGroup.base(systemRandomness.bytes(32)))
      return points
    },
  }
  return { groupOf: (party) => (party === side ? group : testGroup) }
}

test('an invented dummy is found with certainty by an audit of that side, and not by one of the other', async () => {
  for (const dummiesOf of ['right', 'left'] as const) {
    const one = await joined(inventing('right'))
    await using _house = one.house
    const { findings } = await audit(one, dummiesOf)
    const found = dummiesOf === 'right' ? [{ party: 'right', code: 'SLOT_NOT_DUMMY', at: 0 }] : []
    assert.deepEqual(findings, found)
  }
})

test('a holder that answers nothing is a finding once patience is over', async () => {
  const one = await joined({
    onTheWay: (request, { from, to }, send) =>
      from === 'tax' && to === 'ombudsman' ? Promise.reject(new TypeError('lost')) : send(request),
  })
  await using _house = one.house
  await begin(one)
  for (let day = 0; day < 2; day += 1) {
    for (let round = 0; round < 5; round += 1)
      for (const { runner } of Object.values(one.house.at)) {
        await runner.round()
        await runner.idle()
      }
    one.turn(dayMs)
  }
  const finding = await findingOf(one)
  assert.deepEqual(finding.findings, [
    { party: 'left', code: 'EVIDENCE_MISSING', at: null },
    { party: 'left', code: 'ANSWER_MISSING', at: null },
  ])
  assert.ok(!isAuditHeld(finding) && isDrawHeld(finding), 'two shares draw as well')
  assert.equal(finding.draw.shares.left, null)
  assert.equal(finding.parties.right.places, 64)
})

test('an audit goes on through a crash of its inspector and of a holder, with the same draw', async () => {
  let isHeld = true
  const one = await joined({
    onTheWay: (request, { to }, send) =>
      isHeld && to === 'ombudsman' ? Promise.reject(new TypeError('held')) : send(request),
  })
  await using _house = one.house
  isHeld = false
  await one.house.at.inspector.auditor.auditable()
  await begin(one)
  isHeld = true
  for (const party of ['inspector', 'left', 'tally'] as const) await one.house.restart(party)
  isHeld = false
  one.turn(120_000)
  const finding = await findingOf(one)
  assert.ok(isAuditHeld(finding) && isDrawHeld(finding))
})

async function refusals(one: Audited, party: HouseParty): Promise<number> {
  const { reports } = one.house.at[party]
  return reports.filter((text) => text.includes('changed nothing')).length
}

/** One run for what opens nothing of it; the last test turns its clock. */
const shared = joined()

after(async () => {
  await (await shared).house[Symbol.asyncDispose]()
})

test('another request and one with too many places are refused, each an entry; another party’s is none', async () => {
  const one = await shared
  const { left, tally, inspector } = one.house.at
  const hash = planHash(one.plan)
  const places = Array.from({ length: 64 }, (_, at) => at)
  const requestOf = (own: readonly number[]): Uint8Array =>
    writeMessage({
      v: 1,
      kind: 'join.audit',
      planHash: hash,
      left: own,
      right: places,
      dummiesOf: null,
    })
  const send = (from: typeof left, bytes: Uint8Array): Promise<string> => {
    const peer = from.context.peers.get('tax')
    assert.ok(peer !== undefined)
    const message = { qid: one.plan.qid, leg: 'M7', isList: false, pieces: () => [bytes] } as const
    const sent = { ...message, sha256: sha256(bytes), length: bytes.length }
    return deliverMessage(sent, peer, from.context)
  }
  const sizeOf = async (): Promise<number> => (await left.store.reader.head())?.size ?? 0
  const refused: string[] = []
  const expectRefusal = async (from: typeof left, bytes: Uint8Array): Promise<void> => {
    const before = await sizeOf()
    assert.equal(await send(from, bytes), 'received')
    await left.runner.idle()
    // The message, and its refusal.
    assert.equal((await sizeOf()) - before, 2)
    refused.push(left.reports.at(-1) ?? '')
  }
  const sizeBefore = await sizeOf()
  assert.equal(await send(tally, requestOf(places)), 'refused')
  assert.equal(await sizeOf(), sizeBefore)
  await expectRefusal(inspector, requestOf(places.slice(1)))
  await expectRefusal(inspector, requestOf([...places, 64]))
  await expectRefusal(inspector, requestOf([...places.slice(1), 190_000_000]))
  assert.equal(await send(inspector, requestOf(places)), 'received')
  await left.runner.idle()
  await expectRefusal(inspector, requestOf(places.map((place) => place + 1)))
  assert.equal(await refusals(one, 'left'), 4)
  assert.deepEqual(
    refused.map((text) => text.split(':', 1)[0]),
    ['CHALLENGE_WRONG', 'MESSAGE_MALFORMED', 'CHALLENGE_WRONG', 'MESSAGE_CHANGED'],
  )
})

test('an organisation that no plan names as inspector is told of no run', async () => {
  const one = await shared
  const { runs } = await one.house.at.tally.auditor.auditable()
  assert.deepEqual(runs, [])
  const begun = await one.house.at.tally.auditor.begin({
    qid: '0'.repeat(32),
    dummiesOf: null,
    patienceMs: dayMs,
    by: 'desk',
  })
  assert.deepEqual(begun, { state: 'refused', code: 'JOIN_AUDIT_UNKNOWN' })
})

test('a run that nobody has signed is not audited, whatever its tally shows', async () => {
  const one = await shared
  const { tally, inspector } = one.house.at
  const plan = one.house.plan(oneCell)
  const join = {
    qid: plan.qid,
    planHash: encodeHex(planHash(plan)),
    role: 'tally',
    analyst: 'analyst',
    plan: joinPlanBytes(plan),
    signatures: (await tally.store.reader.joinByQid(one.plan.qid))?.signatures ?? new Uint8Array(),
  } as const
  const parties = messageEntry({ ...join, plan }, 'left', tally.context)
  await tally.store.writer.commit({ type: 'join-begin', parties, join, charge: null })
  const end = { state: 'done', code: null, result: Uint8Array.of(1), abort: undefined } as const
  const ending = { parties, planHash: join.planHash, end, resultDigest: null }
  await tally.store.writer.commit({ type: 'join-end', ...ending })
  assert.equal((await inspector.auditor.auditable()).runs[0]?.qid, plan.qid)
  assert.deepEqual(await begin({ ...one, plan }), {
    state: 'refused',
    code: 'JOIN_AUDIT_UNSIGNED',
  })
})

test('after its week a run is listed nowhere, and takes no audit', async () => {
  const one = await shared
  one.turn(7 * dayMs)
  const { runs } = await one.house.at.inspector.auditor.auditable()
  assert.deepEqual(runs, [])
  assert.deepEqual(await begin(one), { state: 'refused', code: 'JOIN_AUDIT_UNKNOWN' })
})
