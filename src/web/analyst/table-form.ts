import { PopulationError, readDraftQuery } from '../../population/index.ts'
import type { Catalogue, CatalogueElement, DraftQuery } from '../../population/index.ts'

/** Quantiles that can be chosen together. */
export const quantileSets: Readonly<Record<string, readonly string[]>> = {
  median: ['0.5'],
  quartiles: ['0.25', '0.5', '0.75'],
  deciles: ['0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9'],
}

/** What can be computed, in the order of the form. */
export const measureKinds = ['count', 'sum', 'mean', 'variance', 'quantiles'] as const

/** What the form holds before anything was chosen. */
export const startForm: Readonly<Record<string, string>> = { measure: 'count', epsilon: '0.1' }

/** The name of the boxes that choose people by an element. */
export function whereField(element: string): string {
  return `where-${element}`
}

/** An element's keys, of one that people can be split or chosen by. */
export function keysOf({ domain }: CatalogueElement): readonly (boolean | number | string)[] {
  return domain.kind === 'closed' ? domain.keys : []
}

/** Whether an element has whole numbers between public bounds: what can be summed up. */
export function isMeasurable({ type, domain }: CatalogueElement): boolean {
  return type === 'integer' && domain.kind !== 'open'
}

function measureJson(form: URLSearchParams): unknown {
  const kind = form.get('measure') ?? ''
  if (kind === 'count') return kind
  const element = form.get('element') ?? ''
  const shares = quantileSets[form.get('quantiles') ?? ''] ?? quantileSets['median']
  return kind === 'quantiles' ? { quantiles: [element, shares] } : { [kind]: element }
}

function whereJson(form: URLSearchParams, { elements }: Catalogue): Record<string, unknown> {
  const chosen = elements.flatMap((element) => {
    const marks = new Set(form.getAll(whereField(element.name)))
    const keys = keysOf(element).filter((_, at) => marks.has(String(at)))
    return keys.length === 0 ? [] : [[element.name, keys] as const]
  })
  return Object.fromEntries(chosen)
}

/** What a form asks for, or `undefined` where it does not say a number of epsilon, or no value to measure. */
export function draftOf(form: URLSearchParams, catalogue: Catalogue): DraftQuery | undefined {
  const { deltaExponent, elements } = catalogue
  const by = form.getAll('by').filter((name) => elements.some((element) => element.name === name))
  const isDelta = form.get('delta') === 'yes' && deltaExponent !== null
  const needsElement = form.get('measure') !== 'count'
  if (needsElement && (form.get('element') ?? '') === '') return undefined
  try {
    return readDraftQuery({
      by,
      where: whereJson(form, catalogue),
      measure: measureJson(form),
      epsilon: (form.get('epsilon') ?? '').trim().replace(',', '.'),
      ...(isDelta ? { delta: `1e-${deltaExponent}` } : {}),
    })
  } catch (cause) {
    if (cause instanceof PopulationError && cause.code === 'QUERY_MALFORMED') return undefined
    throw cause
  }
}
