import { readCanonicalJson, utf8 } from '../../../bytes/index.ts'
import {
  type EntryPlace,
  type ExchangeRecord,
  exchangeRecordSchema,
  governanceRecordSchema,
} from '../../../log/index.ts'
import {
  type ProvenEntry,
  readClosedEpoch,
  type SealedFacts,
  type SubjectFile,
} from '../../../log/verify/index.ts'
import type { ReportFacts } from '../evidence/report-facts.ts'
import {
  chainCount,
  fact,
  listValue,
  type ReportSection,
  type ReportValue,
  type TermFamily,
  termValue,
  textValue,
} from '../report-content.ts'
import { organisationValue } from './agreement-facts.ts'

/** One entry in a person's chain; without record once it was erased, and where it is sealed. */
export interface PersonEntry {
  readonly place: EntryPlace
  readonly record: ExchangeRecord | undefined
  /** What is told of an entry of another person's case. */
  readonly sealed: SealedFacts | undefined
}

function entryIn({ origin, index, record, sealed }: ProvenEntry): PersonEntry {
  return {
    place: { origin, index },
    sealed,
    record:
      record === null ? undefined : exchangeRecordSchema.parse(readCanonicalJson(utf8(record))),
  }
}

/** All entries of a person's file: the chain, then what has opened of withheld notices. */
export function personEntries({ chain, opened }: SubjectFile): readonly PersonEntry[] {
  return [...chain.links.map(({ entry }) => entry), ...opened].map((entry) => entryIn(entry))
}

/** Whether an entry says that data about the person went out, or came in. */
export function isDisclosure({ record }: PersonEntry): boolean {
  return record?.kind === 'person.answered' || record?.kind === 'person.received'
}

/** Whether nobody can open it any more. */
export function isErased({ record, sealed }: PersonEntry): boolean {
  return record === undefined && sealed === undefined
}

/** Whether this organisation gave the data; else it got it. */
export function isGiven({ record }: PersonEntry): boolean {
  return record?.kind === 'person.answered'
}

/** Up to when the chain is proven whole. */
export function provenUntil({ chain }: SubjectFile): ReportValue {
  const { epoch } = chain
  if (epoch.record === null) return { is: 'none' }
  const record = governanceRecordSchema.parse(readCanonicalJson(utf8(epoch.record)))
  const closed = readClosedEpoch(record)
  return closed === undefined ? { is: 'none' } : { is: 'time', atMs: closed.atMs }
}

const none: ReportValue = { is: 'none' }

function termOrNone(family: TermFamily, id: string | null): ReportValue {
  return id === null ? none : termValue(family, id)
}

/** Date, recipient, purpose and law: all that is told of an entry of another person's case. */
function sealedRow(
  { consumer, legalBasis, purpose, timeMs }: SealedFacts,
  place: EntryPlace,
  facts: ReportFacts,
): readonly ReportValue[] {
  return [
    { is: 'time', atMs: timeMs },
    organisationValue(facts, consumer),
    termOrNone('purpose', purpose),
    termOrNone('law', legalBasis),
    none,
    termValue('sentence', 'sealed'),
    { is: 'entry', ...place },
  ]
}

function rowOf({ place, record, sealed }: PersonEntry, facts: ReportFacts): readonly ReportValue[] {
  if (sealed !== undefined) return sealedRow(sealed, place, facts)
  if (record === undefined) return [none, none, none, none, none, none, { is: 'entry', ...place }]
  const { timeMs, consumer, purpose, legalBasis, elements, outcome, code } = record
  return [
    { is: 'time', atMs: timeMs },
    organisationValue(facts, consumer),
    termOrNone('purpose', purpose),
    termOrNone('law', legalBasis),
    listValue(elements.map((name) => termValue('element', name))),
    listValue([
      ...(outcome === null ? [] : [termValue('outcome', outcome)]),
      ...(code === null ? [] : [termValue('code', code)]),
    ]),
    { is: 'entry', ...place },
  ]
}

/** The entries of a person as a table: date, recipient, purpose, law, facts, outcome and the entry. */
export function disclosureTable(
  entries: readonly PersonEntry[],
  facts: ReportFacts,
): ReportSection['table'] {
  return {
    columns: ['date', 'recipient', 'purpose', 'legal-basis', 'elements', 'outcome', 'entry'],
    rows: entries.map((entry) => rowOf(entry, facts)),
  }
}

/** What a person is told of all entries about them. */
export function disclosureSections(
  facts: ReportFacts,
  file: SubjectFile,
): readonly ReportSection[] {
  const entries = personEntries(file)
  const erased = entries.filter((entry) => isErased(entry)).length
  const sealed = entries.filter((entry) => entry.sealed !== undefined).length
  const { scheme, value } = file.chain.subject
  return [
    {
      title: 'person',
      of: null,
      facts: [
        fact('subject', textValue(`${scheme} ${value}`)),
        fact('disclosures', chainCount(entries.filter(isDisclosure).length), '5 U.S.C. 552a(c)(1)'),
        fact('entries', chainCount(entries.length)),
        fact('erased', chainCount(erased)),
        ...(sealed === 0 ? [] : [fact('sealed', chainCount(sealed))]),
        fact('complete-until', provenUntil(file), '5 U.S.C. 552a(c)(3)'),
      ],
      table: null,
    },
    { title: 'disclosures', of: null, facts: [], table: disclosureTable(entries, facts) },
  ]
}
