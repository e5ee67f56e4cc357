import { BytesError, decodeBase64, readCanonicalJson, utf8 } from '../../../bytes/index.ts'
import type { ExchangeRecord, GovernanceRecord } from '../../entry/index.ts'
import type { Cosignature, SignatureAlgorithms } from '../cosignature.ts'
import { LogError } from '../log-error.ts'
import { type OpenedCheckpoint, openCheckpoint } from '../open-note.ts'
import { openEntry, parseLeaf } from '../opening.ts'
import { type Policy, quorumMet } from '../policy.ts'
import { verifyInclusion } from '../proof.ts'
import { parseTlogProof } from '../receipt.ts'
import { parseCheckpoint } from '../checkpoint.ts'
import { parseNote } from '../note.ts'
import { entryHash } from '../tree-hasher.ts'
import { organisationOf, policyWithout } from '../uninvolved.ts'
import type { ProvenEntry } from './subject-file.ts'

/** Whose signatures count. */
export interface JudgeKeys extends SignatureAlgorithms {
  /** Logs, witnesses and quorum; a log counts under its own origin only. */
  readonly policy: Policy
}

/** Why an entry is not proven. */
export type EntryFault =
  | 'ENTRY_MALFORMED'
  | 'ORIGIN_UNKNOWN'
  | 'CHECKPOINT_REFUSED'
  | 'QUORUM_NOT_MET'
  | 'NOT_INCLUDED'
  | 'COMMITMENT_MISMATCH'

/** An entry that stands where it says, under a checkpoint that enough witnesses cosigned. */
export interface JudgedEntry {
  /** What its leaf commits to, 32 bytes. */
  readonly commitment: Uint8Array
  /** `undefined` once it is erased, and where it is sealed for the sake of another person. */
  readonly record: ExchangeRecord | GovernanceRecord | undefined
  readonly cosignatures: readonly Cosignature[]
}

/** Judges entries; checkpoints that several of them share are opened once. */
export type EntryJudge = (entry: ProvenEntry) => JudgedEntry | EntryFault

/** The class byte of a leaf about an exchange: nothing else can be sealed. */
const exchangeClass = 0x01

type Opened = Pick<OpenedCheckpoint, 'checkpoint' | 'cosignatures'> | EntryFault

function openUnder(note: string, origin: string, keys: JudgeKeys): Opened {
  const { policy, ...algorithms } = keys
  const log = policy.logs.map(({ key }) => key).filter(({ name }) => name === origin)
  if (log.length === 0) return 'ORIGIN_UNKNOWN'
  const witnesses = policy.witnesses.map(({ key }) => key)
  const opened = openCheckpoint(note, { log, witnesses, ...algorithms })
  // A line that nobody known has signed proves nothing; the log's own may be of a newer algorithm.
  if (opened.unknown.some(({ name }) => name !== origin)) return 'CHECKPOINT_REFUSED'
  const cosigners = opened.cosignatures.map(({ key }) => key)
  // Who keeps the log cannot vouch for it.
  const others = policyWithout(policy, [organisationOf(origin)])
  return quorumMet(others, cosigners) ? opened : 'QUORUM_NOT_MET'
}

function recordOf(
  { r, record, sealed }: ProvenEntry,
  leaf: Uint8Array,
): JudgedEntry['record'] | EntryFault {
  // What is told in the place of a record must not stand beside one: nobody could say which holds.
  if (sealed !== undefined && (r !== null || record !== null || leaf[1] !== exchangeClass))
    return 'ENTRY_MALFORMED'
  if (r === null || record === null)
    return r === null && record === null ? undefined : 'ENTRY_MALFORMED'
  const opened = openEntry(leaf, { r: decodeBase64(r), record: readCanonicalJson(utf8(record)) })
  if (opened.ok) return opened.record
  return opened.code === 'COMMITMENT_MISMATCH' ? opened.code : 'ENTRY_MALFORMED'
}

function judge(
  entry: ProvenEntry,
  open: (note: string, origin: string) => Opened,
): JudgedEntry | EntryFault {
  const leaf = decodeBase64(entry.leaf)
  const parsed = parseLeaf(leaf)
  const proof = parseTlogProof(entry.proof)
  if (parsed === undefined || proof.index !== entry.index || proof.extra !== undefined)
    return 'ENTRY_MALFORMED'
  const opened = open(proof.checkpoint, entry.origin)
  if (typeof opened === 'string') return opened
  const { size, root } = opened.checkpoint
  const { index, hashes } = proof
  const leafHash = entryHash(leaf)
  if (!verifyInclusion({ index, size, leafHash, proof: hashes, root })) return 'NOT_INCLUDED'
  const record = recordOf(entry, leaf)
  if (typeof record === 'string') return record
  return { commitment: parsed.commitment, record, cosignatures: opened.cosignatures }
}

/** Whether the checkpoint in a proof can be read at all; a proof is parsed before it is judged. */
function originOf(note: string): string {
  return parseCheckpoint(parseNote(note).text).origin
}

/**
 * Judges a signed tree head by itself: signed by the log of `origin`, cosigned by enough witnesses that do
 * not keep it.
 */
export function judgeHead(
  note: string,
  origin: string,
  keys: JudgeKeys,
): Pick<OpenedCheckpoint, 'checkpoint' | 'cosignatures'> | EntryFault {
  try {
    return originOf(note) === origin ? openUnder(note, origin, keys) : 'ORIGIN_UNKNOWN'
  } catch (cause) {
    if (cause instanceof LogError) return 'CHECKPOINT_REFUSED'
    throw cause
  }
}

/** Makes the judge of one file's entries. */
export function entryJudge(keys: JudgeKeys): EntryJudge {
  const known = new Map<string, Opened>()
  const open = (note: string, origin: string): Opened => {
    if (originOf(note) !== origin) return 'ORIGIN_UNKNOWN'
    const before = known.get(note)
    if (before !== undefined) return before
    const opened = openUnder(note, origin, keys)
    known.set(note, opened)
    return opened
  }
  return (entry) => {
    try {
      return judge(entry, open)
    } catch (cause) {
      if (cause instanceof LogError) return 'CHECKPOINT_REFUSED'
      if (cause instanceof BytesError) return 'ENTRY_MALFORMED'
      throw cause
    }
  }
}
