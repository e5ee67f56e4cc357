import type { BatchContext, EntryPlace, Preparation } from '../../log/index.ts'
import type { ExchangeTransaction } from '../exchange-store.ts'
import type { PersonCommitDeps } from '../person-commit-deps.ts'

/** One step of a random draw of entries; see `spec/audit-draw.md`. */
export type DrawIntent =
  | {
      readonly type: 'draw'
      readonly step: 'commit'
      readonly inspector: string
      readonly commitment: string
      /** The entries to draw from: `first` … `last − 1`; `last` at most the entries before this one. */
      readonly first: number
      readonly last: number
      readonly count: number
    }
  /** `checkpoint`: the published, cosigned note that covers the commitment. */
  | {
      readonly type: 'draw'
      readonly step: 'fix'
      readonly committed: EntryPlace
      readonly checkpoint: string
    }
  | {
      readonly type: 'draw'
      readonly step: 'reveal'
      readonly committed: EntryPlace
      /** 32 bytes, base64, that give the commitment; the caller has checked it. */
      readonly nonce: string
    }

/** The step is an entry, or why it is none. */
export type DrawCommitted =
  | { readonly type: 'draw'; readonly state: 'done'; readonly index: number }
  | {
      readonly type: 'draw'
      readonly state: 'range-refused' | 'unknown' | 'done-before' | 'not-fixed'
    }

type Refused = Extract<DrawCommitted, { state: Exclude<DrawCommitted['state'], 'done'> }>['state']

function refused(state: Refused): Preparation<DrawCommitted> {
  return { complete: async () => ({ type: 'draw', state }) }
}

async function prepareCommitment(
  tx: ExchangeTransaction,
  intent: Extract<DrawIntent, { step: 'commit' }>,
  batch: BatchContext,
  { organisation }: PersonCommitDeps,
): Promise<Preparation<DrawCommitted>> {
  const { inspector, commitment, first, last, count } = intent
  // Entries behind the head of this transaction could still be chosen after the nonce.
  const size = (await tx.head())?.size ?? 0
  if (first >= last || last > size || count < 1 || count > last - first)
    return refused('range-refused')
  const { origin, index } = batch.add({
    v: 1,
    class: 'governance',
    kind: 'audit.committed',
    timeMs: batch.timeMs,
    organisation,
    name: inspector,
    digest: commitment,
    body: { count, first, last },
  })
  await tx.saveDraw({ origin, index }, commitment)
  return { complete: async () => ({ type: 'draw', state: 'done', index }) }
}

async function prepareStep(
  tx: ExchangeTransaction,
  intent: Exclude<DrawIntent, { step: 'commit' }>,
  batch: BatchContext,
  { organisation }: PersonCommitDeps,
): Promise<Preparation<DrawCommitted>> {
  const { committed } = intent
  const row = await tx.draw(committed)
  if (row === undefined) return refused('unknown')
  const step = intent.step === 'fix' ? 'fixed' : 'revealed'
  if (step === 'revealed' && row.fixed === undefined) return refused('not-fixed')
  const isFree = batch.claim(`draw ${step} ${committed.origin} ${committed.index}`)
  if (!isFree || row[step] !== undefined) return refused('done-before')
  const told = intent.step === 'fix' ? { checkpoint: intent.checkpoint } : { nonce: intent.nonce }
  const { origin, index } = batch.add({
    v: 1,
    class: 'governance',
    kind: `audit.${step}`,
    timeMs: batch.timeMs,
    organisation,
    name: String(committed.index),
    digest: row.commitment,
    body: told,
  })
  await tx.saveDrawStep(committed, step, { origin, index })
  return { complete: async () => ({ type: 'draw', state: 'done', index }) }
}

/** Writes one step of a draw: each once, in their order, and none without the one before. */
export function prepareDraw(
  tx: ExchangeTransaction,
  intent: DrawIntent,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<DrawCommitted>> {
  return intent.step === 'commit'
    ? prepareCommitment(tx, intent, batch, deps)
    : prepareStep(tx, intent, batch, deps)
}
