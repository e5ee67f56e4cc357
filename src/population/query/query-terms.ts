import type { DataElement, TableAgreement } from '../../agreement/index.ts'
import {
  type DomainKey,
  type ElementDescription,
  type RegisterDescription,
} from '../../register/index.ts'
import type { PopulationQuery } from './population-query.ts'

/** The public documents that a query is held against. */
export interface QueryTerms {
  readonly agreement: TableAgreement
  readonly description: RegisterDescription
  /** Whether an inspector has countersigned the agreement. */
  readonly countersigned: boolean
}

/** A query's element with what the agreement and the register say about it. */
export interface KnownElement {
  readonly agreed: DataElement
  readonly described: ElementDescription
}

/** The element of a query, or `undefined` where the agreement or the register has none of that name. */
export function knownElement(
  name: string,
  query: Pick<PopulationQuery, 'registers'>,
  { agreement, description }: QueryTerms,
): KnownElement | undefined {
  const [register] = query.registers
  const agreed = agreement.dataElements.find(
    (one) => one.name === name && one.register === register,
  )
  const described = description.elements.find((one) => one.name === agreed?.source)
  return agreed === undefined || described === undefined ? undefined : { agreed, described }
}

/** The keys of an element's closed domain; `undefined` for another domain. */
export function closedKeys({ domain }: ElementDescription): readonly DomainKey[] | undefined {
  return domain.kind === 'closed' ? domain.keys : undefined
}

/** The bounds that values are clamped to: the description's, or the ends of a closed domain of integers. */
export function boundsOf({
  domain,
  type,
}: ElementDescription): { readonly min: number; readonly max: number } | undefined {
  if (type !== 'integer') return undefined
  if (domain.kind === 'bounded') return { min: domain.min, max: domain.max }
  if (domain.kind === 'open') return undefined
  const numbers = domain.keys.filter((one) => typeof one === 'number')
  return { min: Math.min(...numbers), max: Math.max(...numbers) }
}
