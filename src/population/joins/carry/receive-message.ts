import { encodeBase64, equalBytes } from '../../../bytes/index.ts'
import {
  type ProblemCode,
  type RequestHead,
  type SignedResponse,
  verifyRequestHead,
} from '../../../protocol/index.ts'
import { type Connection, type NonceMemory, verifiedSender } from '../../answer/index.ts'
import { problemReply, signedReply } from '../../answer/index.ts'
import type { JoinMessageName, JoinMessageRow, JoinRow } from '../../ledger/index.ts'
import { type JoinPlan, readJoinPlan } from '../../psi/index.ts'
import type { JoinContext } from '../join-context.ts'
import { type CarryingParty, messageEntry, partyOf } from '../join-parties.ts'
import { type EntryName, joinReceiptBytes } from '../messages/index.ts'
import type { RunLeg, RunFileWriter } from '../run/index.ts'
import { auditWindowMs } from './audit-window.ts'
import { receivedFile } from './join-run.ts'
import { mostBytesOf } from './message-bounds.ts'
import { maySend } from './message-legs.ts'
import { receivedKey } from './received-key.ts'

/** Most messages of one run that are taken of one sender, whatever they are: each costs an entry. Others have their own. */
const mostReceived = 16

/** A message whose head is good: from here on its bytes are taken. */
export interface AdmittedMessage {
  readonly row: JoinRow
  readonly plan: JoinPlan
  readonly leg: RunLeg
  readonly from: CarryingParty
  readonly keyId: string
  readonly sha256: Uint8Array
  readonly length: number
}

/** Where a message came to: whose run, which leg. */
export interface MessagePlace {
  readonly qid: string
  readonly leg: RunLeg
}

function lengthIn(head: RequestHead): number | undefined {
  const text = head.headers['content-length']
  return typeof text === 'string' && /^\d{1,12}$/.test(text) ? Number(text) : undefined
}

/**
 * Verifies a message by its head, before any of it is read: signature, sender, run, the sender's part in it, whether the leg is
 * its to send, and how long it may be. Nothing of a stranger is kept.
 */
export async function admitMessage(
  head: RequestHead,
  { qid, leg }: MessagePlace,
  by: { readonly connection: Connection; readonly nonces: NonceMemory },
  deps: JoinContext,
): Promise<AdmittedMessage | ProblemCode> {
  const sender = verifiedSender(head, verifyRequestHead, { ...deps, ...by.connection, ...by })
  if (typeof sender === 'string') return sender
  if (!deps.mayAnswer()) return 'LOG_UNAVAILABLE'
  const row = await deps.reader.joinByQid(qid)
  const plan = row && readJoinPlan(row.plan)
  const from = plan && partyOf(plan, sender.consumer.id)
  // Who has no part in a run is not told that there is one.
  if (row === undefined || plan === undefined || from === undefined || from === row.role)
    return 'JOIN_UNKNOWN'
  if (!maySend(leg, from, row.role)) return 'MALFORMED'
  const length = lengthIn(head)
  if (length === undefined) return 'MALFORMED'
  if (length > mostBytesOf(leg, plan)) return 'TOO_LARGE'
  const { keyId, verdict } = sender
  return { row, plan, leg, from, keyId, sha256: verdict.bodySha256, length }
}

/** A message that was kept, or why it was not. */
export type Kept = { readonly entry: EntryName; readonly isNew: boolean } | ProblemCode

function nameOf({ row, from, sha256 }: AdmittedMessage): JoinMessageName {
  const { planHash } = row
  return { planHash, direction: 'received', party: from, digest: encodeBase64(sha256) }
}

/** The entry of a message that came before, whose bytes are kept or were processed. */
export async function knownEntry(
  message: AdmittedMessage,
  { reader }: Pick<JoinContext, 'reader'>,
): Promise<EntryName | undefined> {
  const before = await reader.joinMessage(nameOf(message))
  // The same bytes by another path are no repetition.
  if (before?.leg !== message.leg) return undefined
  return { ...before.place, commitment: before.commitment }
}

/** Whether a run still takes messages that it has not seen. */
export async function mayTake(
  message: AdmittedMessage,
  { reader, clock }: Pick<JoinContext, 'reader' | 'clock'>,
): Promise<ProblemCode | undefined> {
  const { row, from } = message
  const { end, planHash } = row
  if (end !== undefined && end.state !== 'done') return 'JOIN_OVER'
  const rows = await reader.joinMessages(planHash)
  const received = rows.filter((one) => one.direction === 'received' && one.party === from)
  if (end !== undefined && isTooLate(message, { endedMs: end.atMs, received, nowMs: clock.now() }))
    return 'JOIN_OVER'
  return received.length < mostReceived ? undefined : 'QUOTA_EXCEEDED'
}

/**
 * Whether a run that has its result takes a message no more. An audit goes on; an abort says, once, that its sender refuses the
 * table, which is evidence and stops nothing. What is to be destroyed any moment is not audited any more.
 */
function isTooLate(
  { row, leg }: AdmittedMessage,
  at: {
    readonly endedMs: number
    readonly received: readonly JoinMessageRow[]
    readonly nowMs: number
  },
): boolean {
  if (leg === 'M7') return at.nowMs >= at.endedMs + auditWindowMs
  if (row.role === 'inspector') return false
  return leg !== 'ABORT' || at.received.some((one) => one.leg === 'ABORT')
}

/** A file of the run for the message; `undefined` where the run is destroyed meanwhile. */
export function fileFor(
  { row, from, sha256 }: AdmittedMessage,
  { runs }: Pick<JoinContext, 'runs'>,
): RunFileWriter {
  return runs.begin(row.planHash).receive(receivedFile(from, sha256))
}

/** Keeps what has come and makes it an entry; or drops it, where it is not what was signed. */
export async function keepMessage(
  message: AdmittedMessage,
  writer: RunFileWriter,
  deps: JoinContext,
): Promise<Kept> {
  const { row, plan, leg, from, sha256, length } = message
  if (writer.length !== length || !equalBytes(writer.digest(), sha256)) return 'SIGNATURE_INVALID'
  await writer.keep()
  const key = leg === 'M1' ? keyIn(message, deps) : null
  const parties = messageEntry({ plan, role: row.role, analyst: row.analyst }, from, deps)
  const done = await deps.writer.commit({
    type: 'join-message',
    parties,
    message: { ...nameOf(message), leg },
    key,
  })
  if (done.type !== 'join-message') throw new TypeError('the writer answered another intent')
  const { place, commitment, state } = done
  return { entry: { ...place, commitment }, isNew: state === 'new' }
}

function keyIn({ row, plan, from, sha256 }: AdmittedMessage, { runs }: JoinContext): string | null {
  const bytes = runs.open(row.planHash)?.read(receivedFile(from, sha256))
  return bytes === undefined ? null : receivedKey(plan, from, bytes)
}

/** What the sender of a message is told. */
export function receiptReply(
  { sha256, keyId }: AdmittedMessage,
  entry: EntryName,
  request: RequestHead,
  deps: JoinContext,
): SignedResponse {
  if (!deps.isKeyCurrent(keyId)) return refuseMessage('PEER_UNKNOWN', request, deps)
  return signedReply(joinReceiptBytes({ v: 1, digest: sha256, entry }), request, deps)
}

/** A problem, counted. */
export function refuseMessage(
  code: ProblemCode,
  request: RequestHead,
  deps: JoinContext,
): SignedResponse {
  deps.countNoise(code)
  return problemReply(code, request, deps)
}
