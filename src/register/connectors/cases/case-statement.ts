import { quoteName } from '../sql-text.ts'
import type { CaseDescription, Said } from './case-description.ts'

/** How one engine writes what {@link caseStatement} needs. */
export interface CaseDialect {
  /** A constant text. */
  literal(text: string): string
  /** Whether the texts of a column and a parameter are the same bytes. */
  equals(column: string, parameter: string): string
  /** A truth value that is true when the column's is, for at least one or for all of the rows. */
  any(condition: string): string
  all(condition: string): string
  /** Whether a column says yes; no value says no. */
  yes(column: string): string
  /** A column as text. */
  text(column: string): string
  readonly falsehood: string
  /** The parameters for reference, official, scheme and value. */
  readonly parameters: readonly [string, string, string, string]
}

/**
 * The one statement about a case: the first reason why it does not hold, or GRANTED with the number of
 * purposes, the purpose, kin and bystander. Always one row, whatever the parameters are.
 */
export function caseStatement(
  description: CaseDescription,
  table: string,
  dialect: CaseDialect,
): string {
  const column = (name: string): string => `t.${quoteName(name)}`
  const said = (one: Said): string =>
    'column' in one ? dialect.text(column(one.column)) : dialect.literal(one.value)
  const same = (one: Said, parameter: string): string =>
    'column' in one
      ? dialect.equals(column(one.column), parameter)
      : `${dialect.literal(one.value)} = ${parameter}`
  const [reference, official, scheme, value] = dialect.parameters
  const { bystander, kin, subject } = description
  const assigned = dialect.equals(column(description.official), official)
  const party = `${assigned} AND ${same(subject.scheme, scheme)} AND ${dialect.equals(column(subject.column), value)}`
  const saidOfParty = (truth: string | undefined): string =>
    truth === undefined
      ? dialect.falsehood
      : dialect.any(`${party} AND ${dialect.yes(column(truth))}`)
  return `
  SELECT CASE
      WHEN count(*) = 0 THEN 'CASE_UNKNOWN'
      WHEN NOT ${dialect.any(assigned)} THEN 'OFFICIAL_NOT_ASSIGNED'
      WHEN NOT ${dialect.all(dialect.yes(column(description.open)))} THEN 'CASE_CLOSED'
      WHEN NOT ${dialect.any(party)} THEN 'SUBJECT_NOT_PARTY'
      ELSE 'GRANTED'
    END,
    count(DISTINCT ${said(description.purpose)}), min(${said(description.purpose)}),
    ${saidOfParty(kin)}, ${saidOfParty(bystander)}
  FROM ${table} AS t
  WHERE ${column(description.reference)} = ${reference}
    AND ${dialect.equals(column(description.reference), reference)}
`
}
