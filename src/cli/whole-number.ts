import { InvalidArgumentError } from 'commander'

/** Reads an option that is a whole number from 1 to `most`; anything else is a mistake of whoever typed it. */
export function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d{1,9}$/.test(text) && value >= 1 && value <= most) return value
    throw new InvalidArgumentError(`a whole number from 1 to ${most} is needed.`)
  }
}
