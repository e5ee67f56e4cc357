import type { UniformDraws } from '../../../crypto/index.ts'

/**
 * (value − min) · levels / (max − min) as a whole number from 0 to `levels`, rounded down or up by chance so that its mean is
 * exact; the value is within the bounds. In whole numbers throughout: (max − min) · levels < 2^53.
 */
export function roundUnits(
  draws: UniformDraws,
  value: number,
  bounds: { readonly min: number; readonly max: number; readonly levels: number },
): number {
  const range = bounds.max - bounds.min
  const scaled = (value - bounds.min) * bounds.levels
  const rest = scaled % range
  const down = (scaled - rest) / range
  return rest > 0 && draws.below(range) < rest ? down + 1 : down
}
