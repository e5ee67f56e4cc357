import { AgreementError } from './agreement-error.ts'
import { problem } from './agreement-problem.ts'
import type { DataElement, Predicate } from './data-element.ts'

/** A value that a register holds; `null` where it holds none. */
export type HeldValue = boolean | number | string | null

/** One subject's values by the register's element names. */
export type HeldRow = Readonly<Record<string, HeldValue>>

/** How an element is evaluated beyond what the agreement fixes. */
export interface EvaluationTerms {
  /** `hidden` unless told. */
  readonly presence?: 'hidden' | 'revealed'
  /** What the question supplies for `equals-supplied`. */
  readonly supplied?: string
}

/**
 * The answer to one element. `row` is `undefined` where the register does not have the subject, or where
 * the answer must look as if it did not.
 *
 * With hidden presence absent, empty and false are one: `false` for a predicate, `null` for an attribute.
 * With revealed presence a value that is not held is `null` for both.
 *
 * @throws {@link AgreementError} `VALUE_MISMATCH` when the held value is not of the predicate's type, or
 * nothing was supplied: a wrong "no" about a person is worse than no answer
 */
export function evaluateElement(
  element: DataElement,
  row: HeldRow | undefined,
  terms: EvaluationTerms = {},
): HeldValue {
  const { presence = 'hidden', supplied } = terms
  const { predicate, source } = element
  const held = heldValue(row, source)
  const empty = held === null || held === ''
  if (predicate === null) {
    return presence === 'hidden' && (empty || held === false) ? null : held
  }
  if (empty) return presence === 'hidden' ? false : null
  return isTrue(predicate, held, supplied)
}

function heldValue(row: HeldRow | undefined, source: string): HeldValue {
  if (row === undefined || !Object.hasOwn(row, source)) return null
  return row[source] ?? null
}

/** Supplied values are compared as texts in NFC, exactly: whatever is folded lets one try stand for many. */
function isTrue(predicate: Predicate, held: boolean | number | string, supplied?: string): boolean {
  switch (predicate.op) {
    case 'equals-supplied':
      if (supplied === undefined || typeof held === 'boolean') throw mismatch()
      return String(held).normalize('NFC') === supplied.normalize('NFC')
    case 'in':
      if (typeof held !== typeof predicate.threshold[0]) throw mismatch()
      return predicate.threshold.some((value) => value === held)
    case 'eq':
      if (typeof held !== typeof predicate.threshold) throw mismatch()
      return held === predicate.threshold
    case 'lt':
    case 'le':
    case 'ge':
    case 'gt':
      return isOrdered(predicate.op, order(held, predicate.threshold))
  }
}

function isOrdered(op: 'lt' | 'le' | 'ge' | 'gt', sign: number): boolean {
  switch (op) {
    case 'lt':
      return sign < 0
    case 'le':
      return sign <= 0
    case 'ge':
      return sign >= 0
    case 'gt':
      return sign > 0
  }
}

/** Negative, zero or positive as `held` is below, at or above the threshold. */
function order(held: boolean | number | string, threshold: number | string): number {
  if (typeof held === 'number' && typeof threshold === 'number') return held - threshold
  if (!isDay(held) || !isDay(threshold)) throw mismatch()
  if (held === threshold) return 0
  return held < threshold ? -1 : 1
}

function isDay(value: boolean | number | string): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
}

function mismatch(): AgreementError {
  return new AgreementError([problem('VALUE_MISMATCH', '', 'problemSays.register-value', {})])
}
