import type { GovernanceRecord } from '../../../log/index.ts'
import type { ReportParameters } from '../report-file.ts'
import type { ReportKind } from '../report-kind.ts'

/** What is known of a public entry before it is read. */
export type CitableRecord = Pick<GovernanceRecord, 'kind' | 'timeMs'>

/** Entries that say what may be asked and who the parties are: they count whenever they were made. */
function isGround({ kind }: CitableRecord): boolean {
  return kind.startsWith('agreement.') || kind.startsWith('directory.')
}

function isInPeriod({ timeMs }: CitableRecord, { fromMs, untilMs }: ReportParameters): boolean {
  return fromMs <= timeMs && timeMs < untilMs
}

/** What each report rests on besides, within its period. */
const kindsOfPeriod: Readonly<Record<ReportKind, (kind: string) => boolean>> = {
  accounting: (kind) => kind.startsWith('notice.'),
  matching: (kind) => kind.startsWith('notice.'),
  // A report that counted reports would have to count itself.
  integrity: (kind) => kind !== 'report.made',
  ropa: () => false,
  access: () => false,
  notice: () => false,
  'fan-out': () => false,
  dpia: (kind) => kind.startsWith('notice.'),
  'breach-scope': (kind) => kind === 'breach.declared',
}

/**
 * Whether a report rests on a public entry. The one rule for whoever makes a report and whoever looks for
 * an entry that it left out.
 */
export function isCited(
  report: ReportKind,
  record: CitableRecord,
  parameters: ReportParameters,
): boolean {
  if (isGround(record)) return true
  return kindsOfPeriod[report](record.kind) && isInPeriod(record, parameters)
}
