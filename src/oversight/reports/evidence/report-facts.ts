import {
  type Agreement,
  agreementDigest,
  AgreementError,
  type AgreementFact,
  type AgreementStanding,
  type LoggedAgreement,
  parseAgreement,
  standingInLine,
} from '../../../agreement/index.ts'
import {
  BytesError,
  canonicalBytes,
  encodeBase64,
  isJsonObject,
  readCanonicalJson,
  utf8,
} from '../../../bytes/index.ts'
import {
  type EntryPlace,
  type GovernanceRecord,
  governanceRecordSchema,
} from '../../../log/index.ts'
import { lockOf } from '../../../person/index.ts'
import {
  directoryDigest,
  type DirectoryRecord,
  parseDirectoryRecord,
  ProtocolError,
} from '../../../protocol/index.ts'
import type { CitedEntry, ReportFile } from '../report-file.ts'
import { ReportFault } from '../report-fault.ts'

/** A public entry, read. */
export interface GovernanceFact {
  readonly place: EntryPlace
  readonly record: GovernanceRecord
}

/** An agreement that the log has published, and what became of it. */
export interface FoundAgreement extends LoggedAgreement {
  readonly standing: AgreementStanding
  /** Its `agreement.published`. */
  readonly published: GovernanceFact
  /** All entries about it, oldest first. */
  readonly acts: readonly GovernanceFact[]
}

/** What a report is composed of: its evidence, read. */
export interface ReportFacts extends Omit<ReportFile, 'content'> {
  /** Cited entries, in the order of the logs. */
  readonly governance: readonly GovernanceFact[]
  /** By id and version. */
  readonly agreements: readonly FoundAgreement[]
  /** The newest record of each organisation. */
  readonly directory: ReadonlyMap<string, DirectoryRecord>
}

function named({ origin, index }: EntryPlace): string {
  return `entry ${index} of ${origin}`
}

function factOf({ origin, index, record }: CitedEntry): GovernanceFact {
  return {
    place: { origin, index },
    record: governanceRecordSchema.parse(readCanonicalJson(utf8(record))),
  }
}

/** The document in an entry `agreement.published` or `agreement.offered`. */
function documentIn({ place, record: { body, digest } }: GovernanceFact): Agreement {
  const { agreement, signatures } = body ?? {}
  if (agreement === undefined || signatures === undefined || !isJsonObject(agreement))
    throw new ReportFault('DOCUMENT_WRONG', named(place))
  const parsed = parseAgreement(canonicalBytes({ ...agreement, signatures }))
  if (encodeBase64(agreementDigest(parsed)) !== digest)
    throw new ReportFault('DOCUMENT_WRONG', named(place))
  return parsed
}

const actKinds = [
  'agreement.offered',
  'agreement.published',
  'agreement.suspended',
  'agreement.resumed',
  'agreement.reviewed',
  'agreement.terminated',
  'agreement.rejected',
] as const

/** The act as it counts: an officer's is by who signed it, a publication by who keeps the log. */
function actOf({ record }: GovernanceFact): AgreementFact | undefined {
  const kind = actKinds.find((one) => one === record.kind)
  if (kind === undefined) return undefined
  const act = record.body?.['act']
  const by = act !== undefined && isJsonObject(act) ? act['organisation'] : record.organisation
  return typeof by === 'string' ? { kind, atMs: record.timeMs, by } : undefined
}

function agreementsIn(
  governance: readonly GovernanceFact[],
  { madeAtMs, evidence: { lock } }: Omit<ReportFile, 'content'>,
): readonly FoundAgreement[] {
  const published = governance.filter(({ record }) => record.kind === 'agreement.published')
  const found = published.map((one) => {
    const acts = governance.filter(
      ({ record }) => record.kind.startsWith('agreement.') && record.digest === one.record.digest,
    )
    const history = acts.map(actOf).filter((act) => act !== undefined)
    return {
      agreement: documentIn(one),
      digest: one.record.digest ?? '',
      history,
      acts,
      published: one,
    }
  })
  const moment = { nowMs: madeAtMs }
  const terms = {
    line: found,
    moment,
    lockOf: (agreement: Agreement) => lockOf({ agreement }, lock),
  }
  return found
    .map((one) => ({ ...one, standing: standingInLine(one, terms) }))
    .toSorted(
      (a, b) => order(a.agreement.id, b.agreement.id) || a.agreement.version - b.agreement.version,
    )
}

/** By code units: the same on every machine. */
function order(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** Each record must be the one that a cited entry names; a later entry counts instead of an earlier one. */
function directoryIn(
  governance: readonly GovernanceFact[],
  records: readonly string[],
): ReadonlyMap<string, DirectoryRecord> {
  const byDigest = new Map(
    records.map((text) => {
      const record = parseDirectoryRecord(utf8(text))
      return [encodeBase64(directoryDigest(record)), record] as const
    }),
  )
  const found = new Map<string, DirectoryRecord>()
  const used = new Set<string | null>()
  for (const { place, record } of governance) {
    if (!record.kind.startsWith('directory.')) continue
    const document = byDigest.get(record.digest ?? '')
    if (document === undefined || document.organisation !== record.name)
      throw new ReportFault('DOCUMENT_WRONG', `the directory record of ${named(place)}`)
    found.set(document.organisation, document)
    used.add(record.digest)
  }
  if (byDigest.size > used.size)
    throw new ReportFault('DOCUMENT_WRONG', 'a directory record without an entry')
  return found
}

/**
 * Reads a report's evidence. Whether it is proven is not looked at.
 *
 * @throws {@link ReportFault} `DOCUMENT_WRONG`
 */
export function factsOf(file: Omit<ReportFile, 'content'>): ReportFacts {
  try {
    const governance = file.evidence.entries.map(factOf)
    return {
      ...file,
      governance,
      agreements: agreementsIn(governance, file),
      directory: directoryIn(governance, file.evidence.records),
    }
  } catch (cause) {
    const isForm =
      cause instanceof AgreementError ||
      cause instanceof BytesError ||
      cause instanceof ProtocolError ||
      (cause instanceof Error && cause.name === 'ZodError')
    if (isForm) throw new ReportFault('DOCUMENT_WRONG', 'a cited document', { cause })
    throw cause
  }
}
