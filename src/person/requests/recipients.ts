import { type DataElement, isAboutPersons, parseAgreement } from '../../agreement/index.ts'
import { readCanonicalJson, utf8 } from '../../bytes/index.ts'
import {
  type EntryPlace,
  type ExchangeRecord,
  exchangeRecordSchema,
  type LogsReader,
  readEntry,
  type Unseal,
} from '../../log/index.ts'
import type { AgreementReader } from '../agreement-store.ts'
import type { ChainReader } from '../chain-store.ts'
import type { KnownAgreement } from '../question-facts.ts'
import type { CorrectionNoticeRow } from './request-store.ts'

/** Someone who had what was corrected, in one exchange. */
export type Recipient = Pick<
  CorrectionNoticeRow,
  'consumer' | 'exchangeId' | 'elements' | 'hiddenUntilMs'
>

/** What finding recipients reads. */
export interface RecipientDeps extends Unseal {
  readonly tx: LogsReader & ChainReader & AgreementReader
  readonly organisation: string
  readonly agreements: readonly KnownAgreement[]
}

/** Elements of every agreement that this organisation has answered under, by the agreement's digest. */
type ElementsByAgreement = ReadonlyMap<string, readonly DataElement[]>

/** Also agreements that have ended: what was answered under them was answered. */
async function ownElements({
  tx,
  organisation,
  agreements,
}: RecipientDeps): Promise<ElementsByAgreement> {
  const documents = await tx.agreementDocuments()
  const taken = documents
    .filter(({ kind }) => kind === 'agreement')
    .map(({ bytes, digest }) => ({ agreement: parseAgreement(bytes), digest }))
  const own = [...taken, ...agreements].filter(
    ({ agreement }) => isAboutPersons(agreement) && agreement.provider === organisation,
  )
  return new Map(own.map(({ digest, agreement }) => [digest, agreement.dataElements]))
}

/** A register's element, as one word. */
function sourceOf({ register, source }: DataElement): string {
  return `${register} ${source}`
}

function correctedSources(
  elements: ElementsByAgreement,
  corrected: ReadonlySet<string>,
): ReadonlySet<string> {
  const named = [...elements.values()].flat().filter(({ name }) => corrected.has(name))
  return new Set(named.map(sourceOf))
}

/** What was corrected, by name and by the register's own elements. */
interface Corrected {
  readonly names: ReadonlySet<string>
  readonly sources: ReadonlySet<string>
  readonly elements: ElementsByAgreement
}

/** Which of an answer's elements changed. */
function changedIn(
  { elements: answered, agreement }: ExchangeRecord,
  { names, sources, elements }: Corrected,
): readonly string[] {
  const terms = elements.get(agreement?.digest ?? '') ?? []
  const affected = new Set(
    terms.filter((element) => sources.has(sourceOf(element))).map(({ name }) => name),
  )
  return answered.filter((name) => names.has(name) || affected.has(name))
}

function hiddenUntil({ notice, noticeUntilMs }: ExchangeRecord): number | null {
  // Without a date nothing opens by itself.
  return notice === 'withheld' ? (noticeUntilMs ?? Number.MAX_SAFE_INTEGER) : null
}

async function recipientAt(
  { origin, index }: EntryPlace,
  corrected: Corrected,
  deps: RecipientDeps,
): Promise<Recipient | undefined> {
  const entry = await readEntry(deps.tx.logOf(origin), index, deps)
  if (entry === undefined) return undefined
  const record = exchangeRecordSchema.parse(readCanonicalJson(utf8(entry.record)))
  const { kind, outcome, provider, consumer, exchangeId } = record
  const wasGiven = kind === 'person.answered' && outcome === 'permit'
  if (!wasGiven || provider !== deps.organisation) return undefined
  const elements = changedIn(record, corrected)
  if (elements.length === 0) return undefined
  return { consumer, exchangeId, elements, hiddenUntilMs: hiddenUntil(record) }
}

/**
 * Everyone who was given one of these elements about one person by this organisation, exchange by exchange, out
 * of its own log: withheld exchanges as well, since their receivers must know. Erased records name nobody.
 *
 * @param handles the subject's, of both chains
 */
export async function recipientsOf(
  handles: { readonly open: string; readonly withheld: string | undefined },
  elements: readonly string[],
  deps: RecipientDeps,
): Promise<readonly Recipient[]> {
  const names = new Set(elements)
  const own = await ownElements(deps)
  const corrected = { names, elements: own, sources: correctedSources(own, names) }
  const found = new Map<string, Recipient>()
  for (const handle of [handles.open, handles.withheld]) {
    if (handle === undefined) continue
    for (const place of await deps.tx.entriesAbout(handle)) {
      const recipient = await recipientAt(place, corrected, deps)
      if (recipient !== undefined)
        found.set(`${recipient.consumer} ${recipient.exchangeId}`, recipient)
    }
  }
  return [...found.values()]
}
