import { utf8 } from '../../bytes/index.ts'
import {
  gatherMaskedRows,
  type JoinGroup,
  type MaskedRows,
  maskTokens,
  nobleJoinGroup,
} from '../../crypto/index.ts'
import { aesCtr, sodiumJoinGroup, sodiumSealedBox, systemRandomness } from '../../platform/index.ts'
import {
  asJoinPlan,
  type AuditDeps,
  type HolderKeys,
  type JoinDeps,
  type JoinHolder,
  type JoinMemory,
  type JoinPlan,
  planHash,
  smallestTau,
} from '../../population/psi/index.ts'
import type { Randomness, SealedBox } from '../../ports/index.ts'

/** The fastest group of this machine. */
export const testGroup: JoinGroup = sodiumJoinGroup() ?? nobleJoinGroup

function requireSealedBox(): SealedBox {
  const box = sodiumSealedBox()
  if (box === undefined) throw new TypeError('tests of joins need libsodium')
  return box
}

/** Sealing with this machine's libsodium. */
export const testSealedBox: SealedBox = requireSealedBox()

let plans = 0

/** A side of a plan of a test, with as many groups of one dimension. */
function sampleHolder(organisation: string, groups: number): JoinHolder {
  return {
    organisation,
    agreement: { id: `social-${organisation}-joins`, version: 1 },
    register: 'people',
    where: {},
    by: ['kind'],
    groups: Array.from({ length: groups }, (_, at) => [`group ${at}`]),
  }
}

/** A plan of a test: one group a side unless told, the smallest tau that a plan may have. */
export function samplePlan(changes: Readonly<Record<string, unknown>> = {}): JoinPlan {
  plans += 1
  const cellMicroEpsilon = 500_000
  const slots = 4 * smallestTau(cellMicroEpsilon, 6)
  return asJoinPlan({
    v: 1,
    suite: 'cloison-psi/1',
    qid: plans.toString(16).padStart(32, '0'),
    keyspace: 'demo.resident',
    left: sampleHolder('tax', 1),
    right: sampleHolder('housing', 1),
    tally: 'social',
    inspector: 'inspector',
    stat: { kind: 'count' },
    cellMicroEpsilon,
    padding: { kind: 'capacity', left: [slots], right: [slots] },
    deltaExponent: 6,
    taus: [slots / 4],
    maxRows: 1_000_000,
    auditK: 64,
    expiresMs: 1_000_000,
    ...changes,
  })
}

/** A plan with several groups a side, whose sizes are the smallest capacities. */
export function samplePlanOf(left: number, right: number): JoinPlan {
  const slots = 4 * smallestTau(500_000, 6)
  const capacities = (own: number, peers: number): number[] =>
    Array.from({ length: own }, () => slots * peers)
  return samplePlan({
    left: sampleHolder('tax', left),
    right: sampleHolder('housing', right),
    padding: {
      kind: 'capacity',
      left: capacities(left, right),
      right: capacities(right, left),
    },
  })
}

/** A plan that sums what an element of `right` has, or takes its mean, with this many units a person. */
export function sampleUnitsPlan(kind: 'sum' | 'mean', levels: number): JoinPlan {
  const parts = kind === 'sum' ? [levels] : [1, levels]
  const taus = parts.map((one) => smallestTau(Math.floor(500_000 / parts.length), 6, one))
  const capacities = taus.map((tau) => 4 * tau)
  return samplePlan({
    stat: { kind, side: 'right', element: 'rent', min: 0, max: 1_600, levels },
    taus,
    padding: { kind: 'capacity', left: capacities, right: capacities },
  })
}

/** The sealing keys of the inspector of every test. */
export const inspectorSecret: Uint8Array = new Uint8Array(32).fill(0x1d)

/**
 * What a register's process gives for tokens, a list of them for each group of the list.
 */
export function maskedRows(
  plan: JoinPlan,
  keys: HolderKeys,
  tokens: readonly (readonly Uint8Array[])[],
  group: JoinGroup = testGroup,
): MaskedRows {
  const all = tokens.flat()
  const listed = {
    counts: tokens.map((one) => one.length),
    longest: all.reduce((longest, one) => Math.max(longest, one.length), 1),
    [Symbol.iterator]: () => all[Symbol.iterator](),
  }
  const request = {
    ...keys,
    planHash: planHash(plan),
    inspectorKey: testSealedBox.publicKey(inspectorSecret),
  }
  const deps = { group, randomness: systemRandomness, cipher: aesCtr, sealedBox: testSealedBox }
  return gatherMaskedRows(maskTokens(request, listed, deps))
}

/** What an inspector judges an audit of a test with. */
export const auditDeps: AuditDeps = {
  group: testGroup,
  cipher: aesCtr,
  openSeal: (sealed) => testSealedBox.open(inspectorSecret, sealed),
}

/** A memory that lasts as long as the test. */
export function memoryOfJoins(): JoinMemory {
  const begun = new Set<string>()
  const keys = new Map<string, string>()
  return {
    claimPlan(hash) {
      if (begun.has(hash)) return false
      begun.add(hash)
      return true
    },
    claimKey(key, hash) {
      const before = keys.get(key) ?? hash
      keys.set(key, before)
      return before === hash
    },
  }
}

/** What one organisation's steps take, with a memory of its own and a clock that stands. */
export function sampleDeps(changes: Partial<JoinDeps> = {}): JoinDeps {
  const randomness: Randomness = systemRandomness
  return {
    group: testGroup,
    randomness,
    clock: { now: () => 0 },
    memory: memoryOfJoins(),
    ...changes,
  }
}

/** Identifiers of made-up people by number. */
export function people(...numbers: readonly number[]): Uint8Array[] {
  return numbers.map((number) => utf8(`resident ${number}`))
}

/** `from` … `to` − 1. */
export function numbersFrom(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at)
}
