import { decodeBase64, decodeUtf8 } from '../../bytes/index.ts'
import type { Checkpoint } from './checkpoint.ts'
import { parseCheckpoint } from './checkpoint.ts'
import type { Cosignature, SignatureAlgorithms } from './cosignature.ts'
import { parseDecimal } from './decimal.ts'
import { LogError } from './log-error.ts'
import { parseNote } from './note.ts'
import { openCheckpoint } from './open-note.ts'
import type { OpenedCheckpoint } from './open-note.ts'
import type { OpenedCheckpoints } from './opened-checkpoints.ts'
import { quorumMet } from './policy.ts'
import type { Policy } from './policy.ts'
import { verifyInclusion } from './proof.ts'
import { entryHash, HASH_BYTES } from './tree-hasher.ts'
import type { VerifierKey } from './verifier-key.ts'

/** A parsed proof file (C2SP tlog-proof), not verified. */
export interface TlogProof {
  /** 0 to 2^53 − 1. */
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  /** The checkpoint note, verbatim. */
  readonly checkpoint: string
  /** Unauthenticated: nothing in it may be trusted. */
  readonly extra?: Uint8Array
}

const HEADER = 'c2sp.org/tlog-proof@v1\n'
const MAX_CHARACTERS = 1_100_000
/** More than a tree of 2^64 leaves needs; the rest cannot verify, and parsing it is bounded. */
const MAX_HASHES = 128

/**
 * Reads a proof file. Strict where known readers are not: no leading zero, no sign, canonical
 * base64; `extra` may be empty. The checkpoint must parse as a note; one that was `opened` before does.
 *
 * @throws {@link LogError} `PROOF_MALFORMED`; `SIZE_UNSUPPORTED` for an index above 2^53 − 1
 */
export function parseTlogProof(proof: string | Uint8Array, opened?: OpenedCheckpoints): TlogProof {
  const text = typeof proof === 'string' ? proof : decode(proof)
  if (text.length > MAX_CHARACTERS || !text.startsWith(HEADER)) {
    throw malformed('a proof does not begin with its header')
  }
  const border = text.indexOf('\n\n')
  if (border < 0) throw malformed('a proof has no empty line')
  const lines = text.slice(HEADER.length, border).split('\n')
  const extraLine = lines[0]?.startsWith('extra ') === true ? lines.shift() : undefined
  const index = readIndex(lines.shift() ?? '')
  if (lines.length > MAX_HASHES) throw malformed('a proof has too many hashes')
  const hashes = lines.map(readHash)
  const note = text.slice(border + 2)
  const checkpoint = opened?.find(note) === undefined ? readCheckpointNote(note) : note
  if (extraLine === undefined) return { index, hashes, checkpoint }
  return { index, hashes, checkpoint, extra: readBase64(extraLine.slice('extra '.length)) }
}

/** A receipt with what it is checked against. */
export interface ReceiptClaim extends SignatureAlgorithms {
  readonly proof: string | Uint8Array | TlogProof
  /** The entry's bytes. */
  readonly leaf: Uint8Array
  /**
   * Logs, witnesses and quorum that are accepted. A log counts only under its own origin, so a
   * policy without logs accepts nothing.
   */
  readonly policy: Policy
  /** When given, the only origin that is accepted. */
  readonly origin?: string
  /** What was opened before under this very policy, and with these algorithms. */
  readonly opened?: OpenedCheckpoints
}

/** Why a receipt does not hold. */
export type ReceiptFault =
  'MALFORMED' | 'ORIGIN_UNKNOWN' | 'CHECKPOINT_REFUSED' | 'QUORUM_NOT_MET' | 'NOT_INCLUDED'

/** What a receipt proves, or why it proves nothing. */
export type ReceiptVerdict =
  | {
      readonly ok: true
      readonly index: number
      readonly checkpoint: Checkpoint
      readonly cosignatures: readonly Cosignature[]
    }
  | { readonly ok: false; readonly code: ReceiptFault; readonly reason: string }

/**
 * Verifies a receipt: the entry stands at the index in a tree whose checkpoint a log of the policy
 * signed under its own origin, and enough of its witnesses cosigned. Never throws on malformed
 * receipts.
 */
export function verifyReceipt(claim: ReceiptClaim): ReceiptVerdict {
  let proof: TlogProof
  let origin: string
  try {
    proof = isParsed(claim.proof) ? claim.proof : parseTlogProof(claim.proof, claim.opened)
    origin = originOf(proof.checkpoint, claim)
  } catch (cause) {
    return refused('MALFORMED', cause)
  }
  const log = claim.policy.logs.map(({ key }) => key).filter(({ name }) => name === origin)
  if (log.length === 0 || (claim.origin !== undefined && claim.origin !== origin)) {
    return { ok: false, code: 'ORIGIN_UNKNOWN', reason: 'the receipt is of another log' }
  }
  let opened: OpenedCheckpoint
  try {
    opened = openFor(proof, log, claim)
  } catch (cause) {
    return refused('CHECKPOINT_REFUSED', cause)
  }
  return judge(proof, opened, claim)
}

function originOf(note: string, { opened }: ReceiptClaim): string {
  const known = opened?.find(note)
  return (known?.checkpoint ?? parseCheckpoint(parseNote(note).text)).origin
}

function openFor(
  { checkpoint }: TlogProof,
  log: readonly VerifierKey[],
  { policy, opened, ed25519, mlDsa44 }: ReceiptClaim,
): OpenedCheckpoint {
  const known = opened?.find(checkpoint)
  if (known !== undefined) return known
  const witnesses = policy.witnesses.map(({ key }) => key)
  const algorithms = mlDsa44 === undefined ? { ed25519 } : { ed25519, mlDsa44 }
  const made = openCheckpoint(checkpoint, { log, witnesses, ...algorithms })
  opened?.remember(checkpoint, made)
  return made
}

function judge(proof: TlogProof, opened: OpenedCheckpoint, claim: ReceiptClaim): ReceiptVerdict {
  const { checkpoint, cosignatures } = opened
  const cosigners = cosignatures.map(({ key }) => key)
  if (!quorumMet(claim.policy, cosigners)) {
    return { ok: false, code: 'QUORUM_NOT_MET', reason: 'too few known witnesses cosigned' }
  }
  const included = verifyInclusion({
    index: proof.index,
    size: checkpoint.size,
    leafHash: entryHash(claim.leaf),
    proof: proof.hashes,
    root: checkpoint.root,
  })
  if (!included) {
    return { ok: false, code: 'NOT_INCLUDED', reason: 'the entry is not in the tree at this index' }
  }
  return { ok: true, index: proof.index, checkpoint, cosignatures }
}

function refused(code: ReceiptFault, cause: unknown): ReceiptVerdict {
  if (!(cause instanceof LogError)) throw cause
  return { ok: false, code, reason: cause.message }
}

function isParsed(proof: string | Uint8Array | TlogProof): proof is TlogProof {
  return typeof proof === 'object' && 'hashes' in proof
}

function readIndex(line: string): number {
  const index = line.startsWith('index ') ? parseDecimal(line.slice('index '.length)) : undefined
  if (index === undefined) throw malformed('a proof has no index')
  if (index === 'unsupported') {
    throw new LogError('SIZE_UNSUPPORTED', 'the index of a proof is above 2^53 - 1')
  }
  return index
}

function readHash(line: string): Uint8Array {
  const hash = readBase64(line)
  if (hash.length !== HASH_BYTES) throw malformed('a hash of a proof has not 32 bytes')
  return hash
}

function readBase64(text: string): Uint8Array {
  try {
    return decodeBase64(text)
  } catch (cause) {
    throw new LogError('PROOF_MALFORMED', 'a line of a proof is not base64', { cause })
  }
}

function readCheckpointNote(note: string): string {
  try {
    parseCheckpoint(parseNote(note).text)
  } catch (cause) {
    throw new LogError('PROOF_MALFORMED', 'a proof does not end in a checkpoint', { cause })
  }
  return note
}

function decode(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes)
  } catch (cause) {
    throw new LogError('PROOF_MALFORMED', 'a proof is not UTF-8', { cause })
  }
}

function malformed(message: string): LogError {
  return new LogError('PROOF_MALFORMED', message)
}
