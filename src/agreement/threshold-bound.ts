import { encodeBase64, utf8 } from '../bytes/index.ts'
import { sha256 } from '../crypto/index.ts'
import type { DataElement, Predicate } from './data-element.ts'

/**
 * Where a predicate cuts the values of its element, as text: what the ceiling on thresholds counts. `below 5`
 * and `at least 5` cut alike and are one bound. `undefined` for an attribute and for `equals-supplied`,
 * whose bound is the supplied value.
 */
export function thresholdBound({ register, source, predicate }: DataElement): string | undefined {
  if (predicate === null || predicate.op === 'equals-supplied') return undefined
  return `${boundScope({ register, source })}${cut(predicate)}`
}

/** What the bounds of one element begin with. */
export function boundScope({ register, source }: Pick<DataElement, 'register' | 'source'>): string {
  return `${register}.${source} `
}

function cut({ op, threshold }: Predicate): string {
  switch (op) {
    case 'lt':
    case 'ge':
      return `below ${JSON.stringify(threshold)}`
    case 'le':
    case 'gt':
      return `to ${JSON.stringify(threshold)}`
    case 'eq':
    case 'in':
    case 'equals-supplied':
      return `${op} ${encodeBase64(sha256(utf8(JSON.stringify(threshold))))}`
  }
}

/**
 * How many bounds there are on the element that has most of them, among those that `asked` names; a bound that
 * is in both lists counts once.
 */
export function mostBounds(before: Iterable<string>, asked: readonly string[]): number {
  const bounds = new Set([...before, ...asked])
  const scopes = new Set(asked.map((bound) => scopeOf(bound)))
  const counts = [...scopes].map(
    (scope) => [...bounds].filter((bound) => scopeOf(bound) === scope).length,
  )
  return Math.max(0, ...counts)
}

function scopeOf(bound: string): string {
  return bound.slice(0, bound.indexOf(' ') + 1)
}
