import type { JoinAgreement } from '../../agreement/index.ts'
import type { Side } from '../psi/index.ts'
import type { QueryRefusal, QueryTerms } from '../query/index.ts'

/** The public documents of one holder: its agreement on joins, and the description of its register. */
export interface JoinTerms extends QueryTerms {
  readonly agreement: JoinAgreement
}

/** Those of both. */
export type BothTerms = Readonly<Record<Side, JoinTerms>>

/** A refusal of the shape of a question or plan. */
export function shapeRefused(path: string, message: string): QueryRefusal {
  return { code: 'SHAPE_REFUSED', path, message }
}

/**
 * Why two agreements are not the two of one join, or `undefined`: each names the other's provider, and both one asking
 * organisation, one keyspace and one inspector.
 */
export function pairRefusal({ left, right }: BothTerms): QueryRefusal | undefined {
  const [one, other] = [left.agreement, right.agreement]
  const isPair =
    one.join.with.valueOf() === other.provider.valueOf() &&
    other.join.with.valueOf() === one.provider.valueOf() &&
    one.consumer.valueOf() === other.consumer.valueOf()
  if (!isPair)
    return shapeRefused(
      'right.agreement',
      `the agreements do not name each other: ${one.id} joins with ${one.join.with}, ${other.id} with ${other.join.with}`,
    )
  if (one.join.keyspace !== other.join.keyspace)
    return shapeRefused('right.agreement', 'the agreements are about different identifiers')
  return one.join.inspector.valueOf() === other.join.inspector.valueOf()
    ? undefined
    : shapeRefused('right.agreement', 'the agreements name different inspectors')
}
