import { concatBytes, decodeHex } from '../../../src/bytes/index.ts'
import { packedAt, packedCount } from '../../../src/crypto/index.ts'
import { pointsOf, writeList } from '../../../src/population/psi/messages/index.ts'
import { planHash } from '../../../src/population/psi/index.ts'
import { testGroup } from '../../../src/testing/join/index.ts'
import { abortEvidence, type Attempt, counted, type JoinAttack } from './join-attack.ts'
import { deliverKept, freshScalar, waitingRun } from './sample-run.ts'

/*
 * Points that come out of masking as something that whoever sees the next list knows again: marks, which go through any
 * shuffle. The twin masks what it gets.
 */

const bytes32 = (...first: readonly number[]): Uint8Array =>
  Uint8Array.of(...first, ...new Uint8Array(32 - first.length))

const onCurve = (): Uint8Array => testGroup.base(freshScalar())

function onTwist(): Uint8Array {
  for (;;) {
    const point = freshScalar()
    point[31] = (point[31] ?? 0) & 0x3f
    if (testGroup.firstOffCurve(point) >= 0) return point
  }
}

/** u and u + p are one point; only below 19 is there room for both. */
const nine = bytes32(9)
const nineAgain = new Uint8Array(32).fill(0xff).with(0, 0xf6).with(31, 0x7f)
const orderTwo = decodeHex('12c7711cc7711cc7711cc7711cc7711cc7711cc7711cc7711cc7711cc7711c47')

/** How many outputs are repeated, are no point of the curve, or are all zeros. */
const seenMarks = {
  repeated(outputs: Uint8Array): number {
    const each = Array.from({ length: packedCount(outputs) }, (_, at) =>
      Buffer.from(packedAt(outputs, at)).toString('hex'),
    )
    return each.length - new Set(each).size
  },
  offCurve: (outputs: Uint8Array): number =>
    Array.from({ length: packedCount(outputs) }, (_, at) =>
      testGroup.firstOffCurve(packedAt(outputs, at)),
    ).filter((found) => found >= 0).length,
  zero: (outputs: Uint8Array): number =>
    Array.from({ length: packedCount(outputs) }, (_, at) => packedAt(outputs, at)).filter((point) =>
      point.every((byte) => byte === 0),
    ).length,
}

interface Marks {
  readonly name: string
  readonly what: string
  readonly check: string
  readonly points: () => readonly Uint8Array[]
  readonly seen: keyof typeof seenMarks
}

const marks: readonly Marks[] = [
  {
    name: 'twist',
    what: 'puts eight points of the twist into its list: masked ones are of the twist again',
    check: 'the curve equation of every point on receipt',
    points: () => Array.from({ length: 8 }, onTwist),
    seen: 'offCurve',
  },
  {
    name: 'small-order',
    what: 'puts a point of small order into its list: masked, it is 32 zeros',
    check: 'a masked point of zeros',
    points: () => [bytes32(1)],
    seen: 'zero',
  },
  {
    name: 'second-encoding',
    what: 'sends one person in two encodings, u and u + p: masked, both are one point',
    check: 'one encoding a point, u below p',
    points: () => [nine, nineAgain],
    seen: 'repeated',
  },
  {
    name: 'top-bit',
    what: 'sends one person with and without the top bit, which masking does not look at',
    check: 'one encoding a point, top bit clear',
    points: () => {
      const point = onCurve()
      return [point, point.with(31, (point[31] ?? 0) | 0x80)]
    },
    seen: 'repeated',
  },
  {
    name: 'copies',
    what: 'puts one person into its list nine times, so that a match counts nine',
    check: 'no point twice in a list',
    points: () =>
      Array.from(
        { length: 9 },
        (
          (one) => () =>
            one
        )(onCurve()),
      ),
    seen: 'repeated',
  },
  {
    name: 'aliased',
    what: 'sends one person with and without a part of small order: masked, both are one point',
    check: 'no two outputs alike',
    points: () => [nine, orderTwo],
    seen: 'repeated',
  },
]

function attemptWith({ points, seen }: Marks, target: 'product' | 'twin'): Attempt {
  const run = waitingRun()
  const { left, right } = run.holders
  const made = points()
  const first = pointsOf(left.made.blinded ?? new Uint8Array(49))
  const list = concatBytes(...made, first.subarray(32 * made.length))
  const spoken = (found: number): string =>
    `${counted(found, 'mark')} in the next list of ${packedCount(list)} points`
  if (target === 'twin') {
    const found = seenMarks[seen](testGroup.mask(right.secrets?.scalar ?? freshScalar(), list))
    return { succeeds: found > 0, got: spoken(found), evidence: 'nothing' }
  }
  const head = { kind: 'blinded', planHash: planHash(run.plan), owner: 'left' } as const
  deliverKept(run, { from: 'left', to: 'right', bytes: writeList(head, list) })
  const { stopped, made: after } = run.holders.right
  const outputs = after.remasked === undefined ? new Uint8Array(0) : pointsOf(after.remasked)
  const found = seenMarks[seen](outputs)
  const got = after.remasked === undefined ? 'no next list' : spoken(found)
  return {
    succeeds: after.remasked !== undefined,
    got,
    code: stopped?.code,
    evidence: abortEvidence(run),
  }
}

/** Lists with points that are none, or that are one point twice. */
export const pointAttacks: readonly JoinAttack[] = marks.map((one) => ({
  name: one.name,
  who: 'a holder',
  what: one.what,
  stoppedBy: one.check,
  twin: 'a holder that masks what it gets',
  attempt: (target) => attemptWith(one, target),
}))
