import { millionthsText } from '../millionths.ts'
import type { DraftQuery } from './draft-query.ts'

function measureJson({ measure }: DraftQuery): unknown {
  switch (measure.kind) {
    case 'count':
      return 'count'
    case 'sum':
    case 'mean':
    case 'variance':
      return { [measure.kind]: measure.element }
    case 'quantiles':
      return { quantiles: [measure.element, measure.ppm.map((ppm) => millionthsText(ppm))] }
  }
}

/** A query as people write it: what `readDraftQuery` reads back to the same query. */
export function draftJson(query: DraftQuery): Readonly<Record<string, unknown>> {
  const { register, where, by, microEpsilon, deltaExponent } = query
  return {
    ...(register !== undefined && { register }),
    ...(where !== undefined && { where }),
    ...(by !== undefined && { by }),
    measure: measureJson(query),
    epsilon: millionthsText(microEpsilon),
    ...(deltaExponent !== null && { delta: `1e-${deltaExponent}` }),
  }
}
