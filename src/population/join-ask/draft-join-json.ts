import type { JoinMeasure } from '../join-query/index.ts'
import { millionthsText } from '../millionths.ts'
import type { DraftJoin, DraftJoinSide } from './draft-join.ts'

function measureJson(measure: JoinMeasure): unknown {
  switch (measure.kind) {
    case 'count':
      return 'count'
    case 'sum':
    case 'mean':
      return { [measure.kind]: `${measure.side}.${measure.element}`, levels: measure.levels }
    case 'quantiles': {
      const shares = measure.ppm.map((ppm) => millionthsText(ppm))
      return { quantiles: [`${measure.side}.${measure.element}`, shares] }
    }
  }
}

function sideJson({
  agreement,
  register,
  where,
  by,
}: DraftJoinSide): Readonly<Record<string, unknown>> {
  return {
    agreement,
    ...(register !== undefined && { register }),
    ...(where !== undefined && { where }),
    ...(by !== undefined && { by }),
  }
}

/** A question as people write it: what `readDraftJoin` reads back to the same question. */
export function draftJoinJson(draft: DraftJoin): Readonly<Record<string, unknown>> {
  return {
    left: sideJson(draft.left),
    right: sideJson(draft.right),
    measure: measureJson(draft.measure),
    epsilon: millionthsText(draft.microEpsilon),
    delta: `1e-${draft.deltaExponent}`,
  }
}
