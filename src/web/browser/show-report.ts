import type { ChainFinding } from '../check-chain-evidence.ts'
import type { CheckFinding, EvidenceReport } from '../check-evidence.ts'
import { type CheckReason, reasonText } from '../check-reasons.ts'

/** A finding that may speak of a time, written in the language of the page. */
interface ShownFinding {
  readonly state: CheckFinding['state'] | 'unshown'
  readonly reason?: CheckReason
  readonly when?: string
}

function dated(chain: ChainFinding): ShownFinding {
  if (chain.upToMs === undefined) return chain
  const locale = document.documentElement.lang
  const style = { dateStyle: 'long', timeStyle: 'short' } as const
  return { ...chain, when: new Date(chain.upToMs).toLocaleString(locale, style) }
}

/** The sentences for reasons, in the language that the page came in. */
function saidHere(): Readonly<Record<string, unknown>> {
  const summary = document.querySelector<HTMLElement>('[data-reasons]')
  const said: unknown = JSON.parse(summary?.dataset['reasons'] ?? '{}')
  return typeof said === 'object' && said !== null ? { ...said } : {}
}

function show(mark: Element, finding: ShownFinding, said: Readonly<Record<string, unknown>>): void {
  if (!(mark instanceof HTMLElement)) return
  const words = mark.dataset[finding.state]?.replace('{when}', finding.when ?? '')
  const text = mark.querySelector('.app-mark__text')
  if (words === undefined || text === null) return
  mark.classList.remove('app-mark--holds', 'app-mark--fails', 'app-mark--waits')
  mark.classList.add(`app-mark--${finding.state === 'unshown' ? 'waits' : finding.state}`)
  const reason = finding.reason && reasonText(finding.reason, said)
  if (reason === undefined) mark.removeAttribute('title')
  else mark.title = reason
  text.textContent = words
}

/** Puts a sentence for `state` into the summary, in the language that the page came in. */
export function showSummary(
  summary: HTMLElement,
  state: CheckFinding['state'] | 'checking' | 'part' | 'unavailable',
): void {
  const words = summary.dataset[state]
  if (words === undefined) return
  summary.classList.remove('app-check--holds', 'app-check--fails', 'app-check--waits')
  if (state !== 'checking' && state !== 'unavailable')
    summary.classList.add(`app-check--${state === 'part' ? 'waits' : state}`)
  summary.hidden = false
  summary.textContent = words
}

/** What of each organisation, where nothing in the evidence is about the end of its list. */
const unshown: ShownFinding = { state: 'unshown' }

/**
 * Ticks every mark below `root` that the report speaks about, in the words of the page; a mark of an organisation's
 * list about which there is nothing says so.
 */
export function showReport(report: EvidenceReport, root: ParentNode): void {
  const said = saidHere()
  const findings = new Map<string, ShownFinding>([
    ...report.heads.map((head) => [`head-${head.organisation}`, head] as const),
    ...report.receipts.map((receipt, index) => [`receipt-${index}`, receipt] as const),
    ...report.chains.map((chain) => [`chain-${chain.organisation}`, dated(chain)] as const),
  ])
  for (const mark of root.querySelectorAll('[data-proof]')) {
    const name = mark.getAttribute('data-proof') ?? ''
    const finding = findings.get(name) ?? (name.startsWith('chain-') ? unshown : undefined)
    if (finding !== undefined) show(mark, finding, said)
  }
}
