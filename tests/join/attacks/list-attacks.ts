import { packedAt } from '../../../src/crypto/index.ts'
import { UniformDraws } from '../../../src/population/privacy/index.ts'
import { systemRandomness } from '../../../src/platform/index.ts'
import { drawHolderNoise, planHash } from '../../../src/population/psi/index.ts'
import { pointsOf, writeList } from '../../../src/population/psi/messages/index.ts'
import { planTag } from '../../../src/population/psi/plan/index.ts'
import { drawPlaces, sharedCount } from '../../../src/population/psi/points/index.ts'
import {
  type JoinRun,
  memoryOfJoins,
  numbersFrom,
  sampleDeps,
  samplePlan,
  testGroup,
} from '../../../src/testing/join/index.ts'
import { seededRandom } from '../../../src/testing/simulator/index.ts'
import { abortEvidence, type Attempt, counted, type JoinAttack } from './join-attack.ts'
import {
  cellOf,
  deliverKept,
  freshScalar,
  sampleRows,
  sampleRun,
  sampleShared,
  waitingRun,
  withList,
} from './sample-run.ts'

const none = new Uint8Array(0)
const people = 1_000

/** Of 10 % of wrong places 64 draws meet none once in about 1,000 runs, and so never in so many runs in a row. */
const mostRuns = 4

/** Puts every so many of a list's points under a wrong scalar. */
function everyWrong(every: number): (points: Uint8Array) => Uint8Array {
  const wrong = freshScalar()
  return (points) => {
    for (let at = 0; at < points.length / 32; at += every)
      points.set(testGroup.mask(wrong, packedAt(points, at)), 32 * at)
    return points
  }
}

/** The number of a table without and with the wrong places, where nothing is opened. */
function unopened(change: (points: Uint8Array) => Uint8Array): readonly [number, number] {
  const { plan, tally } = sampleRun(samplePlan())
  const lists = [tally.taken['left.remasked'], tally.taken['right.remasked']]
  const [left, right] = lists.map((list) => pointsOf(list ?? none))
  const tau = plan.taus[0] ?? 0
  const before = sharedCount(left ?? none, right ?? none) - tau
  return [before, sharedCount(left ?? none, change((right ?? none).slice())) - tau]
}

/**
 * Right masks a share of left's list under a wrong scalar, so that these people match nobody. The twin compares what it has
 * got; in the product 64 places of each list are opened. What the product overlooks in one run it is given again: it must
 * overlook it every time.
 */
function wrongExponents(percent: number, target: 'product' | 'twin'): Attempt {
  const change = everyWrong(100 / percent)
  if (target === 'twin') {
    let [before, after] = unopened(change)
    for (let runs = 1; runs < mostRuns && after === before; runs += 1)
      [before, after] = unopened(change)
    const got = `a table that says ${after} where it was ${before}`
    return { succeeds: after !== before, got, evidence: 'nothing' }
  }
  const cheated = (): JoinRun => {
    const plan = samplePlan()
    return sampleRun(plan, { tamper: withList(plan, { from: 'right', kind: 'remasked' }, change) })
  }
  let run = cheated()
  for (let runs = 1; runs < mostRuns && run.tally.stopped === undefined; runs += 1) run = cheated()
  const { stopped } = run.tally
  const got = stopped === undefined ? 'a wrong table' : 'no table'
  return { succeeds: stopped === undefined, got, code: stopped?.code, evidence: abortEvidence(run) }
}

/**
 * How often 64 random places of a list find a share of wrong ones, in so many draws of the product's own: out of a seed, so
 * that the figure is the same in every run.
 */
export function foundShare(percent: number, rounds: number, openings = 64): number {
  const draws = new UniformDraws(seededRandom(`places for ${percent} %`))
  const bad = (people * percent) / 100
  let found = 0
  for (let round = 0; round < rounds; round += 1)
    if (drawPlaces(draws, people, openings).some((place) => place < bad)) found += 1
  return found / rounds
}

function fewWrong(target: 'product' | 'twin'): Attempt {
  const rounds = 4_000
  if (target === 'twin') {
    const unseen = foundShare(1, rounds, 0)
    const text = `found in ${(100 * unseen).toFixed(1)} % of ${rounds} draws: nothing is opened`
    return { succeeds: unseen < 0.4, got: text, evidence: 'nothing' }
  }
  const share = foundShare(1, rounds)
  const stated = 1 - (1 - 0.01) ** 64
  const text = `found in ${(100 * share).toFixed(1)} % of ${rounds} draws, ${(100 * stated).toFixed(1)} % stated; else a wrong table, for an audit`
  return {
    succeeds: share < stated - 0.04,
    got: text,
    code: 'OPENING_INVALID',
    evidence: 'abort by tally where it is found',
  }
}

function exactCopies(target: 'product' | 'twin'): Attempt {
  const plan = samplePlan()
  const change = (points: Uint8Array): Uint8Array => {
    for (const at of numbersFrom(8, 16)) points.set(packedAt(points, 7), 32 * at)
    return points
  }
  if (target === 'twin') {
    // A tally that counts places and not points: a person whom it finds nine times is nine.
    const one = freshScalar()
    const times = change(testGroup.base(systemRandomness.bytes(32 * 20)))
    times.set(one, 32 * 7)
    const copied = change(times)
    const matches = numbersFrom(0, 20).filter(
      (at) => Buffer.compare(packedAt(copied, at), one) === 0,
    )
    return {
      succeeds: matches.length > 1,
      got: `one person counted ${matches.length} times`,
      evidence: 'nothing',
    }
  }
  const run = sampleRun(plan, {
    tamper: withList(plan, { from: 'right', kind: 'remasked' }, change),
  })
  const { stopped } = run.tally
  return {
    succeeds: stopped === undefined,
    got: 'no table',
    code: stopped?.code,
    evidence: abortEvidence(run),
  }
}

/** A holder takes away its own noise; with dummies that both know it takes away the other's. */
function allDummies(target: 'product' | 'twin'): Attempt {
  const draws = new UniformDraws(systemRandomness)
  if (target === 'twin') {
    const [pool, tau] = [100, 50]
    const counted = numbersFrom(0, 50).map(() => {
      const honest = new Set(drawPlaces(draws, pool, tau))
      return sampleShared + numbersFrom(0, pool).filter((dummy) => honest.has(dummy)).length - tau
    })
    const exact = counted.filter((one) => one === sampleShared).length
    return {
      succeeds: exact === 50,
      got: `the number itself in ${exact} of 50 runs`,
      evidence: 'nothing',
    }
  }
  const plan = samplePlan()
  const tau = plan.taus[0] ?? 0
  const run = sampleRun(plan, { noise: { right: { used: [tau], padding: [0] } } })
  const read = (cellOf(run) ?? Number.NaN) - tau - tau / 2
  const left = run.noise.left.used[0] ?? Number.NaN
  if (read !== sampleShared + left - tau / 2) throw new TypeError('a cell is people and dummies')
  const exact = numbersFrom(0, 2_000).filter(
    () => drawHolderNoise(plan, 'left', systemRandomness).used[0] === tau / 2,
  ).length
  return {
    succeeds: exact > 1_000,
    got: `the number with the other’s noise, right in ${((100 * exact) / 2_000).toFixed(1)} % of 2000 draws`,
    evidence: 'its signed M1: the root of its dummies, for an audit',
  }
}

/** Left sends the list that it sent in an earlier plan: who is in both lists shows by what both tables have in common. */
function replayed(target: 'product' | 'twin'): Attempt {
  const earlier = waitingRun()
  const old = pointsOf(earlier.holders.left.made.blinded ?? none)
  const plan = samplePlan()
  // The twin hashes people alike in every plan.
  const tag = planTag(target === 'twin' ? earlier.plan : plan)
  const [left, right] = [earlier.holders.left.secrets?.scalar ?? freshScalar(), freshScalar()]
  const own = testGroup.mask(
    left,
    testGroup.mask(right, testGroup.hash(sampleRows.right.flat(), tag)),
  )
  const found = sharedCount(own, testGroup.mask(right, old))
  return {
    succeeds: found > 0,
    got: `${found} of ${sampleShared} people still match`,
    evidence: 'both logs have the digest of either message',
  }
}

function swapped(target: 'product' | 'twin'): Attempt {
  const [run, other] = [waitingRun(), waitingRun()]
  const foreign = other.holders.left.made.blinded ?? none
  // The twin does not read what plan a list is of.
  const head = { kind: 'blinded', planHash: planHash(run.plan), owner: 'left' } as const
  const bytes = target === 'twin' ? writeList(head, pointsOf(foreign)) : foreign
  deliverKept(run, { from: 'left', to: 'right', bytes })
  const { stopped, made } = run.holders.right
  const got =
    made.remasked === undefined
      ? 'no next list'
      : 'the list of another plan, masked under this one’s key'
  return {
    succeeds: made.remasked !== undefined,
    got,
    code: stopped?.code,
    evidence: abortEvidence(run),
  }
}

/** A key that was used in an earlier plan comes again: lists of both plans are under one secret. */
function keyAgain(target: 'product' | 'twin'): Attempt {
  const known = memoryOfJoins()
  const memory = target === 'twin' ? { ...known, claimKey: () => true } : known
  const earlier = waitingRun(samplePlan(), sampleDeps({ memory }))
  const run = waitingRun(samplePlan(), sampleDeps({ memory }))
  const old = earlier.holders.left.made.commit ?? none
  const key: { key: string } = JSON.parse(Buffer.from(old).toString())
  const made: Record<string, unknown> = JSON.parse(
    Buffer.from(run.holders.left.made.commit ?? none).toString(),
  )
  const bytes = new Uint8Array(Buffer.from(JSON.stringify({ ...made, key: key.key })))
  const { commit: _commit, ...taken } = run.holders.right.taken
  const { blinded, commit } = run.holders.right.made
  const before = { ...(commit && { commit }), ...(blinded && { blinded }) }
  run.holders.right = { ...run.holders.right, taken, made: before }
  deliverKept(run, { from: 'left', to: 'right', bytes })
  const { stopped } = run.holders.right
  return {
    succeeds: stopped === undefined,
    got: stopped === undefined ? `${counted(2, 'plan')} under one key` : 'no next list',
    code: stopped?.code,
    evidence: abortEvidence(run),
  }
}

/** Attacks on what is sent and compared. */
export const listAttacks: readonly JoinAttack[] = [
  ...[100, 10].map((percent): JoinAttack => ({
    name: `wrong-exponent-${percent}`,
    who: 'a holder',
    what: `masks ${percent} % of the other’s list under another scalar, so that these people match nobody`,
    stoppedBy: '64 places of each list, opened with proofs',
    twin: 'a tally that compares what it gets',
    attempt: (target) => wrongExponents(percent, target),
  })),
  {
    name: 'wrong-exponent-1',
    who: 'a holder',
    what: 'the same with 1 % of the list',
    stoppedBy: '64 places of each list, opened with proofs',
    twin: 'a tally that compares what it gets',
    attempt: fewWrong,
  },
  {
    name: 'exact-copies',
    who: 'a holder',
    what: 'puts one person into nine places of the list for the tally',
    stoppedBy: 'no point twice in a list',
    twin: 'a tally that counts places',
    attempt: exactCopies,
  },
  {
    name: 'no-noise',
    who: 'a holder',
    what: 'uses all of its dummies, to be left with the number itself',
    stoppedBy: 'each holder’s dummies are its own, and look like people to the other',
    twin: 'a protocol whose dummies both holders know',
    attempt: allDummies,
  },
  {
    name: 'replayed-list',
    who: 'a holder',
    what: 'sends the list of an earlier plan again, to see who is still there',
    stoppedBy: 'people are hashed under the plan’s own tag',
    twin: 'a protocol that hashes people alike every time',
    attempt: replayed,
  },
  {
    name: 'swapped-list',
    who: 'whoever is on the way',
    what: 'exchanges the lists of two plans',
    stoppedBy: 'the plan’s hash in every message',
    twin: 'a holder that does not read it',
    attempt: swapped,
  },
  {
    name: 'key-again',
    who: 'a holder',
    what: 'uses the key of an earlier plan',
    stoppedBy: 'a memory of every key that was seen',
    twin: 'a holder without that memory',
    attempt: keyAgain,
  },
]
