import type { PopulationQuery, QueryMeasure } from '../query/index.ts'
import type { Side } from '../psi/index.ts'
import type { JoinMeasure, JoinQuestion } from './join-question.ts'

function measureOf(measure: JoinMeasure, side: Side): QueryMeasure {
  if (measure.kind === 'count' || measure.side !== side) return { kind: 'count' }
  const { element } = measure
  return measure.kind === 'quantiles'
    ? { kind: 'quantiles', element, ppm: measure.ppm }
    : { kind: measure.kind, element }
}

/** What a join asks of one register, as if it were asked alone: what the rules of one register are held against. */
export function sideQuery(question: JoinQuestion, side: Side): PopulationQuery {
  const { agreement, version, register, where, by } = question[side]
  const { microEpsilon, deltaExponent } = question
  return {
    v: 1,
    agreement,
    version,
    registers: [register],
    where,
    by,
    measure: measureOf(question.measure, side),
    microEpsilon,
    deltaExponent,
  }
}

/** A place of one side's query as a place of the question. */
export function sidePath(path: string, side: Side): string {
  if (path === 'microEpsilon' || path === 'deltaExponent' || path === '') return path
  if (path.startsWith('measure')) return path
  return path === 'registers[0]' ? `${side}.register` : `${side}.${path}`
}
