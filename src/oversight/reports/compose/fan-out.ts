import type { SubjectFile } from '../../../log/verify/index.ts'
import type { ReportFacts } from '../evidence/report-facts.ts'
import {
  chainCount,
  fact,
  listValue,
  type ReportSection,
  type ReportValue,
  termValue,
} from '../report-content.ts'
import { organisationValue } from './agreement-facts.ts'
import { isErased, isGiven, personEntries, type PersonEntry } from './disclosures.ts'

/** Entries by who got the data, in the order of the chain. */
function byRecipient(entries: readonly PersonEntry[]): ReadonlyMap<string, readonly PersonEntry[]> {
  const found = new Map<string, readonly PersonEntry[]>()
  for (const entry of entries) {
    const { record } = entry
    if (record === undefined || !isGiven(entry)) continue
    found.set(record.consumer, [...(found.get(record.consumer) ?? []), entry])
  }
  return found
}

function recipientRow(
  consumer: string,
  entries: readonly PersonEntry[],
  facts: ReportFacts,
): readonly ReportValue[] {
  const elements = [...new Set(entries.flatMap(({ record }) => record?.elements ?? []))].toSorted()
  const newest = entries.at(-1)?.record
  return [
    organisationValue(facts, consumer),
    listValue(elements.map((name) => termValue('element', name))),
    chainCount(entries.length),
    newest === undefined ? { is: 'none' } : { is: 'time', atMs: newest.timeMs },
    listValue(entries.map(({ place }) => ({ is: 'entry' as const, ...place }))),
  ]
}

/** Every earlier recipient whom a correction is to be told to (GDPR 19; 5 U.S.C. 552a(c)(4)). */
export function fanOut(facts: ReportFacts, file: SubjectFile): readonly ReportSection[] {
  const entries = personEntries(file)
  const recipients = [...byRecipient(entries)]
  const erased = entries.filter((entry) => isErased(entry)).length
  const sealed = entries.filter((entry) => entry.sealed !== undefined).length
  return [
    {
      title: 'recipients-to-tell',
      of: null,
      facts: [
        fact('recipients', chainCount(recipients.length), 'GDPR 19'),
        fact('erased', chainCount(erased)),
        ...(sealed === 0 ? [] : [fact('sealed', chainCount(sealed))]),
      ],
      table: {
        columns: ['recipient', 'elements', 'answered', 'last', 'entries'],
        rows: recipients.map(([consumer, own]) => recipientRow(consumer, own, facts)),
      },
    },
  ]
}
