import { drawDiscreteLaplace, ratio, type UniformDraws } from '../../privacy/index.ts'
import type { DummyLaw } from './dummy-law.ts'

/**
 * One exact draw of the law, 0 ≤ k ≤ tau: a discrete Laplace draw around tau/2, drawn again where it falls outside. Like
 * any noise it is drawn before a register is read, since the time that it takes says something about it.
 */
export function drawDummies(
  draws: UniformDraws,
  { microEpsilon, sensitivity = 1, tau }: DummyLaw,
): number {
  const scale = ratio(1_000_000 * sensitivity, microEpsilon)
  for (;;) {
    const drawn = tau / 2 + drawDiscreteLaplace(draws, scale)
    if (drawn >= 0 && drawn <= tau) return drawn
  }
}
