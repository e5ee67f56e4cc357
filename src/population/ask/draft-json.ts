import type { DraftQuery } from './draft-query.ts'

const million = 1_000_000

/** Millionths as a decimal text. */
function decimal(micro: number): string {
  const part = String(micro % million).padStart(6, '0')
  return `${Math.floor(micro / million)}.${part}`
}

function measureJson({ measure }: DraftQuery): unknown {
  switch (measure.kind) {
    case 'count':
      return 'count'
    case 'sum':
    case 'mean':
    case 'variance':
      return { [measure.kind]: measure.element }
    case 'quantiles':
      return { quantiles: [measure.element, measure.ppm.map((ppm) => decimal(ppm))] }
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
    epsilon: decimal(microEpsilon),
    ...(deltaExponent !== null && { delta: `1e-${deltaExponent}` }),
  }
}
