import { encodeBase64Url, utf8 } from '../bytes/index.ts'
import { hmacSha256 } from '../crypto/index.ts'

/**
 * What stands for `value` in a visitor's form: 11 characters that tell nothing about it, differ from
 * visitor to visitor, and stay the same whatever order a list comes in.
 */
export function choiceOf(formToken: string, value: string): string {
  return encodeBase64Url(hmacSha256(utf8(formToken), utf8(value)).subarray(0, 8))
}

/** The item that a form's choice stands for, `undefined` when it is none of them. */
export function chosenOf<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  made: { readonly formToken: string; readonly choice: string | null },
): Item | undefined {
  return items.find((item) => choiceOf(made.formToken, idOf(item)) === made.choice)
}
