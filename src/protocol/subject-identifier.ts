/** What a check of an identifier found. */
export type IdentifierVerdict = 'valid' | 'unknown-scheme' | 'invalid'

const schemes: ReadonlyMap<string, (value: string) => boolean> = new Map([['demo-nin', isDemoNin]])

/**
 * Whether a person's identifier has the ASCII pattern and the check digits of its scheme. Nothing is
 * repaired: no trimming, no digits of other scripts, no other normal form.
 */
export function readSubjectIdentifier(scheme: string, value: string): IdentifierVerdict {
  const isValid = schemes.get(scheme)
  if (isValid === undefined) return 'unknown-scheme'
  return isValid(value) ? 'valid' : 'invalid'
}

/** Each scheme's number without check digits: neighbours in the order in which identifiers are given out. */
const orders: ReadonlyMap<string, (value: string) => bigint> = new Map([
  ['demo-nin', (value: string) => BigInt(value.slice(0, 8))],
])

/**
 * The place of a valid identifier in the order of its scheme, so that near identifiers have near
 * places. Personal data, like the identifier. `undefined` where there is none.
 */
export function identifierOrder(scheme: string, value: string): bigint | undefined {
  if (readSubjectIdentifier(scheme, value) !== 'valid') return undefined
  return orders.get(scheme)?.(value)
}

/**
 * The `demo-nin` identifier with a number: 8 digits and two check digits (ISO/IEC 7064, MOD 97-10).
 * The scheme is for demonstrations and tests; no state issues it.
 *
 * @throws {RangeError} unless `number` is an integer from 1 to 99,999,999
 */
export function makeDemoNin(number: number): string {
  if (!Number.isInteger(number) || number < 1 || number > 99_999_999) {
    throw new RangeError('number must be an integer from 1 to 99999999')
  }
  const digits = String(number).padStart(8, '0')
  return digits + checkDigits(number)
}

function isDemoNin(value: string): boolean {
  if (!/^[0-9]{10}$/.test(value)) return false
  const number = Number(value.slice(0, 8))
  return number > 0 && value.slice(8) === checkDigits(number)
}

/** The two digits that make the whole number 1 modulo 97; from 02 to 98, so 99, 00 and 01 never. */
function checkDigits(number: number): string {
  return String(98 - ((number * 100) % 97)).padStart(2, '0')
}
