import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concatBytes } from '../../src/bytes/index.ts'
import { packedAt, packedCount } from '../../src/crypto/index.ts'
import { systemRandomness } from '../../src/platform/index.ts'
import { planTag } from '../../src/population/psi/plan/index.ts'
import { listKind, pointsOf, writeList } from '../../src/population/psi/messages/index.ts'
import { type HolderState, planHash } from '../../src/population/psi/index.ts'
import {
  numbersFrom,
  people,
  runJoin,
  samplePlan,
  testGroup,
} from '../../src/testing/join/index.ts'
import { taggingHolder } from './tagging-holder.ts'

const own = people(...numbersFrom(0, 256))
/** 121 of the attacker's 256 people are in the other register, with as many others. */
const peers = people(...numbersFrom(135, 377))
const members = numbersFrom(135, 256)

function scalars(): Uint8Array[] {
  return Array.from({ length: 9 }, () => systemRandomness.bytes(32))
}

/**
 * The twin: two parties, of whom the one that counts is a holder as well. The server masks what the client sends, sorts it
 * so that no order tells anything, and returns it beside its own masked list: the size of the intersection and no more.
 */
function countingServer(list: readonly Uint8Array[], tag: Uint8Array) {
  const scalar = systemRandomness.bytes(32)
  const setup = testGroup.mask(scalar, testGroup.hash(list, tag))
  return {
    setup,
    answer(points: Uint8Array): Uint8Array {
      const masked = testGroup.mask(scalar, points)
      const each = Array.from({ length: packedCount(masked) }, (_, at) => packedAt(masked, at))
      return concatBytes(...each.toSorted((a, b) => Buffer.compare(a, b)))
    },
  }
}

test('from a two-party protocol that only counts, marks recover every member in one run', () => {
  const tag = planTag(samplePlan())
  const server = countingServer(peers, tag)
  const attacker = taggingHolder(testGroup, testGroup.hash(own, tag), scalars())
  const found = attacker.recover(server.setup, [server.answer(attacker.points)])
  assert.deepEqual(
    found.toSorted((a, b) => a - b),
    members,
  )
  console.log(
    `two parties: ${found.length} of ${members.length} members recovered, ${own.length} tried`,
  )
})

test('the same attacker as a holder of a join recovers none of 256', () => {
  const capacity = { kind: 'capacity', left: [1_400], right: [400] }
  const plan = samplePlan({ padding: capacity })
  const attacker = taggingHolder(testGroup, testGroup.hash(own, planTag(plan)), scalars())
  // It fills its list with marked points, and leaves the places behind them as they were.
  const marked = (list: Uint8Array): Uint8Array => {
    const points = pointsOf(list).slice()
    points.set(attacker.points.subarray(0, 32 * 1_400))
    return writeList({ kind: 'blinded', planHash: planHash(plan), owner: 'left' }, points)
  }
  const corrupt = (state: HolderState): HolderState =>
    state.side === 'left' && state.taken.commit === undefined && state.made.blinded !== undefined
      ? { ...state, made: { ...state.made, blinded: marked(state.made.blinded) } }
      : state
  const run = runJoin(plan, { rows: { left: [[]], right: [peers] }, corrupt })
  assert.ok(attacker.points.length <= 32 * 1_400)
  const heard = run.carried.filter(({ to }) => to === 'left').map(({ bytes }) => bytes)
  const list = heard.find((bytes) => listKind(bytes) === 'blinded')
  assert.ok(list !== undefined && run.holders.left.taken.result !== undefined)
  const rest = heard.filter((bytes) => bytes !== list)
  const found = attacker.recover(pointsOf(list), rest)
  assert.deepEqual(found, [])
  // What the tally sees would tell, to whoever has both its lists and the marks' scalars: collusion is not stopped.
  const returned = run.tally.taken['right.remasked'] ?? list
  assert.deepEqual(
    attacker.recover(pointsOf(list), [returned]).toSorted((a, b) => a - b),
    members,
  )
  console.log(`a join: ${found.length} of ${own.length} recovered`)
})
