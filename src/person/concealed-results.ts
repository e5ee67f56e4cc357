import { type Agreement, evaluateElement } from '../agreement/index.ts'
import type { QuestionResult } from '../protocol/index.ts'

/** What the answer would be about somebody who is not in the register, with hidden presence. */
export function concealedResults(
  elements: readonly string[],
  { dataElements }: Agreement,
): readonly QuestionResult[] {
  return elements.map((name) => {
    const element = dataElements.find((one) => one.name === name)
    if (element === undefined) throw new TypeError('a permitted element must be agreed')
    // Nothing is compared where no row is: whatever was supplied, it is the same.
    const value = evaluateElement(element, undefined, { presence: 'hidden', supplied: '' })
    return { element: name, value }
  })
}
