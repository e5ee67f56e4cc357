import { utf8 } from '../../bytes/index.ts'
import type { DomainKey } from '../../register/index.ts'
import type { Release } from '../release/index.ts'
import { dimensionColumns, fixedColumns, valuesOf } from './columns.ts'
import { releaseForm, type TableForm } from './table-form.ts'

/** What makes a spreadsheet take a text for a formula, and the mark that keeps it from doing so. */
const formula = /^[=+\-@\t\r\n'＝＋－＠]/u

/** A text that no spreadsheet computes: one that could be a formula, or has the mark already, gets an apostrophe before it. */
export function quietText(text: string): string {
  return formula.test(text) ? `'${text}` : text
}

/** The text that {@link quietText} made quiet. */
export function loudText(text: string): string {
  return text.startsWith("'") ? text.slice(1) : text
}

function field(value: DomainKey | null, isKey: boolean): string {
  if (value === null) return ''
  const text = isKey && typeof value === 'string' ? quietText(value) : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * The rows of a table as CSV (RFC 4180): UTF-8, a header line, CRLF, an empty field where there is no value. Texts of
 * keys are safe from spreadsheets, see {@link quietText}. The certificate is in the release's own file, which the column
 * `release` names by its digest.
 */
export function tableCsv(form: TableForm): Uint8Array {
  const dimensions = dimensionColumns(form)
  const header = [...dimensions.map(({ name }) => name), ...fixedColumns].join(',')
  const lines = form.rows.map((row) =>
    valuesOf(row, form.digest)
      .map((value, at) => field(value, at < dimensions.length))
      .join(','),
  )
  return utf8([header, ...lines, ''].join('\r\n'))
}

/** {@link tableCsv} of a release over one register. */
export function releaseCsv(release: Release): Uint8Array {
  return tableCsv(releaseForm(release))
}
