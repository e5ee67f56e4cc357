import { encodeBase64 } from '../bytes/index.ts'
import type { Ed25519, MlDsa44Signing } from '../crypto/index.ts'
import {
  cosign,
  cosignTree,
  formatCheckpoint,
  formatSignatureLine,
  SIGNATURE_TYPES,
} from '../log/index.ts'
import {
  emptyRoot,
  LogError,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  verifyConsistency,
} from '../log/verify/index.ts'
import type { Checkpoint, OpenedCheckpoint, VerifierKey } from '../log/verify/index.ts'
import type { Clock, Randomness } from '../ports/index.ts'
import { parseAddCheckpoint } from './add-checkpoint-request.ts'
import type { AddCheckpointRequest } from './add-checkpoint-request.ts'
import type { WitnessedCheckpoint, WitnessStore } from './witness-store.ts'

/** Two checkpoints of one size that one log signed: proof of its misbehaviour for anyone. */
export interface ForkEvidence {
  readonly origin: string
  readonly cosigned: string
  readonly submitted: string
}

/** What a witness works with. */
export interface WitnessDeps {
  /** The trusted keys of each log, by origin; all of type 1. */
  readonly logs: ReadonlyMap<string, readonly VerifierKey[]>
  /** Name and secret of the witness. One key for one name: a cosignature does not cover the name. */
  readonly signer: { readonly name: string; readonly seed: Uint8Array }
  /** A second secret of its own, for a tree cosignature beside the other. Left out: none is given. */
  readonly treeSigner?: { readonly seed: Uint8Array; readonly mlDsa44: MlDsa44Signing }
  readonly store: WitnessStore
  readonly clock: Clock
  readonly ed25519: Ed25519
  /**
   * Adds one signature line of no meaning to every answer, so that clients that do not ignore
   * unknown lines break at once and not one day. Left out: no such line.
   */
  readonly grease?: Randomness
  readonly onFork?: (evidence: ForkEvidence) => void
}

/** An answer of HTTP. */
export interface WitnessReply {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly contentType?: string
  readonly body: string
}

/**
 * Judges a submitted checkpoint and cosigns it (C2SP tlog-witness, add-checkpoint), in the order of
 * the specification: 400 malformed, 404 unknown origin, 403 signature, 400 old above size, 409 old
 * is not the last cosigned size, 422 not consistent. What is signed is a re-encoding of what was
 * parsed. The new checkpoint is on disk before the cosignature leaves; checking the old size and
 * storing the new checkpoint are one atomic step of the store.
 *
 * Rejects when the store fails; then no cosignature leaves.
 */
export async function addCheckpoint(body: Uint8Array, deps: WitnessDeps): Promise<WitnessReply> {
  const request = parseAddCheckpoint(body)
  if (request === undefined) return refusal(400, 'malformed request')
  const { oldSize, checkpoint } = request
  const keys = deps.logs.get(checkpoint.origin)
  if (keys === undefined) return refusal(404, 'unknown log')
  const opened = tryOpen(request, keys, deps.ed25519)
  if (opened === undefined) return refusal(403, 'no good signature of a trusted key')
  if (oldSize > checkpoint.size) return refusal(400, 'old size above the size of the checkpoint')
  const latest = await deps.store.latest(checkpoint.origin)
  if (oldSize !== (latest?.size ?? 0)) return conflict(latest)
  if (!isConsistent(request, latest)) {
    reportFork(request, latest, deps)
    return refusal(422, 'not consistent with the last cosigned checkpoint')
  }
  return persistAndCosign(request, opened, deps)
}

async function persistAndCosign(
  { oldSize, note, checkpoint }: AddCheckpointRequest,
  { signers }: OpenedCheckpoint,
  deps: WitnessDeps,
): Promise<WitnessReply> {
  const { store, grease } = deps
  const text = formatCheckpoint(checkpoint)
  const line = cosignatures(checkpoint, deps)
  const logLines = signers.map(({ name, keyId, publicKey }) => {
    const own = note.signatures.find((found) => found.name === name && found.keyId === keyId)
    const signature = own?.signature ?? new Uint8Array(0)
    return formatSignatureLine({ name, type: SIGNATURE_TYPES.ed25519, publicKey, signature })
  })
  const next = { size: checkpoint.size, note: `${text}\n${logLines.join('')}${line}` }
  const outcome = await store.swap(checkpoint.origin, oldSize, next)
  if (outcome === 'conflict') return conflict(await store.latest(checkpoint.origin))
  // From here the checkpoint is on disk, and the cosignature may leave.
  return { status: 200, body: grease === undefined ? line : withGrease(line, grease) }
}

/** One line of Ed25519 and, where there is a key for it, one of ML-DSA-44, of the same time. */
function cosignatures(
  checkpoint: Checkpoint,
  { clock, signer, treeSigner, ed25519 }: WitnessDeps,
): string {
  const timeSeconds = Math.floor(clock.now() / 1000)
  const line = cosign(formatCheckpoint(checkpoint), { ...signer, timeSeconds }, ed25519)
  if (treeSigner === undefined) return line
  const { seed, mlDsa44 } = treeSigner
  return line + cosignTree(checkpoint, { name: signer.name, seed, timeSeconds }, mlDsa44)
}

function tryOpen(
  { checkpointNote }: AddCheckpointRequest,
  log: readonly VerifierKey[],
  ed25519: Ed25519,
): OpenedCheckpoint | undefined {
  try {
    return openCheckpoint(checkpointNote, { log, witnesses: [], ed25519 })
  } catch (cause) {
    if (cause instanceof LogError) return undefined
    throw cause
  }
}

function isConsistent(
  { oldSize, proof, checkpoint }: AddCheckpointRequest,
  latest: WitnessedCheckpoint | undefined,
): boolean {
  const fromRoot = latest === undefined ? emptyRoot() : rootOf(latest)
  const { size: to, root: toRoot } = checkpoint
  return verifyConsistency({ from: oldSize, fromRoot, to, toRoot, proof })
}

function reportFork(
  { checkpoint, checkpointNote }: AddCheckpointRequest,
  latest: WitnessedCheckpoint | undefined,
  { onFork }: WitnessDeps,
): void {
  if (latest?.size !== checkpoint.size) return
  if (encodeBase64(rootOf(latest)) === encodeBase64(checkpoint.root)) return
  onFork?.({ origin: checkpoint.origin, cosigned: latest.note, submitted: checkpointNote })
}

function rootOf({ note }: WitnessedCheckpoint): Uint8Array {
  return parseCheckpoint(parseNote(note).text).root
}

function conflict(latest: WitnessedCheckpoint | undefined): WitnessReply {
  return { status: 409, contentType: 'text/x.tlog.size', body: `${latest?.size ?? 0}\n` }
}

function refusal(status: 400 | 403 | 404 | 422, reason: string): WitnessReply {
  return { status, body: `${reason}\n` }
}

/** A line of a key that nobody has, before or after the real one. */
function withGrease(line: string, randomness: Randomness): string {
  const random = randomness.bytes(1 + 4 + 72)
  const name = `grease.invalid/${(random[0] ?? 0) >> 1}`
  const unknown = `\u2014 ${name} ${encodeBase64(random.subarray(1))}\n`
  return (random[0] ?? 0) % 2 === 0 ? unknown + line : line + unknown
}
