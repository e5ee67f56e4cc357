import { concatBytes } from '../../../src/bytes/index.ts'
import { type JoinGroup, packedAt, packedCount, sha256 } from '../../../src/crypto/index.ts'
import type { Randomness } from '../../../src/ports/index.ts'
import { UniformDraws } from '../../../src/population/privacy/index.ts'
import { drawDummies, type DummyLaw, JoinError } from '../../../src/population/psi/index.ts'
import {
  checkList,
  checkReceived,
  drawOrder,
  maskReceived,
} from '../../../src/population/psi/points/index.ts'
import {
  type ExponentClaim,
  type ExponentProof,
  isExponentProven,
  proveExponent,
} from '../../../src/population/psi/proof/index.ts'

/*
 * A join of three registers by the parts of `cloison-psi/1`: group, receipt checks, dummies, proofs. The list of holder p is
 * masked by p, goes to p + 1 and p + 2, each of which masks, appends dummies and shuffles, and then to the tally, which holds
 * no register. No list comes back to a holder whose people are in it. One group a register.
 */

/** One of the three holders; the next one is (p + 1) mod 3. */
export type Holder = 0 | 1 | 2

/** All of them. */
export const holders = [0, 1, 2] as const

/** Which lists a point is in: all that a tally sees of a person who is in two registers, or in all three. */
export const patterns = ['01', '02', '12', '012'] as const

/** One of {@link patterns}. */
export type Pattern = (typeof patterns)[number]

/** The holder `steps` after this one. */
export function after(holder: Holder, steps: number): Holder {
  return holders[(holder + steps) % 3] ?? 0
}

/** What is fixed before anybody begins. */
export interface ThreePlan {
  /** 32 bytes, of this plan alone: people are hashed, and proofs made, under it. */
  readonly hash: Uint8Array
  readonly law: DummyLaw
  /** People and pads of each list. */
  readonly padded: readonly [number, number, number]
}

/** What one holder brings and draws. */
export interface HolderSecret {
  readonly scalar: Uint8Array
  readonly key: Uint8Array
  /** Used dummies of each pattern. */
  readonly used: Readonly<Record<Pattern, number>>
  /** Scalars of the dummies' points of each pattern, packed: the same in every list where the dummy is used. */
  readonly shared: Readonly<Record<Pattern, Uint8Array>>
}

/** A list on its way: at what hop, with what came before it and where each place went. */
export interface Hop {
  readonly owner: Holder
  readonly by: Holder
  readonly input: Uint8Array
  readonly output: Uint8Array
  /** Of each place of the input, its place in the output. */
  readonly moved: Uint32Array
}

/** What a run is made with. */
export interface ThreeDeps {
  readonly group: JoinGroup
  readonly randomness: Randomness
}

/** Everything of a run that a test may look at. */
export interface ThreeRun {
  readonly plan: ThreePlan
  readonly secrets: readonly [HolderSecret, HolderSecret, HolderSecret]
  /** As their owners sent them. */
  readonly first: readonly Uint8Array[]
  /** Two of each list, in their order. */
  readonly hops: readonly Hop[]
  /** What the tally has. */
  readonly last: readonly Uint8Array[]
}

const tagPrefix = 'CLOISON-PSI-v1-'

/** The tag under which people are hashed in this plan. */
export function threeTag({ hash }: Pick<ThreePlan, 'hash'>): Uint8Array {
  return new Uint8Array(Buffer.from(tagPrefix + Buffer.from(hash).toString('hex')))
}

/** Slots that each holder fills in a list: τ for each pattern that the list is part of. */
export function slotsOf({ law }: Pick<ThreePlan, 'law'>): number {
  return 3 * law.tau
}

/** Keys, noise and dummies of one holder, drawn before its register is read. */
export function drawSecret({ law }: ThreePlan, { group, randomness }: ThreeDeps): HolderSecret {
  const draws = new UniformDraws(randomness)
  const scalar = randomness.bytes(32)
  const each = <Value>(make: () => Value): Record<Pattern, Value> => ({
    '01': make(),
    '02': make(),
    '12': make(),
    '012': make(),
  })
  return {
    scalar,
    key: group.base(scalar),
    used: each(() => drawDummies(draws, law)),
    shared: each(() => randomness.bytes(32 * law.tau)),
  }
}

/** M2: people, pads and all own dummies of the list's patterns, used or not, shuffled. */
export function ownList(
  plan: ThreePlan,
  {
    holder,
    secret,
    people,
  }: {
    readonly holder: Holder
    readonly secret: HolderSecret
    readonly people: readonly Uint8Array[]
  },
  { group, randomness }: ThreeDeps,
): Uint8Array {
  const pads = plan.padded[holder] - people.length
  if (pads < 0) throw new JoinError('ROWS_REFUSED', 'the plan has no room for so many rows')
  const rows = group.mask(secret.scalar, group.hash(people, threeTag(plan)))
  const dummies = patternsOf(holder).map((pattern) => group.base(secret.shared[pattern]))
  const all = concatBytes(rows, group.base(randomness.bytes(32 * pads)), ...dummies)
  return shuffled(all, drawOrder(new UniformDraws(randomness), packedCount(all)))
}

/** The patterns that a holder's list is part of. */
export function patternsOf(holder: Holder): readonly Pattern[] {
  return patterns.filter((pattern) => pattern.includes(String(holder)))
}

function shuffled(points: Uint8Array, order: Uint32Array): Uint8Array {
  return concatBytes(...Array.from(order, (place) => packedAt(points, place)))
}

/**
 * One hop of a list: checks on receipt, masks, appends the own dummies, shuffles. `toKey`: what a dummy's scalar is masked
 * with so that the hops that are left make it the same point in every list.
 *
 * @throws {@link JoinError} the receipt codes of `spec/join.md`
 */
export function takeHop(
  plan: ThreePlan,
  {
    owner,
    by,
    input,
    secret,
    toKey,
    own,
  }: Pick<Hop, 'owner' | 'by' | 'input'> & {
    readonly secret: HolderSecret
    readonly toKey: Uint8Array
    /** Lists that this holder has sent. */
    readonly own: readonly Uint8Array[]
  },
  { group, randomness }: ThreeDeps,
): Hop {
  const hopsBefore = (by - owner + 2) % 3
  const expected = plan.padded[owner] + slotsOf(plan) * (hopsBefore + 1)
  if (packedCount(input) !== expected) throw new JoinError('LENGTH_WRONG', 'a list has its length')
  checkReceived(checkList(input), { group, own: [...own, secret.key] })
  const masked = maskReceived(input, { group, scalar: secret.scalar })
  const appended = patternsOf(owner).map((pattern) =>
    group.share(appendedScalars(secret, pattern, randomness), toKey),
  )
  const all = concatBytes(masked, ...appended)
  const order = drawOrder(new UniformDraws(randomness), packedCount(all))
  const moved = new Uint32Array(packedCount(input))
  order.forEach((place, at) => {
    if (place < moved.length) moved[place] = at
  })
  return { owner, by, input, output: shuffled(all, order), moved }
}

/** Used dummies under their own scalars, the others under fresh ones, which match nothing. */
function appendedScalars(
  { used, shared }: HolderSecret,
  pattern: Pattern,
  randomness: Randomness,
): Uint8Array {
  const scalars = randomness.bytes(shared[pattern].length)
  scalars.set(shared[pattern].subarray(0, 32 * used[pattern]))
  return scalars
}

/** The key of two holders, made by the second, with the proof that it used its own key and no other. */
export function jointKey(
  plan: ThreePlan,
  { of, by }: { readonly of: Uint8Array; readonly by: HolderSecret },
  { group, randomness }: ThreeDeps,
): ExponentClaim & ExponentProof {
  const context = { edwards: group.edwards, planHash: plan.hash }
  return proveExponent(context, { scalar: by.scalar, point: of }, randomness)
}

/** @throws {@link JoinError} `OPENING_INVALID` for a joint key that is none */
export function takeJointKey(
  plan: ThreePlan,
  claim: ExponentClaim & ExponentProof,
  {
    of,
    by,
    group,
  }: { readonly of: Uint8Array; readonly by: Uint8Array; readonly group: JoinGroup },
): Uint8Array {
  const isAbout = Buffer.compare(claim.key, by) === 0 && Buffer.compare(claim.point, of) === 0
  const context = { edwards: group.edwards, planHash: plan.hash }
  if (isAbout && isExponentProven(context, claim, claim)) return claim.output
  throw new JoinError('OPENING_INVALID', 'the key of two holders is not proven')
}

/** How a test may cheat: another list in the place of the one that a holder sends. */
export interface ThreeCheats {
  /** In the place of an own list. */
  readonly first?: (holder: Holder, list: Uint8Array) => Uint8Array
  /** In the place of what a hop gives. */
  readonly hop?: (hop: Hop) => Hop
}

/** Runs a plan: each list over its two hops to the tally. */
export function runThree(
  plan: ThreePlan,
  people: readonly (readonly Uint8Array[])[],
  deps: ThreeDeps,
  cheats: ThreeCheats = {},
): ThreeRun {
  const secrets = [drawSecret(plan, deps), drawSecret(plan, deps), drawSecret(plan, deps)] as const
  const first = holders.map((holder) => {
    const secret = secrets[holder]
    const list = ownList(plan, { holder, secret, people: people[holder] ?? [] }, deps)
    return cheats.first?.(holder, list) ?? list
  })
  const hops: Hop[] = []
  const last = holders.map((owner) => {
    const [next, end] = [after(owner, 1), after(owner, 2)]
    const joint = jointKey(plan, { of: secrets[owner].key, by: secrets[next] }, deps)
    const parties = { of: secrets[owner].key, by: secrets[next].key, group: deps.group }
    const keys = [secrets[owner].key, takeJointKey(plan, joint, parties)]
    let list = first[owner] ?? new Uint8Array(0)
    for (const [at, by] of [next, end].entries()) {
      const toKey = keys[at] ?? new Uint8Array(32)
      const secret = secrets[by]
      const hop = takeHop(
        plan,
        { owner, by, input: list, secret, toKey, own: [first[by] ?? list] },
        deps,
      )
      const made = cheats.hop?.(hop) ?? hop
      hops.push(made)
      list = made.output
    }
    return list
  })
  return { plan, secrets, first, hops, last }
}

/**
 * What the tally counts: points that are in exactly the lists of a pattern, dummies of all three holders in it.
 *
 * @throws {@link JoinError} `LENGTH_WRONG`, `POINT_NOT_CANONICAL`, `POINT_REPEATED`
 */
export function countPatterns({ plan, last }: ThreeRun): Record<Pattern, number> {
  const seen = new Map<string, string>()
  last.forEach((list, holder) => {
    const expected = (plan.padded[holder] ?? 0) + 3 * slotsOf(plan)
    if (packedCount(list) !== expected) throw new JoinError('LENGTH_WRONG', 'a list has its length')
    checkList(list)
    for (let at = 0; at < packedCount(list); at += 1) {
      const point = Buffer.from(packedAt(list, at)).toString('latin1')
      seen.set(point, (seen.get(point) ?? '') + String(holder))
    }
  })
  const found = { '01': 0, '02': 0, '12': 0, '012': 0 }
  for (const pattern of seen.values()) if (pattern.length > 1) found[pattern as Pattern] += 1
  return found
}

/** A hash for a plan of a test. */
export function planHashOf(name: string): Uint8Array {
  return sha256(new Uint8Array(Buffer.from(name)))
}
