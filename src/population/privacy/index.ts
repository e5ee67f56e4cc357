export { UniformDraws } from '../../crypto/index.ts'
export { type Ratio, ratio } from './ratio.ts'
export { drawDiscreteLaplace } from './discrete-laplace.ts'
export { discreteGaussianSampler } from './discrete-gaussian.ts'
export { type NoiseLaw } from './noise-law.ts'
export { noiseSampler } from './noise-sampler.ts'
export {
  noiseInterval,
  type NoiseInterval,
  pairedLevelPpm,
  tripledLevelPpm,
  usualLevelPpm,
} from './noise-interval.ts'
export { type Micro, rhoWithin } from './zero-concentrated.ts'
export {
  divide,
  expNegative,
  type Fixed,
  fixedOne,
  multiply,
  partsPerMillion,
} from './fixed-point.ts'
