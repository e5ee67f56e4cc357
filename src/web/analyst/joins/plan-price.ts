import type { JoinPreview } from '../../../population/index.ts'
import type { Words } from '../../messages/words.ts'
import { epsilonText } from '../exact-text.ts'

/** Delta is charged in 10^−15. */
const unitExponent = 15

/** 10^−15s as a few times a power of ten: 3,000,000 of them are `3` times 10^−9. */
function timesPower(units: number): { readonly times: number; readonly exponent: number } {
  let [times, exponent] = [units, unitExponent]
  while (times >= 10 && times % 10 === 0) [times, exponent] = [times / 10, exponent - 1]
  return { times, exponent }
}

/** A charged delta in words. */
export function deltaText(words: Words, units: number): string {
  const { times, exponent } = timesPower(units)
  return words.t('pair.delta', { times, exponent })
}

/** What each holder of a join is charged. */
export function planPrice(words: Words, { microEpsilon, deltaUnits }: JoinPreview['cost']): string {
  const delta = deltaText(words, deltaUnits)
  return words.t('pair.price', { epsilon: epsilonText(words, microEpsilon), delta })
}
