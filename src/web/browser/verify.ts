import { nobleEd25519 } from '../../crypto/index.ts'
import { checkEvidence } from '../check-evidence.ts'
import { parseEvidence } from '../evidence-file.ts'
import { showReport, showSummary } from './show-report.ts'

async function checkPage(summary: HTMLElement): Promise<void> {
  showSummary(summary, 'checking')
  const response = await fetch(summary.dataset['evidence'] ?? '')
  const evidence = parseEvidence(await response.text())
  if (!response.ok || evidence === undefined) return showSummary(summary, 'unavailable')
  const report = checkEvidence(evidence, nobleEd25519)
  showReport(report, summary)
  showSummary(summary, report.state)
}

async function checkOwnFile(input: HTMLInputElement, result: HTMLElement): Promise<void> {
  const file = input.files?.[0]
  if (file === undefined) return
  const evidence = parseEvidence(await file.text())
  if (evidence === undefined) return showSummary(result, 'unavailable')
  showSummary(result, checkEvidence(evidence, nobleEd25519).state)
}

for (const summary of document.querySelectorAll<HTMLElement>('[data-evidence]')) {
  void checkPage(summary).catch(() => showSummary(summary, 'unavailable'))
}

const section = document.querySelector<HTMLElement>('[data-own-file]')
const input = section?.querySelector('input')
const result = section?.querySelector<HTMLElement>('[data-file-result]')
if (section && input && result) {
  section.hidden = false
  input.addEventListener('change', () => {
    void checkOwnFile(input, result).catch(() => showSummary(result, 'unavailable'))
  })
}
