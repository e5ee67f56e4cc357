import type { Randomness } from '../../ports/index.ts'
import { discreteGaussianSampler } from './discrete-gaussian.ts'
import { drawDiscreteLaplace } from './discrete-laplace.ts'
import type { NoiseLaw } from './noise-law.ts'
import { UniformDraws } from '../../crypto/index.ts'

/**
 * Draws of one law, exact, from fresh random bytes. How long a draw takes depends on what is drawn: all noise of a table is
 * drawn before its register is read, and the table leaves at a time that was fixed before that.
 */
export function noiseSampler(law: NoiseLaw, randomness: Randomness): () => number {
  const draws = new UniformDraws(randomness)
  switch (law.kind) {
    case 'discrete-laplace':
      return () => drawDiscreteLaplace(draws, law.scale)
    case 'discrete-gaussian':
      return discreteGaussianSampler(draws, law.variance)
  }
}
