import { nobleEd25519 } from '../../crypto/index.ts'
import { checkEvidence, showsAll } from '../check-evidence.ts'
import { parseEvidence } from '../evidence-file.ts'
import { showReport, showSummary } from './show-report.ts'

async function checkPage(summary: HTMLElement): Promise<void> {
  showSummary(summary, 'checking')
  const response = await fetch(summary.dataset['evidence'] ?? '')
  const evidence = parseEvidence(await response.text())
  if (!response.ok || evidence === undefined) return showSummary(summary, 'unavailable')
  const report = checkEvidence(evidence, nobleEd25519)
  showReport(report, document)
  showSummary(summary, report.state)
}

/** What of a file is told: in a sentence, and of each agency's list. */
interface OwnFile {
  readonly input: HTMLInputElement
  readonly result: HTMLElement
  readonly lists: HTMLElement
}

async function checkOwnFile({ input, result, lists }: OwnFile): Promise<void> {
  const file = input.files?.[0]
  if (file === undefined) return
  // Marks of a file before it must not stand beside this one's sentence.
  lists.hidden = true
  const evidence = parseEvidence(await file.text())
  if (evidence === undefined) return showSummary(result, 'unavailable')
  const report = checkEvidence(evidence, nobleEd25519)
  showSummary(result, report.state === 'holds' && !showsAll(report) ? 'part' : report.state)
  showReport(report, lists)
  lists.hidden = false
}

for (const summary of document.querySelectorAll<HTMLElement>('[data-evidence]')) {
  void checkPage(summary).catch(() => showSummary(summary, 'unavailable'))
}

const section = document.querySelector<HTMLElement>('[data-own-file]')
const input = section?.querySelector('input')
const result = section?.querySelector<HTMLElement>('[data-file-result]')
const lists = section?.querySelector<HTMLElement>('[data-file-lists]')
if (section && input && result && lists) {
  section.hidden = false
  input.addEventListener('change', () => {
    void checkOwnFile({ input, result, lists }).catch(() => showSummary(result, 'unavailable'))
  })
}
