import { PopulationError, readDraftJoin } from '../../../../population/index.ts'
import type { Catalogue, DraftJoin, JoinOffer, JoinPair } from '../../../../population/index.ts'
import { keysOf, quantileSets } from '../../table-form.ts'

/** One of the two registers of a pair. */
export type PairSide = keyof JoinPair

/** Both, in the order of a table's dimensions. */
export const pairSides: readonly PairSide[] = ['left', 'right']

/** What can be computed over two registers, in the order of the form. */
export const joinMeasureKinds = ['count', 'sum', 'mean', 'quantiles'] as const

/** What the form holds before anything was chosen. */
export const startPairForm: Readonly<Record<string, string>> = { measure: 'count', epsilon: '0.5' }

/** Most dimensions of a side. */
const mostDimensions = 4

/** The name of the boxes that split by a side's elements. */
export function byField(side: PairSide): string {
  return `${side}-by`
}

/** The name of the boxes that choose people by an element of a side. */
export function whereField(side: PairSide, element: string): string {
  return `${side}-where-${element}`
}

/** What one holder lets be asked. */
export function catalogueOf({ holders: [left, right] }: JoinOffer, side: PairSide): Catalogue {
  return (side === 'left' ? left : right).answer.catalogue
}

/** The delta that both agreements allow, as the exponent of a tenth: the smaller of both. */
export function deltaOf(offer: JoinOffer): number {
  const exponents = pairSides.map((side) => catalogueOf(offer, side).deltaExponent ?? 0)
  return Math.max(6, ...exponents)
}

function measureJson(form: URLSearchParams): unknown {
  const kind = form.get('measure') ?? ''
  if (kind === 'count') return kind
  const element = form.get('element') ?? ''
  const shares = quantileSets[form.get('quantiles') ?? ''] ?? quantileSets['median']
  return kind === 'quantiles' ? { quantiles: [element, shares] } : { [kind]: element }
}

function sideJson(
  form: URLSearchParams,
  { side, agreement, offer }: { side: PairSide; agreement: string; offer: JoinOffer },
): { readonly by: readonly string[] } & Readonly<Record<string, unknown>> {
  const { elements } = catalogueOf(offer, side)
  const wanted = new Set(form.getAll(byField(side)))
  const where = elements.flatMap((element) => {
    const marks = new Set(form.getAll(whereField(side, element.name)))
    const keys = keysOf(element).filter((_, at) => marks.has(String(at)))
    return keys.length === 0 ? [] : [[element.name, keys] as const]
  })
  const by = elements.map(({ name }) => name).filter((name) => wanted.has(name))
  return { agreement, by, where: Object.fromEntries(where) }
}

/** What a form asks for, or `undefined` where it does not say epsilon, lacks a value to measure, or splits a side too often. */
export function pairDraftOf(
  form: URLSearchParams,
  pair: JoinPair,
  offer: JoinOffer,
): DraftJoin | undefined {
  const [left, right] = pairSides.map((side) =>
    sideJson(form, { side, agreement: pair[side], offer }),
  )
  if ([left, right].some((one) => (one?.by.length ?? 0) > mostDimensions)) return undefined
  try {
    return readDraftJoin({
      left,
      right,
      measure: measureJson(form),
      epsilon: (form.get('epsilon') ?? '').trim().replace(',', '.'),
      delta: `1e-${deltaOf(offer)}`,
    })
  } catch (cause) {
    if (cause instanceof PopulationError && cause.code === 'QUERY_MALFORMED') return undefined
    throw cause
  }
}
