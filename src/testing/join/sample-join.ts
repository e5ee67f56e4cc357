import { utf8 } from '../../bytes/index.ts'
import { type JoinGroup, nobleJoinGroup } from '../../crypto/index.ts'
import { sodiumJoinGroup, systemRandomness } from '../../platform/index.ts'
import {
  asJoinPlan,
  type JoinDeps,
  type JoinMemory,
  type JoinPlan,
  smallestTau,
} from '../../population/psi/index.ts'
import type { Randomness } from '../../ports/index.ts'

/** The fastest group of this machine. */
export const testGroup: JoinGroup = sodiumJoinGroup() ?? nobleJoinGroup

let plans = 0

/** A plan of a test: one group a side unless told, the smallest tau that a plan may have. */
export function samplePlan(changes: Readonly<Record<string, unknown>> = {}): JoinPlan {
  plans += 1
  const cellMicroEpsilon = 500_000
  const slots = 4 * smallestTau(cellMicroEpsilon, 6)
  return asJoinPlan({
    v: 1,
    suite: 'cloison-psi/1',
    qid: plans.toString(16).padStart(32, '0'),
    agreement: { id: 'housing-need', version: 1 },
    keyspace: 'demo.resident/v1',
    left: { organisation: 'tax', groups: ['all'] },
    right: { organisation: 'housing', groups: ['all'] },
    tally: 'social',
    inspector: 'inspector',
    stat: 'count',
    cellMicroEpsilon,
    padding: { kind: 'capacity', left: [slots], right: [slots] },
    deltaExponent: 6,
    tau: slots / 4,
    maxRows: 1_000_000,
    auditK: 64,
    expiresMs: 1_000_000,
    ...changes,
  })
}

/** A plan with several groups a side, whose sizes are the smallest capacities. */
export function samplePlanOf(left: number, right: number): JoinPlan {
  const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `group ${at}`)
  const slots = 4 * smallestTau(500_000, 6)
  return samplePlan({
    left: { organisation: 'tax', groups: names(left) },
    right: { organisation: 'housing', groups: names(right) },
    padding: {
      kind: 'capacity',
      left: names(left).map(() => slots * right),
      right: names(right).map(() => slots * left),
    },
  })
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
