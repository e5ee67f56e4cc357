import { wantsLongRuns } from '../house/needs.ts'

/** The widths at which a page must be free of flaws, in CSS pixels: a desk's and a telephone's. */
export const widths: readonly number[] = [1280, 320]

/**
 * The widths at which the pages of a language are checked: in `./test --all` both, in `./test` one,
 * for French the narrow one, where long words show.
 */
export function widthsOf(language: string): readonly number[] {
  if (wantsLongRuns()) return widths
  return language === 'fr' ? [320] : [1280]
}
