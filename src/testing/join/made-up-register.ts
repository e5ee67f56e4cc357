import { utf8 } from '../../bytes/index.ts'
import { gatherMaskedRows, type MaskedRows, maskTokens } from '../../crypto/index.ts'
import { aesCtr, systemRandomness } from '../../platform/index.ts'
import {
  checkMaskPlan,
  type DomainKey,
  type MaskPlan,
  type Register,
  type RegisterDescription,
  RegisterError,
} from '../../register/index.ts'
import { testGroup, testSealedBox } from './sample-join.ts'

/** One made-up person: an identifier, and a key of each element. */
export interface MadeUpRow {
  readonly subject: string
  readonly keys: Readonly<Record<string, DomainKey>>
}

/** A register of made-up people for joins that count, masked where it stands, in the test's own process. */
export interface MadeUpRegister extends Register {
  /** When its rows were read, in the order of reading. */
  readonly readings: readonly number[]
}

function refused(): Promise<never> {
  return Promise.reject(new RegisterError('SHAPE_REFUSED', 'this register is for joins alone'))
}

/** Tokens of each group of a plan that counts. */
function tokensOf(rows: readonly MadeUpRow[], { where, by, groups }: MaskPlan): Uint8Array[][] {
  const isKept = ({ keys }: MadeUpRow): boolean =>
    where.every((filter) => filter.keys.some((key) => key === keys[filter.element]))
  const groupOf = ({ keys }: MadeUpRow): string => JSON.stringify(by.map((name) => keys[name]))
  const places = new Map(groups.map((group, at) => [JSON.stringify(group), at]))
  const tokens = groups.map((): Uint8Array[] => [])
  for (const row of rows.filter(isKept)) {
    const at = places.get(groupOf(row))
    if (at !== undefined) tokens[at]?.push(utf8(row.subject))
  }
  return tokens
}

/** Opens it over rows; `now` is asked at each reading, and `fail` may refuse one. */
export function madeUpRegister(
  description: RegisterDescription,
  rows: readonly MadeUpRow[],
  { now, fail }: { readonly now: () => number; readonly fail?: () => void },
): MadeUpRegister {
  const readings: number[] = []
  return {
    readings,
    lookUp: refused,
    aggregate: refused,
    describe: () => description,
    maskPoints(plan): Promise<MaskedRows> {
      try {
        readings.push(now())
        fail?.()
        checkMaskPlan(plan, description)
        const groups = tokensOf(rows, plan)
        const all = groups.flat()
        const listed = {
          counts: groups.map((one) => one.length),
          longest: all.reduce((longest, one) => Math.max(longest, one.length), 1),
          [Symbol.iterator]: () => all[Symbol.iterator](),
        }
        const machine = { group: testGroup, randomness: systemRandomness, cipher: aesCtr }
        const deps = { ...machine, sealedBox: testSealedBox }
        return Promise.resolve(gatherMaskedRows(maskTokens(plan, listed, deps)))
      } catch (cause) {
        return Promise.reject(cause instanceof Error ? cause : new TypeError('not an error'))
      }
    },
  }
}
