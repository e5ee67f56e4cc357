import { canonicalBytes, type Json } from '../../bytes/index.ts'
import type { BatchContext, EntryPlace, LogsReader, PreparedEntry } from '../../log/index.ts'
import type { Randomness } from '../../ports/index.ts'
import type { AgreementReader } from '../agreement-store.ts'
import type { ChainReader } from '../chain-store.ts'
import type { KnownAgreement } from '../question-facts.ts'
import { addAct, type SafeguardTransaction } from '../safeguards/index.ts'
import type { RequestCommitted } from './request-act.ts'
import type { RequestStep } from './request-kinds.ts'
import type { RequestRow, RequestTransaction } from './request-store.ts'
import { requestDigest, type RequestSealing, sealStep } from './request-text.ts'

/** What committing a step of a request needs. */
export interface RequestCommitDeps extends RequestSealing {
  readonly organisation: string
  readonly randomness: Randomness
  /** By which elements of answers are known to come from the same element of a register. */
  readonly agreements: readonly KnownAgreement[]
}

/** What steps of requests read and write. */
export type RequestStores = LogsReader &
  AgreementReader &
  ChainReader &
  SafeguardTransaction &
  RequestTransaction

/** What a step is written on. */
export interface RequestGround {
  readonly tx: RequestStores
  readonly batch: BatchContext
  readonly deps: RequestCommitDeps
}

/** What came of a step, before the batch is on disk. */
export type RequestDone = Extract<RequestCommitted, { state: 'done' }>

/** A step's entry as it is to be written. */
interface NewStep {
  readonly number: number
  readonly step: RequestStep
  readonly kind: string
  readonly text: Json | null
  readonly body: Readonly<Record<string, string | number | null>> | null
}

/** The entry of a step and, sealed, its text: both in the transaction of the batch. */
export async function addStep(
  { number, step, kind, text, body }: NewStep,
  { tx, batch, deps }: RequestGround,
): Promise<PreparedEntry> {
  const salt = deps.randomness.bytes(32)
  const digest = text === null ? null : requestDigest(salt, canonicalBytes(text))
  const said = { kind, name: String(number), digest, body }
  const entry = addAct(batch, deps.organisation, said)
  const atMs = batch.timeMs
  const sealed = text === null ? undefined : sealStep(salt, text, { number, step, atMs }, deps)
  const { origin, index } = entry
  await tx.saveRequestStep({ number, step, place: { origin, index }, atMs, sealed })
  return entry
}

/** The result of a step that stands at `place`. */
export function stepDone(
  { number, dueMs }: Pick<RequestRow, 'number' | 'dueMs'>,
  { origin, index }: EntryPlace,
  atMs: number,
  recipients = 0,
): RequestDone {
  const place = { log: origin, entry: index, atMs }
  return { type: 'request', state: 'done', number, ...place, dueMs, recipients }
}
