import {
  canonicalBytes,
  concatBytes,
  encodeBase64,
  readCanonicalJson,
  utf8,
} from '../bytes/index.ts'
import { sha256 } from '../crypto/index.ts'
import {
  exchangeRecordSchema,
  governanceRecordSchema,
  type ExchangeRecord,
  type GovernanceRecord,
} from './entry/index.ts'

/** The version byte of a leaf. Frozen: another format gets another number. */
export const LEAF_VERSION = 0x01
/** The class byte of a leaf: the only thing that a bystander may tell apart. */
export const LEAF_CLASSES = { exchange: 0x01, governance: 0x02 } as const
/** Every leaf has this many bytes, so that lengths tell nothing. */
export const LEAF_BYTES = 34

const COMMITMENT_TAG = utf8('cloison/commitment/v1\n')
const CHAIN_TAG = utf8('cloison/chain/v1\n')
const RANDOM_BYTES = 32
/** Bounds that leave room for what a record is wrapped in when it is opened. */
const MOST_RECORD_BYTES = 65_000
const MOST_RECORD_DEPTH = 12

/** An entry before it has an index. */
export interface LogEntry {
  /** Public, 34 bytes: version, class, commitment. */
  readonly leaf: Uint8Array
  /** What opens the commitment, together with the record; 32 bytes. Erased, the leaf is noise. */
  readonly r: Uint8Array
  /** The record's canonical JSON (RFC 8785). */
  readonly recordBytes: Uint8Array
  /** SHA-256(`cloison/commitment/v1\n` ‖ r ‖ recordBytes), 32 bytes. */
  readonly commitment: Uint8Array
}

/** A place in the chain of entries about one subject. */
export interface ChainPlace {
  /** Entries whose notice is withheld form a chain of their own. */
  readonly chain: 'open' | 'withheld'
  /** Counts up by one within the chain. */
  readonly seq: number
  /** Commitment of the previous entry in the chain, base64; `null` for the first. */
  readonly prev: string | null
}

/**
 * Commits to a record. Equal records with different `r` have unlinkable leaves, so `r` is 32 fresh
 * random bytes for each entry, never for each person.
 *
 * @throws RangeError for an `r` of another length, TypeError for a record that is not of version 1, a
 * `BytesError` for a governance body that readers would refuse
 */
export function makeEntry(record: ExchangeRecord | GovernanceRecord, r: Uint8Array): LogEntry {
  if (r.length !== RANDOM_BYTES) throw new RangeError('r must have 32 bytes')
  const recordBytes = record.class === 'exchange' ? exchangeBytes(record) : governanceBytes(record)
  return entryOf(record.class, recordBytes, r)
}

/**
 * The entry of an exchange record that was read from its canonical JSON, `recordBytes`, and has passed
 * {@link exchangeRecordSchema}: what {@link makeEntry} makes of it, without writing it anew.
 *
 * @throws RangeError for an `r` of other than 32 bytes
 */
export function exchangeEntry(recordBytes: Uint8Array, r: Uint8Array): LogEntry {
  if (r.length !== RANDOM_BYTES) throw new RangeError('r must have 32 bytes')
  return entryOf('exchange', recordBytes, r)
}

function entryOf(of: keyof typeof LEAF_CLASSES, recordBytes: Uint8Array, r: Uint8Array): LogEntry {
  const commitment = commitmentOf(r, recordBytes)
  const leaf = concatBytes(Uint8Array.of(LEAF_VERSION, LEAF_CLASSES[of]), commitment)
  return { leaf, r, recordBytes, commitment }
}

/** SHA-256(`cloison/commitment/v1\n` ‖ r ‖ recordBytes), 32 bytes: what a leaf says about its record. */
export function commitmentOf(r: Uint8Array, recordBytes: Uint8Array): Uint8Array {
  return sha256(COMMITMENT_TAG, r, recordBytes)
}

/**
 * The blinded link that goes into a record's `chain` field: SHA-256(`cloison/chain/v1\n` ‖ c ‖
 * canonical JSON of the place), 32 bytes. `c` is 32 random bytes of the entry, kept outside its
 * erasable part and never opened to the consumer.
 *
 * @throws RangeError for a `c` of another length or a `seq` that is not a count
 */
export function chainLink(c: Uint8Array, { chain, seq, prev }: ChainPlace): Uint8Array {
  if (c.length !== RANDOM_BYTES) throw new RangeError('c must have 32 bytes')
  if (!Number.isSafeInteger(seq) || seq < 0) throw new RangeError('seq must be a count')
  return sha256(CHAIN_TAG, c, canonicalBytes({ chain, prev, seq }))
}

/** What is published of a governance entry, the file `governance/<index>`: everything. */
export function governanceOpening(
  index: number,
  entry: Pick<LogEntry, 'r' | 'recordBytes'>,
): Uint8Array {
  const record = readCanonicalJson(entry.recordBytes)
  return canonicalBytes({ index, r: encodeBase64(entry.r), record })
}

/**
 * Canonical JSON, written out because every commit waits for it: with members in this order, ASCII
 * strings that need no escapes and integers, ECMAScript's own serialization is the canonical one.
 */
function exchangeBytes(record: ExchangeRecord): Uint8Array {
  checkRecord(exchangeRecordSchema.safeParse(record).error?.issues)
  const { agreement } = record
  const sorted = {
    agreement: agreement && {
      digest: agreement.digest,
      id: agreement.id,
      version: agreement.version,
    },
    cap: record.cap,
    case: record.case,
    chain: record.chain,
    class: record.class,
    code: record.code,
    consent: record.consent,
    consumer: record.consumer,
    elements: record.elements,
    exchangeId: record.exchangeId,
    kind: record.kind,
    legalBasis: record.legalBasis,
    notice: record.notice,
    noticeUntilMs: record.noticeUntilMs,
    official: record.official,
    outcome: record.outcome,
    peer: record.peer,
    provider: record.provider,
    purpose: record.purpose,
    questionDigest: record.questionDigest,
    resultDigest: record.resultDigest,
    timeMs: record.timeMs,
    v: record.v,
  }
  return utf8(JSON.stringify(sorted))
}

/** A body is free JSON, so it passes the gate that its readers will apply. */
function governanceBytes(record: GovernanceRecord): Uint8Array {
  checkRecord(governanceRecordSchema.safeParse(record).error?.issues)
  const bytes = canonicalBytes({ ...record })
  readCanonicalJson(bytes, { maxBytes: MOST_RECORD_BYTES, maxDepth: MOST_RECORD_DEPTH })
  return bytes
}

/** Names the place that is wrong, never what stands there. */
function checkRecord(
  issues: readonly { readonly path: readonly PropertyKey[] }[] | undefined,
): void {
  if (issues === undefined) return
  const paths = issues.map(({ path }) => path.map(String).join('.'))
  throw new TypeError(`record is not of version 1: ${paths.join(', ')}`)
}
