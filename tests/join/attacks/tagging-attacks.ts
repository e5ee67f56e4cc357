import { concatBytes } from '../../../src/bytes/index.ts'
import { packedAt, packedCount } from '../../../src/crypto/index.ts'
import { listKind, pointsOf, writeList } from '../../../src/population/psi/messages/index.ts'
import { type HolderState, planHash } from '../../../src/population/psi/index.ts'
import { planTag } from '../../../src/population/psi/plan/index.ts'
import {
  numbersFrom,
  people,
  runJoin,
  samplePlan,
  testGroup,
} from '../../../src/testing/join/index.ts'
import { type TaggingHolder, taggingHolder } from '../tagging-holder.ts'
import type { Attempt, JoinAttack } from './join-attack.ts'
import { freshScalar } from './sample-run.ts'

const own = people(...numbersFrom(0, 256))
/** 121 of the attacker's 256 people are in the other register, with as many others. */
const peers = people(...numbersFrom(135, 377))
const members = numbersFrom(135, 256)
const scalars = (): Uint8Array[] => Array.from({ length: 9 }, freshScalar)

function attemptOf(found: readonly number[], evidence: string): Attempt {
  const right = found.filter((one) => members.includes(one)).length
  const got = `${right} of ${members.length} members, ${found.length - right} wrong, of ${own.length} tried`
  return { succeeds: right > 0, got, evidence }
}

/** Two parties, of whom the one that counts is a holder as well: masks, sorts, and gives back. */
function twoParties(): Attempt {
  const tag = planTag(samplePlan())
  const scalar = freshScalar()
  const attacker = taggingHolder(testGroup, testGroup.hash(own, tag), scalars())
  const masked = testGroup.mask(scalar, attacker.points)
  const each = Array.from({ length: packedCount(masked) }, (_, at) => packedAt(masked, at))
  const answer = concatBytes(...each.toSorted((a, b) => Buffer.compare(a, b)))
  const setup = testGroup.mask(scalar, testGroup.hash(peers, tag))
  return attemptOf(attacker.recover(setup, [answer]), 'nothing: a run like any other')
}

/** The same attacker as a holder of a join; `colludes`: with the tally's lists in its hands. */
function asHolder({ colludes }: { readonly colludes: boolean }): Attempt {
  const capacity = { kind: 'capacity', left: [1_400], right: [400] }
  const plan = samplePlan({ padding: capacity })
  const attacker: TaggingHolder = taggingHolder(
    testGroup,
    testGroup.hash(own, planTag(plan)),
    scalars(),
  )
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
  const heard = run.carried.filter(({ to }) => to === 'left').map(({ bytes }) => bytes)
  const list = heard.find((bytes) => listKind(bytes) === 'blinded')
  if (list === undefined) throw new TypeError('a holder has its peer’s list')
  const rest = heard.filter((bytes) => bytes !== list)
  const tallys = run.tally.taken['right.remasked'] ?? new Uint8Array(49)
  const found = attacker.recover(pointsOf(list), colludes ? [...rest, tallys] : rest)
  return attemptOf(found, 'its signed M1: the root of its inputs, for an audit')
}

/** A holder that marks its own people. */
export const taggingAttacks: readonly JoinAttack[] = [
  {
    name: 'tagging',
    who: 'a holder',
    what: 'masks each of its people with scalars of their own, and looks for these marks in whatever comes back',
    stoppedBy: 'the one who counts holds no register, and sends no list back',
    twin: 'a protocol of two that only counts',
    attempt: (target) => (target === 'twin' ? twoParties() : asHolder({ colludes: false })),
  },
  {
    name: 'collusion',
    who: 'a holder with the tally',
    what: 'the same marks, with the tally’s lists in its hands',
    stoppedBy: 'NOTHING: an audit of inputs may find it afterwards',
    twin: 'a protocol of two that only counts',
    attempt: (target) => (target === 'twin' ? twoParties() : asHolder({ colludes: true })),
  },
]
