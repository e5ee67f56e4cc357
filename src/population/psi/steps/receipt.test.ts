import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concatBytes, decodeHex, decodeUtf8, utf8 } from '../../../bytes/index.ts'
import {
  type Carried,
  type JoinRun,
  memoryOfJoins,
  people,
  runJoin,
  sampleDeps,
  samplePlan,
  testGroup,
} from '../../../testing/join/index.ts'
import type { JoinFaultCode } from '../join-error.ts'
import { readResult } from './check-result.ts'
import { destroyTally } from './destroy.ts'
import type { HolderStep } from './begin-holder.ts'
import { holderReceives } from './holder-receives.ts'
import { type HolderState, holderWaitsFor } from './holder-state.ts'
import type { JoinMemory, Received } from './join-step.ts'
import { messageKind } from './message-kind.ts'
import { tallyReceives, type TallyStep } from './tally-receives.ts'
import type { TallyState, TallyTaken } from './tally-state.ts'

const rows = { left: [people(1, 2, 3)], right: [people(2, 3, 4)] }
type Change = (bytes: Uint8Array) => Uint8Array
const head = 49

/** Puts points over those at the start of a list. */
const points =
  (...put: readonly Uint8Array[]): Change =>
  (bytes) =>
    concatBytes(bytes.subarray(0, head), ...put, bytes.subarray(head + 32 * put.length))
const bytes32 = (...first: readonly number[]): Uint8Array =>
  Uint8Array.of(...first, ...new Uint8Array(32 - first.length))
const json =
  (change: (message: Record<string, unknown>) => object): Change =>
  (bytes) =>
    utf8(JSON.stringify(change(JSON.parse(decodeUtf8(bytes)))))

/** Runs a plan in which one message from left arrives changed. */
function runWith(kind: string, to: string, change: Change): JoinRun {
  return runJoin(samplePlan(), {
    rows,
    tamper: (message) =>
      message.from === 'left' && message.to === to && messageKind(message.bytes) === kind
        ? { ...message, bytes: change(message.bytes) }
        : message,
  })
}

const orderTwo = decodeHex('12c7711cc7711cc7711cc7711cc7711cc7711cc7711cc7711cc7711cc7711c47')
const nine = bytes32(9)
const another = testGroup.base(new Uint8Array(32).fill(3))

const atHolder: readonly [JoinFaultCode, 'commit' | 'blinded', Change][] = [
  ['LENGTH_WRONG', 'blinded', (bytes) => bytes.subarray(0, bytes.length - 32)],
  ['LENGTH_WRONG', 'blinded', (bytes) => concatBytes(bytes, another)],
  ['LENGTH_WRONG', 'blinded', (bytes) => bytes.subarray(0, bytes.length - 1)],
  ['POINT_NOT_CANONICAL', 'blinded', points(bytes32(9).with(31, 0x80))],
  ['POINT_NOT_CANONICAL', 'blinded', points(bytes32(0xf6).fill(0xff, 1).with(31, 0x7f))],
  ['POINT_REPEATED', 'blinded', points(another, another)],
  ['POINT_OFF_CURVE', 'blinded', points(bytes32(2))],
  ['POINT_SMALL_ORDER', 'blinded', points(bytes32(1))],
  ['POINT_SMALL_ORDER', 'blinded', points(bytes32(0))],
  ['POINT_ALIASED', 'blinded', points(nine, orderTwo)],
  ['MESSAGE_MALFORMED', 'blinded', (bytes) => bytes.with(48, 1)],
  ['PLAN_MISMATCH', 'blinded', (bytes) => bytes.with(20, (bytes[20] ?? 0) ^ 1)],
  ['PLAN_MISMATCH', 'commit', json((message) => ({ ...message, planHash: '0'.repeat(64) }))],
  ['MESSAGE_MALFORMED', 'commit', json((message) => ({ ...message, extra: 1 }))],
  ['SIZE_WRONG', 'commit', json((message) => ({ ...message, sizes: [199] }))],
  ['SIZE_WRONG', 'commit', json((message) => ({ ...message, sizes: [200, 200] }))],
  ['POINT_OFF_CURVE', 'commit', json((message) => ({ ...message, key: `02${'0'.repeat(62)}` }))],
  ['POINT_SMALL_ORDER', 'commit', json((message) => ({ ...message, key: `01${'0'.repeat(62)}` }))],
  ['POINT_NOT_CANONICAL', 'commit', json((message) => ({ ...message, key: 'f'.repeat(64) }))],
]

const honest = runJoin(samplePlan(), { rows })

/** Right, just before left's message of this kind. */
function rightBefore(kind: 'commit' | 'blinded'): HolderState {
  const { right } = honest.holders
  const { commit, blinded, ownList } = right.made
  const taken = kind === 'commit' ? {} : { commit: right.taken.commit ?? nine }
  const made = { commit: commit ?? nine, blinded: blinded ?? nine }
  return {
    ...right,
    ...(right.secrets && { secrets: { ...right.secrets, outputs: new Uint32Array(0) } }),
    made: kind === 'commit' ? made : { ...made, ownList: ownList ?? nine },
    taken,
  }
}

for (const [at, [code, kind, change]] of atHolder.entries()) {
  test(`a holder refuses ${kind} with its own fault: ${code}, case ${at}`, () => {
    const sent = honest.holders.left.made[kind] ?? nine
    const arrives = (bytes: Uint8Array): HolderStep =>
      holderReceives(rightBefore(kind), { from: 'left', bytes }, honest.deps.right)
    const { state, send } = arrives(change(sent))
    assert.deepEqual(state.stopped, { code, by: 'right', blames: 'left' })
    assert.deepEqual(send.length, 1)
    assert.equal(JSON.parse(decodeUtf8(send[0]?.bytes ?? nine)).code, code)
    assert.equal(arrives(sent).state.stopped, undefined)
  })
}

/** Left after M1 of its peer and before M2, or after both and before M4. */
function leftBefore(kind: 'blinded' | 'challenge'): HolderState {
  const { left } = honest.holders
  const { result: _result, challenge: _challenge, ...heard } = left.taken
  const { openings: _openings, ...made } = left.made
  if (kind === 'challenge') return { ...left, made, taken: heard }
  const { peerList: _peers, remasked: _remasked, ...own } = made
  return { ...left, made: own, taken: { commit: heard.commit ?? nine } }
}

/** The places of a challenge for left, which masked the list of right. */
function placesOf(challenge: Uint8Array): number[] {
  const { right }: { right: number[] } = JSON.parse(decodeUtf8(challenge))
  return right
}

const challenge = honest.tally.made.challenge ?? nine
const misplaced: readonly [JoinFaultCode, HolderState, Received, string][] = [
  ['CHALLENGE_WRONG', leftBefore('challenge'), fromTally(fewer(63)), 'a place too few'],
  ['CHALLENGE_WRONG', leftBefore('challenge'), fromTally(fewer(0)), 'no place'],
  ['CHALLENGE_WRONG', leftBefore('challenge'), fromTally(beyond()), 'a place beyond the list'],
  ['MESSAGE_UNEXPECTED', leftBefore('blinded'), fromTally(challenge), 'M4 before M2'],
  ['MESSAGE_UNEXPECTED', leftBefore('challenge'), fromTally(resultOf()), 'M6 before M4'],
  ['MESSAGE_UNEXPECTED', leftBefore('blinded'), fromTally(sentByRight('blinded')), 'M2 of a tally'],
  ['MESSAGE_UNEXPECTED', leftBefore('challenge'), fromRight(challenge), 'M4 of a holder'],
  ['MESSAGE_CHANGED', leftBefore('blinded'), fromRight(other('commit')), 'another M1'],
  ['MESSAGE_CHANGED', leftBefore('challenge'), fromRight(other('blinded')), 'another M2'],
]

function fromTally(bytes: Uint8Array): Received {
  return { from: 'tally', bytes }
}

function fromRight(bytes: Uint8Array): Received {
  return { from: 'right', bytes }
}

function fewer(count: number): Uint8Array {
  return json((all) => ({ ...all, right: placesOf(challenge).slice(0, count) }))(challenge)
}

function beyond(): Uint8Array {
  const places = placesOf(challenge).slice(0, -1)
  return json((all) => ({ ...all, right: [...places, 250] }))(challenge)
}

function resultOf(): Uint8Array {
  return honest.tally.made.result ?? nine
}

function sentByRight(kind: 'commit' | 'blinded'): Uint8Array {
  return honest.holders.right.made[kind] ?? nine
}

function other(kind: 'commit' | 'blinded'): Uint8Array {
  const sent = sentByRight(kind)
  return kind === 'blinded'
    ? points(another)(sent)
    : json((all) => ({ ...all, sizes: [400] }))(sent)
}

for (const [code, state, message, what] of misplaced) {
  test(`a holder that gets ${what} from ${message.from} stops with ${code}`, () => {
    const step = holderReceives(state, message, honest.deps.left)
    assert.deepEqual(step.state.stopped, { code, by: 'left', blames: message.from })
    const [abort] = step.send
    assert.deepEqual(abort?.to, ['right', 'tally', 'analyst'])
    const { code: told, blames }: Record<string, string> = JSON.parse(decodeUtf8(abort.bytes))
    assert.deepEqual([told, blames], [code, message.from])
    assert.equal(step.state.made.openings, state.made.openings)
    // What belongs there is taken in the same state.
    const kind = holderWaitsFor(state)
    const right = kind === 'blinded' ? fromRight(sentByRight('blinded')) : fromTally(challenge)
    assert.equal(holderReceives(state, right, honest.deps.left).state.stopped, undefined)
  })
}

test('everybody learns of a fault, and nobody gets a table', () => {
  const run = runWith('blinded', 'right', points(bytes32(2)))
  const stop = { code: 'POINT_OFF_CURVE', by: 'right', blames: 'left' }
  for (const { stopped } of [run.holders.left, run.holders.right, run.tally])
    assert.deepEqual(stopped, stop)
  assert.equal(run.tally.made.result, undefined)
  const abort = run.carried.find(({ bytes }) => messageKind(bytes) === 'abort')
  assert.ok(abort !== undefined && decodeUtf8(abort.bytes).includes('POINT_OFF_CURVE'))
})

test('an unchanged run stops for nobody', () => {
  const { left, right } = honest.holders
  assert.equal(left.stopped ?? right.stopped ?? honest.tally.stopped, undefined)
})

for (const [kind, attacker, code] of [
  ['commit', 'right', 'KEY_REFLECTED'],
  ['blinded', 'left', 'POINT_REFLECTED'],
] as const) {
  test(`what the receiver sent itself comes back to it in a ${kind}: ${code}`, () => {
    let own: Uint8Array | undefined
    const tamper = (message: Carried): Carried => {
      const { from, to, bytes } = message
      if (messageKind(bytes) !== kind || to === 'tally') return message
      if (from !== attacker) {
        own = bytes
        return message
      }
      assert.ok(own !== undefined, 'the receiver came first')
      const sent = own
      const change =
        kind === 'commit'
          ? json((all) => ({ ...all, key: JSON.parse(decodeUtf8(sent)).key }))
          : points(sent.subarray(head + 64, head + 96))
      return { ...message, bytes: change(bytes) }
    }
    const run = runJoin(samplePlan(), { rows, tamper })
    assert.equal(run.tally.stopped?.code, code)
    assert.equal(run.tally.stopped.blames, attacker)
  })
}

test('a tally refuses a key that served another plan as M1 comes, whatever comes after it', () => {
  let arriving: Carried | undefined
  // As a log knows it: of the message that is being processed, and of no other.
  const memory: JoinMemory = {
    claimPlan: () => true,
    claimKey: () => arriving?.from !== 'left' || messageKind(arriving.bytes) !== 'commit',
  }
  const run = runJoin(samplePlan(), {
    rows,
    deps: { tally: sampleDeps({ memory }) },
    tamper: (message) => {
      if (message.to === 'tally') arriving = message
      return message
    },
  })
  assert.deepEqual(run.tally.stopped, { by: 'tally', code: 'KEY_REUSED', blames: 'left' })
  assert.equal(run.tally.made.result, undefined)
})

test('a key that served another plan is refused, and so is a plan that ran', () => {
  const deps = sampleDeps({ memory: memoryOfJoins() })
  const stop = (message: Carried): Carried[] =>
    messageKind(message.bytes) === 'blinded' ? [] : [message]
  const first = runJoin(samplePlan(), { rows, deps: { right: deps }, tamper: stop })
  const key: unknown = JSON.parse(decodeUtf8(first.holders.left.made.commit ?? nine)).key
  const second = runJoin(samplePlan(), {
    rows,
    deps: { right: deps },
    tamper: (message) =>
      message.from === 'left' && message.to === 'right' && messageKind(message.bytes) === 'commit'
        ? { ...message, bytes: json((all) => ({ ...all, key }))(message.bytes) }
        : message,
  })
  assert.equal(second.holders.right.stopped?.code, 'KEY_REUSED')
  assert.throws(() => runJoin(first.plan, { rows, deps: { right: deps } }), { code: 'PLAN_RAN' })
  const late = sampleDeps({ clock: { now: () => 1_000_000 } })
  assert.throws(() => runJoin(samplePlan(), { rows, deps: { left: late } }), {
    code: 'PLAN_EXPIRED',
  })
})

const atTally: readonly [JoinFaultCode, TallyTaken, Change, string | null][] = [
  ['LENGTH_WRONG', 'left.remasked', (bytes) => bytes.subarray(0, bytes.length - 32), 'left'],
  ['POINT_REPEATED', 'left.remasked', points(another, another), 'left'],
  ['POINT_NOT_CANONICAL', 'left.remasked', points(bytes32(9).with(31, 0x80)), 'left'],
  ['PLAN_MISMATCH', 'left.remasked', (bytes) => bytes.with(20, (bytes[20] ?? 0) ^ 1), 'left'],
  ['LIST_DISPUTED', 'left.list.left', json((all) => ({ ...all, root: '0'.repeat(64) })), null],
  ['LIST_DISPUTED', 'left.list.left', json((all) => ({ ...all, commit: '0'.repeat(64) })), null],
  ['SIZE_WRONG', 'left.commit', json((all) => ({ ...all, sizes: [1] })), 'left'],
]

/** The openings of a message, the last one changed; a sign of 2 turns it round. */
function opened(all: Record<string, unknown>, change: { sign?: number; output?: number }): unknown {
  const openings = all['openings']
  assert.ok(Array.isArray(openings))
  const last: Record<string, unknown> = openings.at(-1)
  const sign = change.sign === 2 ? 1 - Number(last['sign']) : last['sign']
  return [...openings.slice(0, -1), { ...last, sign, output: change.output ?? last['output'] }]
}

for (const [at, [code, kind, change, blames]] of atTally.entries()) {
  test(`the tally refuses ${kind}: ${code}, case ${at}`, () => {
    const { 'left.openings': _left, 'right.openings': _right, ...lists } = honest.tally.taken
    const { [kind]: sent, ...taken } = lists as TallyState['taken']
    const before = { ...honest.tally, taken, made: {} }
    const arrives = (bytes: Uint8Array): TallyStep =>
      tallyReceives(before, { from: 'left', bytes }, honest.deps.tally)
    const { state, send } = arrives(change(sent ?? nine))
    assert.deepEqual(state.stopped, { code, by: 'tally', blames })
    assert.deepEqual(send[0]?.to, ['left', 'right', 'analyst'])
    assert.ok(arrives(sent ?? nine).state.made.challenge !== undefined)
  })
}

test('two that find a fault at the same time do not answer each other’s aborts for ever', () => {
  const spoil = points(bytes32(2))
  const delivered: Carried[] = []
  const run = runJoin(samplePlan(), {
    rows,
    tamper: (message) => {
      const isList = messageKind(message.bytes) === 'blinded'
      assert.ok(delivered.push(message) < 100, 'messages go round in circles')
      return isList ? { ...message, bytes: spoil(message.bytes) } : message
    },
  })
  assert.equal(run.holders.left.stopped?.by, 'left')
  assert.equal(run.holders.right.stopped?.by, 'right')
})

test('openings that are none too few, of another sign, of one output twice or at no place, are refused', () => {
  const { 'left.openings': sent, ...taken } = honest.tally.taken
  const { result: _result, ...made } = honest.tally.made
  const before = { ...honest.tally, taken, made }
  const arrives = (change: Change): TallyState =>
    tallyReceives(before, { from: 'left', bytes: change(sent ?? nine) }, honest.deps.tally).state
  assert.deepEqual(arrives((bytes) => bytes).made.result, honest.tally.made.result)
  const firstOutput = (all: Record<string, unknown>): number => {
    const openings = all['openings']
    assert.ok(Array.isArray(openings))
    return Number(openings[0]?.output)
  }
  for (const change of [
    json((all) => ({ ...all, openings: [] })),
    json((all) => ({ ...all, openings: opened(all, { sign: 2 }) })),
    json((all) => ({ ...all, openings: opened(all, { output: firstOutput(all) }) })),
    json((all) => ({ ...all, openings: opened(all, { output: 10_000 }) })),
  ]) {
    const { stopped, made: after } = arrives(change)
    assert.deepEqual(stopped, { code: 'OPENING_INVALID', by: 'tally', blames: 'left' })
    assert.equal(after.result, undefined)
  }
})

test('a table of another shape, interval or about other lists is refused by a holder', () => {
  const { result, ...taken } = honest.holders.left.taken
  const before = { ...honest.holders.left, taken }
  const [part] = readResult(honest.plan, result ?? nine).parts
  for (const change of [
    json((all) => ({ ...all, parts: [{ ...part, cells: [[1, 2]] }] })),
    json((all) => ({ ...all, parts: [{ ...part, cells: [[-51]] }] })),
    json((all) => ({ ...all, parts: [{ ...part, halfWidth: 1 }] })),
    json((all) => ({ ...all, parts: [part, part] })),
    json((all) => ({ ...all, roots: { left: '0'.repeat(64), right: '0'.repeat(64) } })),
  ]) {
    const message = { from: 'tally', bytes: change(result ?? nine) } as const
    const { state, send } = holderReceives(before, message, honest.deps.left)
    assert.deepEqual(state.stopped, { code: 'RESULT_WRONG', by: 'left', blames: 'tally' })
    assert.equal(send.length, 1)
  }
})

test('after the result nothing stops a plan or changes its table, and strangers stop none', () => {
  const { holders, tally, deps } = honest
  const commit = holders.left.made.commit ?? nine
  const changed = json((all) => ({ ...all, sizes: [400] }))(commit)
  for (const bytes of [changed, utf8('{}'), commit.slice(1)])
    assert.throws(() => tallyReceives(tally, { from: 'left', bytes }, deps.tally))
  for (const from of ['analyst', 'inspector', 'tally'] as const)
    assert.throws(() => tallyReceives(tally, { from, bytes: commit }, deps.tally), {
      code: 'MESSAGE_UNEXPECTED',
    })
  const again = { from: 'left', bytes: (holders.left.made.remasked ?? nine).slice() } as const
  assert.throws(() => tallyReceives(destroyTally(tally), again, deps.tally), {
    code: 'MESSAGE_UNEXPECTED',
  })
})
