import { boundScope, type AboutPersons, thresholdBound } from '../agreement/index.ts'
import type { PersonQuestion } from '../protocol/index.ts'
import { suppliedHandle } from './handles.ts'

/**
 * What a question puts to each element: its threshold, or a keyed digest of what it supplies, which the
 * store must not hold.
 */
export function questionBounds(
  { elements, supplied = [] }: Pick<PersonQuestion, 'elements' | 'supplied'>,
  { dataElements }: AboutPersons,
  key: Uint8Array,
): readonly string[] {
  return dataElements
    .filter(({ name }) => elements.includes(name))
    .flatMap((element) => {
      const fixed = thresholdBound(element)
      if (fixed !== undefined) return [fixed]
      return supplied
        .filter((one) => one.element === element.name)
        .map(({ value }) => `${boundScope(element)}supplied ${suppliedHandle(key, element, value)}`)
    })
}
