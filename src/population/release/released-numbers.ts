import { type NoiseInterval, noiseInterval, type NoiseLaw } from '../privacy/index.ts'
import {
  type Bounds,
  lawOf,
  numberLevelPpm,
  planNumbers,
  type PopulationQuery,
} from '../query/index.ts'
import type { ReleasedNumber } from './release.ts'

/**
 * What the numbers of every cell are: the query's plan, with the law of each number's noise and its interval. A function of
 * the query and of public bounds, so that whoever reads a release computes it again. `undefined` where a law is not drawn.
 */
export function releasedNumbers(
  query: PopulationQuery,
  bounds: Bounds | null,
): readonly ReleasedNumber[] | undefined {
  const levelPpm = numberLevelPpm(query)
  const intervals = new Map<string, NoiseInterval>()
  const intervalOf = (law: NoiseLaw): NoiseInterval => {
    const name = JSON.stringify(law)
    const known = intervals.get(name) ?? noiseInterval(law, levelPpm)
    intervals.set(name, known)
    return known
  }
  const numbers: ReleasedNumber[] = []
  for (const planned of planNumbers(query, bounds ?? { min: 0, max: 0 })) {
    const law = lawOf(planned, query)
    if (law === undefined) return undefined
    const { name, sensitivity } = planned
    numbers.push({ name, law, ...intervalOf(law), sensitivity })
  }
  return numbers
}
