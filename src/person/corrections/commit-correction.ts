import {
  canonicalBytes,
  concatBytes,
  encodeBase64,
  readCanonicalJson,
  utf8,
} from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { type BatchContext, commitmentText, type Preparation } from '../../log/index.ts'
import type { ExchangeReader } from '../exchange-store.ts'
import { addAct } from '../safeguards/index.ts'
import {
  type CorrectionNoticeRow,
  type CorrectionRow,
  requestEntryKinds,
  type RequestTransaction,
} from '../requests/index.ts'
import type { CorrectionCommitted, CorrectionIntent } from './correction-act.ts'

type Receive = Extract<CorrectionIntent, { act: 'receive' }>
type Settle = Extract<CorrectionIntent, { act: 'settle' }>
type Transaction = RequestTransaction & Pick<ExchangeReader, 'ask'>

interface Ground {
  readonly tx: Transaction
  readonly batch: BatchContext
  readonly organisation: string
}

const receiptTag = utf8('cloison/correction-receipt/v1\n')

/** The digest in `correction.told`, base64: whoever has message and receipt can check it. */
export function toldDigest(by: string, message: Uint8Array, receipt: Uint8Array): string {
  const said = { by, message: readCanonicalJson(message), receipt: readCanonicalJson(receipt) }
  return encodeBase64(sha256(concatBytes(receiptTag, canonicalBytes(said))))
}

/** The same message again is known by its digest and makes no entry. */
async function receive(intent: Receive, ground: Ground): Promise<CorrectionCommitted> {
  const { tx, batch, organisation } = ground
  const { provider, exchangeId, digest, elements, correctedAtMs } = intent
  const asked = await tx.ask(exchangeId)
  const common = { type: 'correction', act: 'receive' } as const
  if (asked === undefined || asked.provider !== provider) return { ...common, state: 'unknown' }
  const rows = await tx.corrections(exchangeId)
  const before = rows.find((row) => row.digest === digest)
  if (before !== undefined) return { ...common, state: 'received', row: before }
  const kind = requestEntryKinds.received
  const entry = addAct(batch, organisation, { kind, name: null, digest, body: null })
  const { origin, index } = entry
  const row: CorrectionRow = {
    provider,
    exchangeId,
    digest,
    elements,
    correctedAtMs,
    place: { origin, index },
    commitment: commitmentText(entry),
    atMs: batch.timeMs,
  }
  await tx.saveCorrection(row)
  return { ...common, state: 'received', row }
}

async function waitingNotice(
  { notice }: Settle,
  { tx }: Ground,
): Promise<CorrectionNoticeRow | undefined> {
  const { number, consumer, exchangeId } = notice
  const rows = await tx.correctionNotices(number)
  const row = rows.find((one) => one.consumer === consumer && one.exchangeId === exchangeId)
  return row?.state === 'waiting' ? row : undefined
}

/** A notice that is settled stays as it is: a second receipt of one message says nothing new. */
async function settle(intent: Settle, ground: Ground): Promise<CorrectionCommitted> {
  const { tx, batch, organisation } = ground
  const { message, receipt } = intent
  const done = { type: 'correction', act: 'settle' } as const
  const row = await waitingNotice(intent, ground)
  if (row === undefined) return done
  const settledAtMs = batch.timeMs
  if (receipt === undefined) {
    await tx.settleCorrectionNotice({ ...row, state: 'unknown', settledAtMs })
    return done
  }
  const kind = requestEntryKinds.told
  const digest = toldDigest(row.consumer, message, receipt)
  const { origin, index } = addAct(batch, organisation, { kind, name: null, digest, body: null })
  const told = { origin, index }
  await tx.settleCorrectionNotice({ ...row, state: 'received', receipt, told, settledAtMs })
  return done
}

/** Takes one step of a correction's way, with its entry, in the transaction of the batch. */
export async function prepareCorrection(
  tx: Transaction,
  intent: CorrectionIntent,
  batch: BatchContext,
  { organisation }: { readonly organisation: string },
): Promise<Preparation<CorrectionCommitted>> {
  const ground = { tx, batch, organisation }
  const committed =
    intent.act === 'receive' ? await receive(intent, ground) : await settle(intent, ground)
  return { complete: () => Promise.resolve(committed) }
}
