import type { ChainFinding } from '../check-chain-evidence.ts'
import type { CheckFinding, EvidenceReport } from '../check-evidence.ts'
import { reasonText } from '../check-reasons.ts'

/** A finding that may speak of a time, written in the language of the page. */
type DatedFinding = CheckFinding & { readonly when?: string }

function dated(chain: ChainFinding): DatedFinding {
  if (chain.upToMs === undefined) return chain
  const locale = document.documentElement.lang
  const style = { dateStyle: 'long', timeStyle: 'short' } as const
  return { ...chain, when: new Date(chain.upToMs).toLocaleString(locale, style) }
}

/** The sentences for reasons, in the language that the page came in. */
function saidOn(summary: HTMLElement): Readonly<Record<string, unknown>> {
  const said: unknown = JSON.parse(summary.dataset['reasons'] ?? '{}')
  return typeof said === 'object' && said !== null ? { ...said } : {}
}

function show(mark: Element, finding: DatedFinding, said: Readonly<Record<string, unknown>>): void {
  if (!(mark instanceof HTMLElement)) return
  const words = mark.dataset[finding.state]?.replace('{when}', finding.when ?? '')
  const text = mark.querySelector('.app-mark__text')
  if (words === undefined || text === null) return
  mark.classList.remove('app-mark--holds', 'app-mark--fails', 'app-mark--waits')
  mark.classList.add(`app-mark--${finding.state}`)
  mark.title = reasonText(finding.reason, said) ?? ''
  text.textContent = words
}

/** Puts a sentence for `state` into the summary, in the language that the page came in. */
export function showSummary(
  summary: HTMLElement,
  state: CheckFinding['state'] | 'checking' | 'unavailable',
): void {
  const words = summary.dataset[state]
  if (words === undefined) return
  summary.classList.remove('app-check--holds', 'app-check--fails', 'app-check--waits')
  if (state !== 'checking' && state !== 'unavailable') summary.classList.add(`app-check--${state}`)
  summary.hidden = false
  summary.textContent = words
}

/** Ticks every mark of the page that the report speaks about, in the words of `summary`. */
export function showReport(report: EvidenceReport, summary: HTMLElement): void {
  const said = saidOn(summary)
  const findings = new Map<string, DatedFinding>([
    ...report.heads.map((head) => [`head-${head.organisation}`, head] as const),
    ...report.receipts.map((receipt, index) => [`receipt-${index}`, receipt] as const),
    ...report.chains.map((chain) => [`chain-${chain.organisation}`, dated(chain)] as const),
  ])
  for (const mark of document.querySelectorAll('[data-proof]')) {
    const finding = findings.get(mark.getAttribute('data-proof') ?? '')
    if (finding !== undefined) show(mark, finding, said)
  }
}
