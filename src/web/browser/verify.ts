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
interface FileResult {
  readonly result: HTMLElement
  readonly lists: HTMLElement
}

function resultIn(section: Element): FileResult | undefined {
  const result = section.querySelector<HTMLElement>('[data-file-result]')
  const lists = section.querySelector<HTMLElement>('[data-file-lists]')
  return result && lists ? { result, lists } : undefined
}

async function checkFile(
  text: () => Promise<string>,
  { result, lists }: FileResult,
): Promise<void> {
  // Marks of a file before it must not stand beside this one's sentence.
  lists.hidden = true
  showSummary(result, 'checking')
  const evidence = parseEvidence(await text())
  if (evidence === undefined) return showSummary(result, 'unavailable')
  const report = checkEvidence(evidence, nobleEd25519)
  showSummary(result, report.state === 'holds' && !showsAll(report) ? 'part' : report.state)
  showReport(report, lists)
  lists.hidden = false
}

for (const summary of document.querySelectorAll<HTMLElement>('[data-evidence]')) {
  void checkPage(summary).catch(() => showSummary(summary, 'unavailable'))
}

for (const section of document.querySelectorAll<HTMLElement>('[data-own-file]')) {
  const input = section.querySelector('input')
  const told = resultIn(section)
  if (input === null || told === undefined) continue
  section.hidden = false
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file === undefined) return
    void checkFile(() => file.text(), told).catch(() => showSummary(told.result, 'unavailable'))
  })
}

for (const section of document.querySelectorAll('[data-whole-list]')) {
  const button = section.querySelector('button')
  const told = resultIn(section)
  if (button === null || told === undefined) continue
  button.hidden = false
  button.addEventListener('click', () => {
    const whole = async (): Promise<string> => await (await fetch('/evidence.json')).text()
    void checkFile(whole, told).catch(() => showSummary(told.result, 'unavailable'))
  })
}
