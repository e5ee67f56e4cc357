import { bernoulliExp } from './bernoulli.ts'
import type { UniformDraws } from '../../crypto/index.ts'

/** `bernoulliExp` for whole numbers of any length; some hundred times slower. */
export function bernoulliExpLong(draws: UniformDraws, num: bigint, den: bigint): boolean {
  let rest = num
  for (; rest >= den; rest -= den) {
    if (!bernoulliExp(draws, 1, 1)) return false
  }
  let terms = 1n
  while (belowLong(draws, den * terms) < rest) terms += 1n
  return terms % 2n === 1n
}

/** 0 ≤ n < `limit`, uniform: by as many bits as the bound has, drawn again where they pass it. */
function belowLong(draws: UniformDraws, limit: bigint): bigint {
  const bits = (limit - 1n).toString(2).length
  const words = Math.ceil(bits / 32)
  const spare = BigInt(words * 32 - bits)
  for (;;) {
    let drawn = 0n
    for (let word = 0; word < words; word += 1) drawn = (drawn << 32n) | BigInt(draws.word())
    if (drawn >> spare < limit) return drawn >> spare
  }
}
