import { bernoulliExp } from './bernoulli.ts'
import type { Ratio } from './ratio.ts'
import type { UniformDraws } from '../../crypto/index.ts'

/** How many whole units an exponential of rate 1 lasts. */
function wholeUnits(draws: UniformDraws): number {
  let units = 0
  while (bernoulliExp(draws, 1, 1)) units += 1
  return units
}

/**
 * One draw of the discrete Laplace law, exactly: P(k) ∝ exp(−|k| / scale). With scale = sensitivity / epsilon it makes
 * a whole number epsilon-differentially private (Canonne, Kamath, Steinke 2020, Algorithm 2; Ghosh, Roughgarden,
 * Sundararajan 2009). Integers only; the time it takes says something about the draw, so none is made inside a request.
 *
 * @throws RangeError for a scale whose numerator is above 2^45
 */
export function drawDiscreteLaplace(draws: UniformDraws, { num, den }: Ratio): number {
  for (;;) {
    const part = draws.below(num)
    if (!bernoulliExp(draws, part, num)) continue
    const magnitude = Math.floor((part + num * wholeUnits(draws)) / den)
    const isNegative = draws.coin()
    // Zero would otherwise come twice as often, once with each sign.
    if (isNegative && magnitude === 0) continue
    return isNegative ? -magnitude : magnitude
  }
}
