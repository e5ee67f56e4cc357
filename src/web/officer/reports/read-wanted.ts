import { dayBegin } from '../../../agreement/index.ts'
import type { ReportKind } from '../../../oversight/index.ts'
import type { MessageKey } from '../../messages/words.ts'
import type { WantedReport } from './report-desk.ts'

const dayMs = 86_400_000

/** What is wrong with the form of a report, and in which field. */
export interface WrongWish {
  readonly at: 'from' | 'until'
  readonly key: MessageKey
}

/** An agreement as the form's choice names it: id and version. */
export function agreementChoice({ id, version }: { id: string; version: number }): string {
  return `${id} ${version}`
}

function agreementOf(choice: string): WantedReport['agreement'] {
  const [id, version = ''] = choice.split(' ')
  return id === undefined || !/^[1-9]\d{0,5}$/.test(version)
    ? null
    : { id, version: Number(version) }
}

/** Reads the form of a report: both days are in it, in UTC; a report of days that have not begun says nothing. */
export function readWanted(
  report: ReportKind,
  form: URLSearchParams,
  nowMs: number,
): WantedReport | WrongWish {
  const fromMs = dayBegin((form.get('from') ?? '').trim())
  if (fromMs === undefined) return { at: 'from', key: 'reports.dayMissing' }
  const lastMs = dayBegin((form.get('until') ?? '').trim())
  if (lastMs === undefined) return { at: 'until', key: 'reports.dayMissing' }
  if (lastMs < fromMs) return { at: 'until', key: 'reports.untilBefore' }
  if (fromMs > nowMs) return { at: 'from', key: 'reports.fromAhead' }
  const agreement = agreementOf(form.get('agreement') ?? '')
  return { report, fromMs, untilMs: lastMs + dayMs, agreement }
}
